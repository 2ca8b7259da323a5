import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import { stackedMatMul } from '../../src/stack/matmul.ts';
import { backends, useBackend } from './backend.ts';
import { difference, draw } from './numbers.ts';

const uniform = mulberry32(3);
/** @param zeros the share of values that are 0 */
const table = (shape: [number, number, number], zeros = 0) =>
  tf.tensor3d(
    draw(uniform, shape[0] * shape[1] * shape[2]).map((value) => (uniform() < zeros ? 0 : value)),
    shape,
  );
type Product = (a: tf.Tensor3D, b: tf.Tensor3D) => tf.Tensor;
const plain =
  (transposeA: boolean, transposeB: boolean): Product =>
  (a, b) =>
    tf.matMul(a.tile([b.shape[0] / a.shape[0], 1, 1]), b, transposeA, transposeB);
const close = (ours: tf.Tensor, theirs: tf.Tensor) => {
  expect(ours.shape).toEqual(theirs.shape);
  expect(difference(ours.dataSync(), theirs.dataSync())).toBeLessThan(2e-6); // sums of 7 to 70 products, in another order
};

describe.each(backends)('stackedMatMul on %s', (backend) => {
  useBackend(backend);

  // Sizes around the 4 × 8 tiles of the dense kernel, single rows and columns, and an `a` that all share; then mostly zeros, around
  // the 16 columns that lists serve at once, with rows and columns that are no multiple of four, and some that are empty.
  describe.each([
    { stack: 3, shared: 3, rows: 5, inner: 7, columns: 4, zeros: 0 },
    { stack: 2, shared: 1, rows: 9, inner: 17, columns: 8, zeros: 0 },
    { stack: 4, shared: 4, rows: 1, inner: 70, columns: 1, zeros: 0 },
    { stack: 1, shared: 1, rows: 8, inner: 8, columns: 33, zeros: 0 },
    { stack: 2, shared: 2, rows: 6, inner: 19, columns: 70, zeros: 0.8 },
    { stack: 3, shared: 1, rows: 17, inner: 33, columns: 32, zeros: 0.95 },
    { stack: 2, shared: 2, rows: 18, inner: 16, columns: 17, zeros: 1 },
  ])('of [$shared, $rows, $inner] and [$stack, $inner, $columns], $zeros of it zeros', (size) => {
    const { stack, shared, rows, inner, columns, zeros } = size;

    it.each([
      [false, false],
      [true, false],
      [false, true],
    ])('is tf.matMul, transposed %s and %s', (transposeA, transposeB) => {
      const a = table(transposeA ? [shared, inner, rows] : [shared, rows, inner], zeros);
      const b = table(transposeB ? [stack, columns, inner] : [stack, inner, columns]);
      const [ours, theirs]: [Product, Product] = [
        (x, y) => stackedMatMul(x, y, transposeA, transposeB),
        plain(transposeA, transposeB),
      ];
      close(ours(a, b), theirs(a, b));
      const gradients = (product: Product) =>
        tf.grads((x, y) =>
          product(x as tf.Tensor3D, y as tf.Tensor3D)
            .square()
            .sum(),
        )([a, b]);
      const expected = gradients(theirs);
      gradients(ours).forEach((gradient, i) => close(gradient, expected[i] as tf.Tensor));
    });

    it('has the second-order gradients of tf.matMul', () => {
      const [a, b] = [table([shared, rows, inner], zeros), table([stack, inner, columns])];
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
      const theirs = second(plain(false, false));
      second(stackedMatMul).forEach((ours, i) => close(ours, theirs[i] as tf.Tensor));
    });
  });

  it('says which shapes do not fit', () => {
    expect(() => stackedMatMul(table([2, 3, 4]), table([2, 5, 3]))).toThrow('[2,3,4] and [2,5,3] do not fit');
    expect(() => stackedMatMul(table([2, 3, 4]), table([3, 4, 3]))).toThrow('do not fit');
    expect(() => stackedMatMul(table([2, 3, 4]), table([2, 4, 3]), false, true)).toThrow('[2,4,3] transposed do not fit');
  });

  it('gives the right product again when the memory of other tensors has been freed and reused', () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      tf.tidy(() => {
        const [a, b] = [table([2, 6, 5]), table([2, 5, 3])];
        close(stackedMatMul(a, b), plain(false, false)(a, b));
      });
    }
  });
});
