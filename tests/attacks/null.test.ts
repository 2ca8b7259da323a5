import { describe, expect, it } from 'vitest';
import type { MetricName, MetricValue } from '../../src/core/event.ts';
import { examplesOf } from '../../src/core/examples.ts';
import { type Random, randomOf } from '../../src/core/random.ts';
import { judgeMembership } from '../../src/lab/judge-membership.ts';

const count = 400;
const seeds = 500;
/** A covered seed is a coin of 0.95: deviation √(0.95 · 0.05 / 500) = 0.0097, and four of them happen once in 16,000. */
const leeway = 4 * Math.sqrt((0.95 * 0.05) / seeds);

/** What the judge says of scores that know nothing. */
function judged(name: MetricName, draw: (random: Random) => number): MetricValue[] {
  const isMember = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const candidates = examplesOf(new Float32Array(count), new Int32Array(count));
  return Array.from({ length: seeds }, (_, seed) => {
    const random = randomOf(seed).stream('guesses');
    const scores = Float64Array.from({ length: count }, () => draw(random));
    const found = judgeMembership({ kind: 'membership', scores }, { candidates, isMember, shape: [1] }).find(
      (event) => event.type === 'metric' && event.name === name,
    );
    return (found as { metric: MetricValue }).metric;
  });
}

const coverage = (metrics: readonly MetricValue[]) =>
  metrics.filter(({ low, high, chance }) => (low as number) <= (chance as number) && (chance as number) <= (high as number))
    .length / metrics.length;

describe('an attack that guesses', () => {
  it.each([
    ['normal numbers', (random: Random) => random.normal()],
    ['one of five numbers, mostly ties', (random: Random) => random.integer(5)],
  ] as const)('by %s has an AUC whose interval holds a half about 95 times in 100', (_, draw) => {
    const metrics = judged('auc', draw);
    expect(metrics[0]?.chance).toBe(0.5);
    expect(Math.abs(coverage(metrics) - 0.95)).toBeLessThan(leeway);
  });

  it('has an advantage whose interval holds 0 about 95 times in 100, and that is 0 on average', () => {
    const metrics = judged('advantage', (random) => random.normal());
    expect(metrics[0]?.chance).toBe(0);
    expect(Math.abs(coverage(metrics) - 0.95)).toBeLessThan(leeway);
    const average = metrics.reduce((sum, { value }) => sum + (value as number), 0) / seeds;
    // One advantage has deviation √(2 · ¼ / 200) = 0.05, their mean 0.05 / √500 = 0.0022.
    expect(Math.abs(average)).toBeLessThan(4 * 0.0022);
  });

  it('has no true positive rate where the sample does not resolve it', () => {
    const [metric] = judged('tprAtFpr0.001', (random) => random.normal());
    expect(metric).toMatchObject({ value: null, low: null, high: null, how: 'needs 1001 non-members, has 200' });
  });
});
