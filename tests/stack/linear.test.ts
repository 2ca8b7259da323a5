import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import { columnSums, linear } from '../../src/stack/linear.ts';
import { backends, useBackend } from './backend.ts';
import { difference, draw } from './numbers.ts';

const uniform = mulberry32(9);
const table = (...shape: [number, number, number]) => tf.tensor3d(draw(uniform, shape[0] * shape[1] * shape[2]), shape);
const close = (ours: tf.Tensor, theirs: tf.Tensor) => {
  expect(ours.shape).toEqual(theirs.shape);
  expect(difference(ours.dataSync(), theirs.dataSync())).toBeLessThan(2e-6); // sums of up to 40 products
};

describe.each(backends)('a linear layer on %s', (backend) => {
  useBackend(backend);

  // Columns below a vector, in dense tiles with an edge, and as lists of what a ReLU let through.
  describe.each([
    { rows: 3, inner: 5, columns: 2 },
    { rows: 7, inner: 9, columns: 13 },
    { rows: 5, inner: 40, columns: 35 },
  ])('of $rows × $inner × $columns', ({ rows, inner, columns }) => {
    it.each(['none', 'relu'] as const)('is the plain operations, with %s, and has their gradients', (activation) => {
      const given = [
        table(2, rows, inner).relu().sub(0.5).relu(),
        table(2, inner, columns),
        table(2, 1, columns),
      ] as tf.Tensor3D[];
      const plain = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => {
        const y = tf.matMul(x, w).add(b);
        return activation === 'relu' ? y.relu() : y;
      };
      const ours = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
        linear(x as tf.Tensor3D, w as tf.Tensor3D, b as tf.Tensor3D, activation);
      const [x, w, b] = given as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      close(ours(x, w, b), plain(x, w, b));
      const gradients = (layer: typeof plain) =>
        tf.grads((...args) =>
          layer(...(args as [tf.Tensor, tf.Tensor, tf.Tensor]))
            .square()
            .sum(),
        )(given);
      const expected = gradients(plain);
      gradients(ours).forEach((gradient, i) => close(gradient, expected[i] as tf.Tensor));
    });
  });

  it('lets all networks share their inputs, whose gradient is then the sum of theirs', () => {
    const [x, w, b] = [table(1, 4, 6), table(3, 6, 5), table(3, 1, 5)];
    const ours = tf.grad((shared) =>
      linear(shared as tf.Tensor3D, w, b, 'relu')
        .square()
        .sum(),
    )(x);
    const theirs = tf.grad((shared) =>
      tf
        .matMul(shared.tile([3, 1, 1]), w)
        .add(b)
        .relu()
        .square()
        .sum(),
    )(x);
    close(ours, theirs);
  });

  it('has a gradient that can be differentiated again', () => {
    const [w, b] = [table(2, 6, 5), table(2, 1, 5)];
    const x = table(2, 4, 6);
    const of = (layer: (x: tf.Tensor) => tf.Tensor) =>
      tf.grad((y) =>
        tf
          .grad((z) => layer(z).square().sum())(y)
          .square()
          .sum(),
      )(x);
    close(
      of((z) => linear(z as tf.Tensor3D, w, b, 'relu')),
      of((z) => tf.matMul(z, w).add(b).relu()),
    );
  });

  it('sums columns, also of a single row', () => {
    for (const shape of [
      [2, 7, 6],
      [3, 1, 5],
      [1, 4, 1],
    ] as [number, number, number][]) {
      const x = table(...shape);
      close(columnSums(x), x.sum(1, true));
    }
  });
});
