/** Cosine transform, blur, JPEG's rounding, crop and resize as SciPy, Pillow and PyTorch compute them. */
import { describe, expect, it } from 'vitest';
import { blurred, cropped, noisy, quantised } from '../../../src/attacks/data-to-data/processing.ts';
import { cosineTransform } from '../../../src/core/cosine.ts';
import { randomOf } from '../../../src/core/random.ts';
import { mean, variance } from '../../../src/core/statistics.ts';
import reference from '../../reference/processing.json' with { type: 'json' };

const picture = Float32Array.from(reference.picture);
const shape = [16, 16, 1];
const apart = (a: ArrayLike<number>, b: readonly number[]) =>
  Math.max(...b.map((value, i) => Math.abs(value - (a[i] as number))));

it('the cosine transform is SciPy’s, and its inverse undoes it', () => {
  const { forward, inverse } = cosineTransform(5, 7);
  expect(apart(forward(reference.small), reference.cosines)).toBeLessThan(1e-6);
  expect(apart(inverse(forward(reference.small)), reference.small)).toBeLessThan(1e-12);
});

describe('a picture', () => {
  it.each(['0.7', '1.5'] as const)('is blurred by %s pixels as SciPy does it', (deviation) => {
    expect(apart(blurred(picture, shape, Number(deviation)), reference.blurred[deviation])).toBeLessThan(1e-6);
  });

  it.each(['0.1', '0.25'] as const)('is cropped by %s and resized as PyTorch does it', (share) => {
    expect(apart(cropped(picture, shape, Number(share)), reference.cropped[share])).toBeLessThan(1e-6);
  });

  it.each(['60', '30', '5'] as const)('loses what JPEG of quality %s loses', (quality) => {
    const own = quantised(picture, shape, (100 - Number(quality)) / 99);
    // Pillow rounds to whole greys after it. (A wave between two multiples, which its transform in whole numbers may round the other way,
    // would move a block by several: of this picture there are two at quality 80, so that 60 is compared.)
    expect(apart(own, reference.jpeg[quality])).toBeLessThan(2.01 / 255);
  });

  it('of colours is processed channel by channel', () => {
    const colours = Float32Array.from({ length: 3 * picture.length }, (_, i) => picture[Math.floor(i / 3)] as number);
    for (const one of [
      (p: Float32Array, s: number[]) => blurred(p, s, 1),
      (p: Float32Array, s: number[]) => cropped(p, s, 0.2),
      (p: Float32Array, s: number[]) => quantised(p, s, 0.6),
    ]) {
      const [grey, coloured] = [one(picture, shape), one(colours, [16, 16, 3])];
      expect(
        apart(
          coloured,
          Array.from(coloured, (_, i) => grey[Math.floor(i / 3)] as number),
        ),
      ).toBeLessThan(1e-6);
    }
  });

  it('gets noise of that deviation, and stays within black and white', () => {
    const grey = new Float32Array(4000).fill(0.5);
    const some = noisy(grey, 0.1, randomOf('noise'));
    expect(Math.abs(mean(some) - 0.5)).toBeLessThan(4 * (0.1 / Math.sqrt(4000)));
    expect(Math.abs(Math.sqrt(variance(some)) - 0.1)).toBeLessThan(4 * (0.1 / Math.sqrt(8000)));
    for (const value of noisy(grey, 2, randomOf('noise'))) expect(value >= 0 && value <= 1).toBe(true);
  });
});
