import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { mean, variance } from '../../src/core/statistics.ts';
import { scheduleOf } from '../../src/stack/batches.ts';
import { planOf } from './job.ts';

const indicesOf = (count: number) => Int32Array.from({ length: count }, (_, i) => 1000 + 3 * i);
const sorted = (rows: Iterable<number>) => Int32Array.from(rows).sort();

describe('a schedule', () => {
  it('shows every example once an epoch, in another order each time', () => {
    const indices = indicesOf(22);
    const { steps, batches, epochOf } = scheduleOf(planOf({ batchSize: 8, epochs: 3 }), indices, randomOf(1));
    expect(steps).toBe(9);
    expect(batches.map((batch) => batch.length)).toEqual([8, 8, 6, 8, 8, 6, 8, 8, 6]);
    const orders = [0, 1, 2].map((epoch) => batches.flatMap((batch, step) => (epochOf(step) === epoch ? [...batch] : [])));
    for (const order of orders) expect(sorted(order)).toEqual(indices);
    expect(orders[0]).not.toEqual(orders[1]);
    expect(orders[1]).not.toEqual(orders[2]);
  });

  it('draws a private batch by one coin an example', () => {
    const indices = indicesOf(200);
    const plan = planOf({ batchSize: 20, epochs: 200, privacy: { clip: 1, noiseMultiplier: 1, delta: 1e-5 } });
    const { steps, batches, epochOf } = scheduleOf(plan, indices, randomOf(2));
    expect(steps).toBe(2000);
    expect([epochOf(0), epochOf(9), epochOf(10), epochOf(1999)]).toEqual([0, 0, 1, 199]);
    // The size is binomial: n = 200, p = 0.1, mean 20, variance 18. Standard errors over 2000 steps: √(18/2000), 18·√(2/2000).
    const sizes = batches.map((batch) => batch.length);
    expect(Math.abs(mean(sizes) - 20)).toBeLessThan(5 * Math.sqrt(18 / 2000));
    expect(Math.abs(variance(sizes) - 18)).toBeLessThan(5 * 18 * Math.sqrt(2 / 2000));
    // Each example is drawn 200 ± √180 times; 200 of them stay within five deviations.
    const times = new Map<number, number>();
    for (const row of batches.flatMap((batch) => [...batch])) times.set(row, (times.get(row) ?? 0) + 1);
    expect(sorted(times.keys())).toEqual(indices);
    for (const count of times.values()) expect(Math.abs(count - 200)).toBeLessThan(5 * Math.sqrt(180));
    // And in a batch at most once.
    for (const batch of batches) expect(new Set(batch).size).toBe(batch.length);
  });

  it('repeats by seed', () => {
    const schedule = (seed: number) => scheduleOf(planOf({}), indicesOf(20), randomOf(seed)).batches;
    expect(schedule(1)).toEqual(schedule(1));
    expect(schedule(1)).not.toEqual(schedule(2));
  });
});
