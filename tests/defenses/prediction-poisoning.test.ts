import { describe, expect, it } from 'vitest';
import type { Probabilities } from '../../src/core/access.ts';
import type { Guard } from '../../src/core/defense.ts';
import { examplesOf } from '../../src/core/examples.ts';
import { find } from '../../src/core/experiment.ts';
import type { OwnNetwork } from '../../src/core/network.ts';
import { randomOf } from '../../src/core/random.ts';
import { argMax } from '../../src/core/statistics.ts';
import { defenses } from '../../src/defenses/index.ts';
import { serviceOf } from './service.ts';

const classes = 4;
const random = randomOf('prediction poisoning');

function answersOf(count: number, sharpness: number): Probabilities {
  const values = new Float32Array(count * classes);
  for (let row = 0; row < count; row++) {
    const weights = Array.from({ length: classes }, () => Math.exp(sharpness * random.normal()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    values.set(
      weights.map((weight) => weight / total),
      row * classes,
    );
  }
  return { kind: 'probabilities', values, count, classes };
}

const answers = answersOf(200, 2);
const stand = answersOf(200, 0.3);

/** The filter, whose stand-in for the copy says `stand`. */
async function filterOf(budget: number) {
  const trainNetwork = async function* () {
    return { probabilities: async () => stand } as unknown as OwnNetwork;
  };
  const service = serviceOf('prediction-poisoning', classes, {
    trainNetwork: trainNetwork as never,
    members: examplesOf(new Float32Array(4), new Int32Array(4)),
  });
  const made = find(defenses, 'defense', 'prediction-poisoning').onQuery?.({ budget }, service) as AsyncGenerator<never, Guard>;
  const last = await made.next();
  return (last.value as Guard)();
}

const row = (table: Float32Array, i: number) => [...table.subarray(i * classes, (i + 1) * classes)];
const cosine = (a: readonly number[], b: readonly number[], from: readonly number[]) => {
  const [x, y] = [a.map((p, c) => p - (from[c] as number)), b.map((p, c) => p - (from[c] as number))];
  const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, c) => sum + value * (v[c] as number), 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
};

describe('prediction poisoning', () => {
  it.each([0.2, 0.5, 1, 2])('keeps class and sum, and moves no answer further than its budget: %f', async (budget) => {
    const { values } = (await (await filterOf(budget))(answers, new Float32Array(200))) as Probabilities;
    for (let i = 0; i < 200; i++) {
      const [before, after] = [row(answers.values, i), row(values, i)];
      expect(argMax(after, 0, classes)).toBe(argMax(before, 0, classes));
      expect(after.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
      expect(after.reduce((sum, p, c) => sum + Math.abs(p - (before[c] as number)), 0)).toBeLessThan(budget + 1e-5);
    }
  });

  it('with all that it may, turns a thief’s gradient further than any other answer of the same class on a grid does', async () => {
    const { values } = (await (await filterOf(2))(answers, new Float32Array(200))) as Probabilities;
    const grid: number[][] = [];
    for (let a = 0; a <= 10; a++)
      for (let b = 0; a + b <= 10; b++)
        for (let c = 0; a + b + c <= 10; c++) grid.push([a / 10, b / 10, c / 10, (10 - a - b - c) / 10]);
    for (let i = 0; i < 200; i++) {
      const [before, after, from] = [row(answers.values, i), row(values, i), row(stand.values, i)];
      const best = argMax(before, 0, classes);
      const others = grid.filter((one) => one.every((p, c) => c === best || p < (one[best] as number)));
      const least = Math.min(...others.map((one) => cosine(before, one, from)));
      // The corner is a little inside, so that its class stays the largest: by a thousandth.
      expect(cosine(before, after, from)).toBeLessThan(least + 0.02);
    }
  });

  it('with no budget leaves answers as they are', async () => {
    const { values } = (await (await filterOf(0))(answers, new Float32Array(200))) as Probabilities;
    expect([...values]).toEqual([...answers.values]);
  });
});
