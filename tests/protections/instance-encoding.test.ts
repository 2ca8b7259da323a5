/** Mixtures: weights that add up, signs that say nothing, labels that are mixed as the pictures are. */
import { expect, it } from 'vitest';
import { examplesOf } from '../../src/core/examples.ts';
import { randomOf } from '../../src/core/random.ts';
import protection from '../../src/protections/instance-encoding.ts';
import { ownerOf, resultOf } from './owner.ts';

const classes = 4;
const examplesFrom = (name: string, count: number) => {
  const random = randomOf(name);
  const inputs = Float32Array.from({ length: count * 16 }, () => random.integer(2));
  return examplesOf(
    inputs,
    Int32Array.from({ length: count }, (_, i) => i % classes),
  );
};
const owner = ownerOf({
  examples: examplesFrom('private', 8),
  test: examplesFrom('test', 4),
  auxiliary: examplesFrom('public', 50),
  ...{ shape: [4, 4, 1], classes, columns: [], random: randomOf('owner') },
});

it.each([2, 4])('of %d pictures are sums of two private ones and of public ones, with a coin for each sign', async (mixed) => {
  const { released, learnable } = await resultOf(protection.protect({ mixed, copies: 30 }, owner));
  const { count, encodings, labels } = released;
  expect(count).toBeGreaterThan(200);
  expect(count).toBeLessThanOrEqual(240); // some permutations leave a picture where it is
  for (const value of encodings) expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-6);
  // Of 240 · 16 coins the mean is 0 ± 0.016.
  const balance = encodings.reduce((sum, value) => sum + Math.sign(value), 0) / encodings.length;
  expect(Math.abs(balance)).toBeLessThan(4 * 0.016);
  for (let row = 0; row < count; row++) {
    const own = labels.subarray(row * classes, (row + 1) * classes);
    const sum = own.reduce((total, share) => total + share, 0);
    if (mixed === 2) expect(sum).toBeCloseTo(1, 5);
    else expect(sum).toBeLessThan(1);
    expect(own.filter((share) => share > 0).length).toBeLessThanOrEqual(2);
    expect(learnable.targets.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  }
  expect(learnable.inputs.every((value) => value >= 0)).toBe(true);
});
