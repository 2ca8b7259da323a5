/** All comparisons on every backend that Node has, and that figures which differ are found out. */
import { describe, expect, it } from 'vitest';
import { againstTruth, type Check, families } from '../../src/known-answers/check.ts';
import { checks } from '../../src/known-answers/index.ts';
import { judge } from '../../src/known-answers/judge.ts';
import { runChecks } from '../../src/known-answers/run.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { readAsset } from '../datasets/read.ts';
import { backends, useBackend } from '../stack/backend.ts';

const hostOn = (backend: string) => ({ compute: computeHere(backend, () => 0), read: readAsset });

describe.each(backends)('what others have computed too, on %s', (backend) => {
  useBackend(backend);

  it.each(checks.map((check) => [check.id, check] as const))('agrees: %s', async (_id, check) => {
    const result = await judge(check, hostOn(backend));
    expect(result).toMatchObject({ agrees: true });
    expect(result).not.toHaveProperty('failure');
    expect(result.apart).toBeLessThanOrEqual(check.allowed.within);
  });
});

describe('a comparison', () => {
  useBackend('wasm');

  /** The same with one of the other side's figures moved by ten times what is allowed. */
  const spoiled = (check: Check): Check => ({
    ...check,
    async figures(host) {
      const { ours, theirs } = await check.figures(host);
      const wrong = Array.from(theirs);
      const at = wrong.length - 1;
      const last = wrong[at] as number;
      const unit = { difference: 1, figure: Math.abs(last), largest: Math.max(...wrong.map(Math.abs)) }[check.allowed.of];
      wrong[at] = last + Math.max(1e-12, 10 * check.allowed.within) * Math.max(unit, 1e-3);
      return { ours, theirs: wrong };
    },
  });

  it.each(checks.map((check) => [check.id, check] as const))('notices a figure that is wrong: %s', async (_id, check) => {
    const result = await judge(spoiled(check), hostOn('wasm'));
    expect(result.agrees).toBe(false);
    expect(result.apart).toBeGreaterThan(check.allowed.within);
  });

  const declared = {
    id: 'any',
    family: families[0],
    says: 'Any.',
    source: 'nobody',
    allowed: { within: 0.1, of: 'difference', because: 'so' },
  } as const;
  const found = (ours: readonly number[], theirs: readonly number[], of: 'difference' | 'figure' | 'largest' = 'difference') =>
    judge(
      againstTruth({ ...declared, allowed: { ...declared.allowed, of }, ours: () => ours, theirs: () => theirs }),
      hostOn('wasm'),
    );

  it('shows the two figures that lie furthest apart, as its allowance measures it', async () => {
    expect(await found([1, 2.2, 100.3], [1, 2, 100])).toMatchObject({ ours: 100.3, theirs: 100, agrees: false, count: 3 });
    const relative = await found([1, 2.1, 100.3], [1, 2, 100], 'figure');
    expect(relative).toMatchObject({ ours: 2.1, theirs: 2, agrees: true });
    expect(relative.apart).toBeCloseTo(0.05, 12);
    expect((await found([1, 2.1, 100.3], [1, 2, 100], 'largest')).apart).toBeCloseTo(0.003, 12);
  });

  it('takes infinities for equal, and what is no number for wrong', async () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect(await found([infinite, 0], [infinite, 0], 'figure')).toMatchObject({ agrees: true, apart: 0 });
    expect(await found([1, Number.NaN, 3], [1, 2, 9])).toMatchObject({ agrees: false, ours: Number.NaN, theirs: 2 });
    expect(await found([0.001], [0], 'figure')).toMatchObject({ agrees: false });
  });

  it('agrees with nothing where figures are missing, and says how many there were', async () => {
    expect(await found([1, 2], [1, 2, 3])).toMatchObject({ agrees: false, failure: '2 figures were found; expected 3' });
    expect(await found([], [])).toMatchObject({ agrees: false, failure: '0 figures were found; expected at least one' });
  });

  it('that breaks is told like one that differs, unless the device has gone', async () => {
    const broken = againstTruth({
      ...declared,
      ours: () => {
        throw new Error('out of memory');
      },
      theirs: () => [1],
    });
    expect(await judge(broken, hostOn('wasm'))).toMatchObject({ agrees: false, failure: 'out of memory', count: 0 });
    await expect(judge(broken, { ...hostOn('wasm'), isLost: () => true })).rejects.toThrow('out of memory');
  });

  it('is told with how far all of them are', async () => {
    const some = checks.filter(({ family }) => family === families[0]);
    const told: string[] = [];
    for await (const { result, done, total } of runChecks(some, hostOn('wasm'))) told.push(`${result.id} ${done}/${total}`);
    expect(told).toEqual(some.map(({ id }, i) => `${id} ${i + 1}/${some.length}`));
  });
});

describe('the list', () => {
  it('has a name for each, and some of every family', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(new Set(checks.map(({ family }) => family))).toEqual(new Set(families));
  });
});
