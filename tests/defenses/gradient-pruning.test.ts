import { expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import gradientPruning from '../../src/defenses/gradient-pruning.ts';

const random = randomOf('pruning');
const gradient = Float64Array.from({ length: 1000 }, () => random.normal());
const pruned = (kept: number, of = gradient) => gradientPruning.onGradients?.({ kept }, of, random, 1) as Float64Array;

it.each([0.001, 0.1, 0.333, 1])('keeps the largest %f of all entries as they are, and sends zeros for the others', (kept) => {
  const left = pruned(kept);
  const sent = Array.from(left.keys()).filter((i) => left[i] !== 0);
  expect(sent).toHaveLength(Math.round(kept * 1000));
  for (const i of sent) expect(left[i]).toBe(gradient[i]);
  const smallest = Math.min(...sent.map((i) => Math.abs(gradient[i] as number)));
  const dropped = gradient.filter((_, i) => left[i] === 0).map(Math.abs);
  expect(Math.max(0, ...dropped)).toBeLessThanOrEqual(smallest);
});

it('invents nothing where most entries are zero anyway', () => {
  const sparse = gradient.map((entry, i) => (i % 10 === 0 ? entry : 0));
  expect(pruned(0.5, sparse)).toEqual(sparse);
});
