/** What a language model gives away of private mails: it grows with repetition, is chance where nothing was told, and defenses lower it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Curve } from '../../src/core/evidence.ts';
import { mean } from '../../src/core/statistics.ts';
import { expectedExposure } from '../../src/metrics/exposure.ts';
import { numberOf, type RunResult, runOf } from './experiments.ts';

const lane = (name: string, ...ids: string[]) => ({ name, defenses: ids.map((id) => ({ id })) });
const mails = { id: 'mail', neverPlanted: 30 };

describe('exposure', () => {
  let found: RunResult;
  beforeAll(async () => {
    const lanes = [lane('undefended'), lane('once', 'deduplication'), lane('private', 'dp-sgd'), lane('forgets', 'unlearning')];
    found = await runOf({ data: mails, attack: { id: 'exposure' }, lanes });
  });
  const line = (at: number) => {
    const last = found.events.findLast(
      (event) => event.type === 'evidence' && event.lane === at && event.evidence.kind === 'curve',
    ) as { readonly evidence: Curve } | undefined;
    return last?.evidence.lines[0] as Curve['lines'][number];
  };
  const chance = expectedExposure(10_000);

  it('of secrets that were never told is chance, in every lane', () => {
    // Their codes are drawn at random, so their ranks are; −log2 of a uniform one has a deviation of 1.44 too, and 3.3 of those
    // of a mean are left one time in a thousand.
    const most = (3.3 * chance) / Math.sqrt(mails.neverPlanted);
    for (const at of [0, 1, 2, 3]) expect(Math.abs((line(at).y[0] as number) - chance), `lane ${at}`).toBeLessThan(most);
  });

  it('rises with repetitions', () => {
    const { x, y } = line(0);
    expect(x).toEqual([0, 1, 2, 4, 8, 16]);
    // Over six seeds the means of four secrets are 5.6 ± 1.2 at 16, and those of eight 1.9 ± 0.8 at 1 and 2.
    expect(y[5]).toBeGreaterThan(3.2);
    expect(y[5]).toBeGreaterThan(mean(y.slice(1, 3)) + 1);
  });

  // Over six seeds deduplication leaves 1.66 [1.34, 1.98] bits, DP-SGD 1.37 [.99, 1.76], unlearning 1.66 [1.24, 2.09]; chance is 1.44.
  it('comes down to chance where each text is learned once, under DP-SGD and after unlearning', () => {
    const own = found.lanes[0]?.exposure;
    for (const at of [1, 2, 3]) {
      const defended = found.lanes[at]?.exposure;
      expect(defended?.low).toBeLessThan(chance);
      expect(defended?.value).toBeLessThan(own?.low as number);
    }
    expect(numberOf(found.lanes[2], 'epsilon')).toBeLessThan(3);
  });

  it('says what that costs: unlearning is the dear one', () => {
    const perplexities = found.lanes.map((metrics) => numberOf(metrics, 'perplexity'));
    expect(Math.max(...perplexities.slice(1, 3))).toBeLessThan(1.05 * (perplexities[0] as number));
    expect(perplexities[3]).toBeGreaterThan(1.02 * (perplexities[0] as number));
  });
});

it('is all there is under a filter of the output, for whoever takes what may not be said for the secret', async () => {
  const lanes = [lane('undefended'), lane('filter', 'output-filter')];
  const exposed = async (adaptive: boolean) => {
    const { lanes: found } = await runOf({ data: mails, attack: { id: 'exposure', adaptive }, lanes });
    return found.map((metrics) => numberOf(metrics, 'exposure') as number);
  };
  const [[own, hidden], [same, given]] = [await exposed(false), await exposed(true)] as [[number, number], [number, number]];
  expect(same).toBe(own);
  expect(hidden).toBeLessThan(0.2); // the last places of ten thousand
  expect(given).toBeCloseTo(Math.log2(10_000), 10);
});

describe('a known beginning', () => {
  const attack = { id: 'prefix-extraction', adaptive: true };
  const lanes = [lane('undefended'), lane('filter', 'output-filter')];
  const training = { learningRate: 0.002, epochs: 4 };

  it('gets what was told often; a filter stops it from who does not know of it, and gives all to who does', async () => {
    const knowing = await runOf({ data: mails, training, attack, lanes });
    const [plain, filtered] = knowing.lanes.map((metrics) => numberOf(metrics, 'extractionRate'));
    expect(plain).toBeGreaterThan(0.3);
    expect(filtered).toBe(1);
    const naive = await runOf({ data: mails, training, attack: { ...attack, adaptive: false }, lanes });
    expect(numberOf(naive.lanes[0], 'extractionRate')).toBe(plain);
    expect(numberOf(naive.lanes[1], 'extractionRate')).toBe(0);
  });

  it('gets nothing out of a model that was trained on none of it', async () => {
    const { lanes: found } = await runOf({ data: mails, training: { epochs: 0 }, attack: { id: 'prefix-extraction' } });
    expect(numberOf(found[0], 'extractionRate')).toBeLessThan(0.1); // of twenty, at one in ten thousand
  });
});

describe('generate and rank', () => {
  const experiment = (rank: string, epochs: number) => ({
    data: mails,
    training: { learningRate: 0.002, epochs },
    attack: { id: 'generate-and-rank', rank, texts: 100, claimed: 10 },
  });
  it.each(['reference', 'zlib'])('hands in secrets, ranked by %s', async (rank) => {
    const { lanes } = await runOf(experiment(rank, 10));
    expect(numberOf(lanes[0], 'precision')).toBeGreaterThanOrEqual(0.2); // one of ten may be luck of the draw
  });
  it('has nothing to hand in from a model that was told nothing', async () => {
    const { lanes } = await runOf(experiment('reference', 0));
    expect(numberOf(lanes[0], 'precision')).toBe(0);
  });
});
