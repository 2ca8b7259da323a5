import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import { maxPool, patches } from '../../src/stack/pictures.ts';
import { backends, useBackend } from './backend.ts';
import { difference, draw } from './numbers.ts';

const uniform = mulberry32(4);
const table = (...shape: [number, number, number, number]) =>
  tf.tensor4d(
    draw(
      uniform,
      shape.reduce((a, b) => a * b),
    ),
    shape,
  );

/** By the definition: value (row, column, channel) of the surroundings of pixel (y, x), 0 outside the picture. */
function naive(images: tf.Tensor4D): number[] {
  const [count, height, width, channels] = images.shape;
  const values = images.arraySync();
  const rows: number[] = [];
  for (let n = 0; n < count; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let row = -1; row <= 1; row++)
          for (let column = -1; column <= 1; column++)
            for (let c = 0; c < channels; c++) rows.push(values[n]?.[y + row]?.[x + column]?.[c] ?? 0);
  return rows;
}

describe.each(backends)('patches on %s', (backend) => {
  useBackend(backend);

  // Odd sides, several pictures, several channels; pictures narrower than a patch.
  describe.each([[[2, 5, 4, 3]], [[3, 4, 4, 1]], [[1, 1, 2, 2]]] as [[number, number, number, number]][])('of %j', (shape) => {
    const spread: [number, number, number, number] = [shape[0], shape[1], shape[2], 9 * shape[3]];

    it('are the 3 × 3 surroundings of every pixel by row, column and channel', () => {
      const images = table(...shape);
      const ours = patches(images);
      expect(ours.shape).toEqual(spread);
      expect([...ours.dataSync()]).toEqual(naive(images).map(Math.fround));
    });

    it('have their transpose as gradient: ⟨patches(x), y⟩ = ⟨x, folded(y)⟩', () => {
      const [x, y] = [table(...shape), table(...spread)];
      const folded = tf.grad((images) =>
        patches(images as tf.Tensor4D)
          .mul(y)
          .sum(),
      )(x);
      const left = naive(x).reduce((sum, value, i) => sum + value * (y.dataSync()[i] as number), 0);
      const right = (x.dataSync() as Float32Array).reduce((sum, value, i) => sum + value * (folded.dataSync()[i] as number), 0);
      expect(Math.abs(left - right)).toBeLessThan(1e-5); // some hundred float32 products of size below 1
    });

    it('have a gradient that can be differentiated again', () => {
      const [x, y] = [table(...shape), table(...spread)];
      // The gradient of Σ (p·y)² with p = patches(x) is folded(2 p y²); its inner product with 1 has gradient folded(2 y² · 1).
      const first = tf.grad((images) =>
        patches(images as tf.Tensor4D)
          .mul(y)
          .square()
          .sum(),
      );
      const second = tf.grad((images) => first(images).sum())(x);
      const ones = patches(tf.onesLike(x) as tf.Tensor4D); // 1 inside the picture, 0 in its padding
      const weight = y.square().mul(2).mul(ones) as tf.Tensor4D;
      const expected = tf.grad((images) =>
        patches(images as tf.Tensor4D)
          .mul(weight)
          .sum(),
      )(x);
      expect(difference(second.dataSync(), expected.dataSync())).toBeLessThan(1e-6);
    });
  });
});

describe.each(backends)('the 2 × 2 maxima on %s', (backend) => {
  useBackend(backend);

  // Against the definition rather than tf.maxPool, whose gradient on wasm is wrong for five channels.
  it.each([[[2, 4, 6, 5]], [[1, 5, 3, 8]], [[3, 2, 2, 1]]] as [[number, number, number, number]][])(
    'of %j are what they say, and so is their gradient',
    ([count, height, width, channels]) => {
      const [x, y] = [table(count, height, width, channels), table(count, height >> 1, width >> 1, channels)];
      const [values, pulls] = [x.dataSync(), y.dataSync()];
      const maxima = new Float32Array(y.size);
      const gradient = new Float32Array(x.size);
      for (let at = 0; at < y.size; at++) {
        const [c, rest] = [at % channels, Math.floor(at / channels)];
        const [j, row] = [rest % (width >> 1), Math.floor(rest / (width >> 1))];
        const [i, n] = [row % (height >> 1), Math.floor(row / (height >> 1))];
        const corners = [0, 1, 2, 3].map((k) => ((n * height + 2 * i + (k >> 1)) * width + 2 * j + (k & 1)) * channels + c);
        const largest = corners.reduce((best, k) => ((values[k] as number) > (values[best] as number) ? k : best));
        maxima[at] = values[largest] as number;
        gradient[largest] = pulls[at] as number;
      }
      const grad = tf.grad((images) =>
        maxPool(images as tf.Tensor4D)
          .mul(y)
          .sum(),
      )(x);
      expect(maxPool(x).dataSync()).toEqual(maxima);
      expect(grad.dataSync()).toEqual(gradient);
    },
  );

  it('give the gradient of equal values to the first of them, as PyTorch does', () => {
    const flat = tf.ones<tf.Rank.R4>([1, 2, 2, 1]);
    expect([
      ...tf
        .grad((x) => maxPool(x as tf.Tensor4D).sum())(flat)
        .dataSync(),
    ]).toEqual([1, 0, 0, 0]);
  });
});
