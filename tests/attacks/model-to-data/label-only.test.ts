/** The label-only attack, question by question: a target that keeps what it was asked. */
import { expect, it } from 'vitest';
import labelOnly from '../../../src/attacks/model-to-data/label-only.ts';
import type { AttackContext } from '../../../src/core/attacker.ts';
import { examplesOf } from '../../../src/core/examples.ts';
import { randomOf } from '../../../src/core/random.ts';

const count = 400;
const size = 25;

/** Runs the attack against a target that answers `answer(view)` for every example. */
async function asked(inputs: Float32Array<ArrayBuffer>, shape: readonly number[], answer: (view: number) => number) {
  const views: Float32Array[] = [];
  const target = {
    labels: async (view: Float32Array<ArrayBuffer>) => {
      views.push(view);
      return { kind: 'labels' as const, values: new Int32Array(count).fill(answer(views.length - 1)) };
    },
  };
  const candidates = examplesOf(inputs, new Int32Array(count).fill(1));
  const context = { candidates, shape, random: randomOf(1) } as unknown as AttackContext;
  const attack = labelOnly.run(target, { copies: 4, strength: 0.8 }, context);
  let step = await attack.next();
  while (!step.done) step = await attack.next();
  return { views, scores: (step.value as { scores: Float64Array }).scores };
}

/** Deviation of a view from the pictures themselves. */
const deviation = (view: Float32Array, inputs: Float32Array) =>
  Math.sqrt(view.reduce((sum, value, i) => sum + (value - (inputs[i] as number)) ** 2, 0) / view.length);

it('asks about the picture, its eight neighbours, and copies with noise that grows evenly to its strength', async () => {
  const inputs = Float32Array.from({ length: count * size }, (_, i) => (i % 7) / 7);
  const { views } = await asked(inputs, [5, 5, 1], () => 1);
  expect(views).toHaveLength(9 + 4);
  expect(views[0]).toEqual(inputs);
  views.slice(9).forEach((view, k) => {
    // 10,000 values: the standard error of a deviation is 0.7 %.
    expect(deviation(view, inputs) / ((0.8 * (k + 1)) / 4)).toBeCloseTo(1, 1);
  });
});

it('counts the answers that hold to the true class', async () => {
  const inputs = new Float32Array(count * size).fill(0.5);
  const { scores } = await asked(inputs, [5, 5, 1], (view) => (view % 2 === 0 ? 1 : 0));
  expect(new Set(scores)).toEqual(new Set([7])); // of 13 views the even ones: 0, 2, … 12
});

it('flips values of yes-or-no data instead, a growing share of them, and shifts nothing that is no picture', async () => {
  const inputs = Float32Array.from({ length: count * size }, (_, i) => i % 2);
  const { views } = await asked(inputs, [size], () => 1);
  expect(views).toHaveLength(1 + 4);
  views.slice(1).forEach((view, k) => {
    const flipped = view.reduce((sum, value, i) => sum + (value === inputs[i] ? 0 : 1), 0) / view.length;
    expect(flipped).toBeCloseTo((0.8 * (k + 1)) / 4, 1); // standard error 0.5 %
    expect(view.every((value) => value === 0 || value === 1)).toBe(true);
  });
});
