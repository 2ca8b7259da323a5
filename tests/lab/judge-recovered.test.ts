/** What counts as got back: in any order within a batch, to the very example, and never noise. */
import { describe, expect, it } from 'vitest';
import type { LaneEvent, MetricName } from '../../src/core/event.ts';
import { type Examples, examplesOf, take } from '../../src/core/examples.ts';
import { randomOf } from '../../src/core/random.ts';
import type { Bench } from '../../src/lab/judge.ts';
import { judgeRecovered } from '../../src/lab/judge-recovered.ts';

const shape = [8, 8, 1];
const size = 64;
const random = randomOf('judge');
const members = examplesOf(
  Float32Array.from({ length: 40 * size }, () => Math.fround(random.uniform())),
  Int32Array.from({ length: 40 }, (_, i) => i % 10),
);

/** @param batches rows of each batch that was shared */
async function judged(
  batches: readonly (readonly number[])[],
  inputs: Float64Array<ArrayBuffer>,
  labels: number[],
  of: 'batch' | 'members' = 'batch',
) {
  const split = { members, shape, classes: 10 };
  const shared = () => batches.map((rows) => ({ batch: take(members, rows), cosine: 0.5 }));
  const events: LaneEvent[] = [];
  const found = { kind: 'recovered inputs' as const, of, inputs, labels: Int32Array.from(labels) };
  for await (const event of judgeRecovered(found, { recipe: { split }, shared } as unknown as Bench)) events.push(event);
  return {
    number(name: MetricName) {
      const event = events.find((one) => one.type === 'metric' && one.name === name);
      return event?.type === 'metric' ? event.metric : undefined;
    },
    table() {
      const event = events.find((one) => one.type === 'evidence' && one.id === 'labels');
      return event?.type === 'evidence' && event.evidence.kind === 'table' ? event.evidence : undefined;
    },
  };
}

const copies = (rows: readonly number[], change = (value: number) => value) =>
  Float64Array.from(take(members, rows).inputs, change);

describe('recovered inputs', () => {
  it('are right in any order within a batch, and their labels go with them', async () => {
    const { number, table } = await judged(
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      copies([2, 0, 1, 4, 5, 3]),
      [2, 0, 1, 4, 5, 7],
    );
    expect(number('attackSuccessRate')).toMatchObject({ value: 1, sampleSize: 6, chance: 0 });
    expect(number('psnr')?.value).toBe(200); // as much as is told
    expect(table()?.title).toBe('What was got back: 5 of 6 classes');
    expect(number('gradientCosine')?.value).toBe(0.5);
  });

  it('are not right in another batch than their own', async () => {
    const { number } = await judged(
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      copies([3, 4, 5, 0, 1, 2]),
      [0, 0, 0, 0, 0, 0],
    );
    expect(number('attackSuccessRate')?.value).toBe(0);
  });

  it('keep their order where it is known', async () => {
    const right = await judged([], copies([0, 1, 2]), [0, 1, 2], 'members');
    expect(right.number('attackSuccessRate')?.value).toBe(1);
    expect(right.number('gradientCosine')).toBeUndefined();
    expect((await judged([], copies([1, 0, 2]), [0, 1, 2], 'members')).number('attackSuccessRate')?.value).toBeCloseTo(1 / 3, 12);
  });

  it('are judged as far as anything was shared', async () => {
    const inputs = new Float64Array(4 * size).fill(Number.NaN);
    inputs.set(copies([7]));
    expect((await judged([[7]], inputs, [7, -1, -1, -1])).number('attackSuccessRate')).toMatchObject({ value: 1, sampleSize: 1 });
  });

  it('are pictures: what lies beyond black and white is black and white', async () => {
    const flown = copies([0], (value) => (value > 0.5 ? 1e9 : -1e9));
    expect((await judged([[0]], flown, [0])).number('mse')?.value).toBeLessThan(0.5);
  });

  it('that are none count as knowing nothing, and as no success, whatever the private example is', async () => {
    const { number } = await judged([[0, 1]], new Float64Array(2 * size).fill(Number.NaN), [-1, -1]);
    expect(number('attackSuccessRate')).toMatchObject({ value: 0, low: 0 });
    expect(number('mse')?.value).toBeCloseTo(number('mse')?.chance as number, 12);
  });

  it('of noise are none', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => i);
    const batches = [0, 8, 16, 24, 32].map((from) => rows.slice(from, from + 8));
    const noise = Float64Array.from({ length: 40 * size }, () => random.uniform());
    const { number } = await judged(
      batches,
      noise,
      rows.map(() => 0),
    );
    expect(number('attackSuccessRate')).toMatchObject({ value: 0, low: 0, sampleSize: 40 });
  });

  it('that are as near to another example are no find, however small the error', async () => {
    const alike: Examples = members;
    const before = alike.inputs.slice(0, 2 * size);
    // Two private examples that hardly differ: a picture of their mean is close to both.
    for (let i = 0; i < size; i++) alike.inputs[size + i] = Math.min(1, (alike.inputs[i] as number) + 0.05);
    const second = copies([1]);
    const { number } = await judged([[0]], second, [0]);
    expect(number('mse')?.value).toBeLessThan(0.01);
    expect(number('attackSuccessRate')?.value).toBe(0);
    alike.inputs.set(before);
  });
});
