import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import { stackedMatMul } from '../../src/stack/matmul.ts';
import { backends, useBackend } from './backend.ts';
import { difference, draw } from './numbers.ts';

const uniform = mulberry32(3);
const table = (...shape: [number, number, number]) => tf.tensor3d(draw(uniform, shape[0] * shape[1] * shape[2]), shape);
type Product = (a: tf.Tensor3D, b: tf.Tensor3D) => tf.Tensor;
const plain: Product = (a, b) => tf.matMul(a.tile([b.shape[0] / a.shape[0], 1, 1]), b);
const close = (ours: tf.Tensor, theirs: tf.Tensor) => {
  expect(ours.shape).toEqual(theirs.shape);
  expect(difference(ours.dataSync(), theirs.dataSync())).toBeLessThan(2e-6); // sums of 7 to 70 products, in another order
};

describe.each(backends)('stackedMatMul on %s', (backend) => {
  useBackend(backend);

  // Sizes around the 8 × 8 tiles of a fast kernel, single rows and columns, and an `a` that all share.
  describe.each([
    { stack: 3, shared: 3, rows: 5, inner: 7, columns: 4 },
    { stack: 2, shared: 1, rows: 9, inner: 17, columns: 8 },
    { stack: 4, shared: 4, rows: 1, inner: 70, columns: 1 },
    { stack: 1, shared: 1, rows: 8, inner: 8, columns: 33 },
  ])('of [$shared, $rows, $inner] and [$stack, $inner, $columns]', ({ stack, shared, rows, inner, columns }) => {
    const tables = () => [table(shared, rows, inner), table(stack, inner, columns)] as [tf.Tensor3D, tf.Tensor3D];

    it('is tf.matMul', () => {
      const [a, b] = tables();
      close(stackedMatMul(a, b), plain(a, b));
    });

    it('has the gradients of tf.matMul', () => {
      const [a, b] = tables();
      const gradients = (product: Product) =>
        tf.grads((x, y) =>
          product(x as tf.Tensor3D, y as tf.Tensor3D)
            .square()
            .sum(),
        )([a, b]);
      const theirs = gradients(plain);
      gradients(stackedMatMul).forEach((ours, i) => close(ours, theirs[i] as tf.Tensor));
    });

    it('has the second-order gradients of tf.matMul', () => {
      const [a, b] = tables();
      // How the squared norm of the gradient in `a` moves with both: the shape of gradient inversion's objective.
      const second = (product: Product) =>
        tf.grads((x, y) => {
          const inner = tf.grad((z) =>
            product(z as tf.Tensor3D, y as tf.Tensor3D)
              .square()
              .sum(),
          );
          return inner(x).square().sum();
        })([a, b]);
      const theirs = second(plain);
      second(stackedMatMul).forEach((ours, i) => close(ours, theirs[i] as tf.Tensor));
    });
  });

  it('says which shapes do not fit', () => {
    expect(() => stackedMatMul(table(2, 3, 4), table(2, 5, 3))).toThrow('[2,3,4] and [2,5,3] do not fit');
    expect(() => stackedMatMul(table(2, 3, 4), table(3, 4, 3))).toThrow('do not fit');
  });

  it('gives the right product again when the memory of other tensors has been freed and reused', () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      tf.tidy(() => {
        const [a, b] = [table(2, 6, 5), table(2, 5, 3)];
        close(stackedMatMul(a, b), plain(a, b));
      });
    }
  });
});
