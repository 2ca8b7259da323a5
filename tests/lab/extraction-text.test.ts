/** What a language model gives away of private mails: it grows with repetition, is chance where nothing was told, and defenses lower it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Curve } from '../../src/core/evidence.ts';
import { mean } from '../../src/core/statistics.ts';
import { expectedExposure } from '../../src/metrics/exposure.ts';
import { numberOf, type RunResult, runOf } from './experiments.ts';

const lane = (name: string, ...ids: string[]) => ({ name, defenses: ids.map((id) => ({ id })) });
const mails = { id: 'mail', neverPlanted: 20 };

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
    for (const at of [0, 1, 2, 3]) {
      const { low, high } = line(at) as Required<Curve['lines'][number]>;
      expect(low[0]).toBeLessThan(chance);
      expect(high[0]).toBeGreaterThan(chance);
    }
  });

  it('rises with repetitions', () => {
    const { x, y } = line(0);
    expect(x).toEqual([0, 1, 2, 4, 8, 16]);
    // Over six seeds the means of four secrets are 9.4 ± 1.3 at 16, and those of eight 2.2 ± 0.7 at 1 and 2.
    expect(y[5]).toBeGreaterThan(5);
    expect(y[5]).toBeGreaterThan(mean(y.slice(1, 3)) + 2);
  });

  // A secret that is told once keeps about half a bit over chance: less than twenty of them can show.
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

describe('a known beginning', () => {
  const attack = { id: 'prefix-extraction', adaptive: true };
  const lanes = [lane('undefended'), lane('filter', 'output-filter')];
  const training = { epochs: 4 };

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
    training: { epochs },
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
