import { expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import gradientNoise from '../../src/defenses/gradient-noise.ts';

const length = 20000;
const gradient = Float64Array.from({ length }, (_, i) => Math.sin(i));
const noised = (deviation: number, seed = 'noise') =>
  gradientNoise.onGradients?.({ deviation }, gradient, randomOf(seed), 1) as Float64Array;

it.each([0.001, 0.01, 1])('adds normal noise of deviation %f to every entry, around 0', (deviation) => {
  const noise = noised(deviation).map((entry, i) => (entry - (gradient[i] as number)) / deviation);
  const mean = noise.reduce((sum, value) => sum + value, 0) / length;
  const square = noise.reduce((sum, value) => sum + value * value, 0) / length;
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(length)); // four standard errors
  expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / length));
  const outside = noise.filter((value) => Math.abs(value) > 1.96).length / length;
  expect(Math.abs(outside - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / length));
});

it('changes nothing where it is none, and each participant’s noise is her own', () => {
  expect(noised(0)).toEqual(gradient);
  expect(noised(1)).not.toEqual(noised(1, 'another'));
});
