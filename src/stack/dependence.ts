/**
 * How much two views of a batch depend on each other: the Hilbert–Schmidt independence criterion (Gretton et al. 2005), and which way
 * hidden activations are pushed to hide the inputs and still tell the class (Peng et al. 2022).
 */
import * as tf from '@tensorflow/tfjs';
import type { Batch } from './gradients.ts';
import { stackedMatMul } from './matmul.ts';

/** Each network's weights of the two terms, `[K, 1, 1]`. */
export interface DependenceKnobs {
  /** How much hidden activations are kept from depending on the inputs. */
  readonly inputs: tf.Tensor3D;
  /** How much they are kept depending on the targets. */
  readonly outputs: tf.Tensor3D;
}

/**
 * What is added to the loss: inputs · HSIC(x, hidden) − outputs · HSIC(hidden, y), where HSIC(a, b) = tr(Kₐ C K_b C) / (n − 1)² with
 * Gaussian kernels K and the centring matrix C. Its own value is 0, since nobody looks at it: only its gradient counts.
 * Call inside `tf.tidy`.
 * @returns takes hidden activations, `[K, batch, units]`
 */
export function dependencePull(batch: Batch, knobs: DependenceKnobs): (hidden: tf.Tensor3D) => tf.Scalar {
  const present = batch.weights.greater(0).toFloat() as tf.Tensor3D; // rows that only fill the batch up count as none
  const [stack, size] = present.shape;
  const pairs = present.mul(present.reshape([stack, 1, size])) as tf.Tensor3D; // [K, batch, batch]
  const count = present.sum(1, true) as tf.Tensor3D;
  const centred = (rows: tf.Tensor3D) => centre(kernelOf(rows, pairs).kernel, pairs, count);
  const rows = batch.inputs.reshape([stack, size, -1]) as tf.Tensor3D;
  // tr(Kₐ C K_b C) = Σ (C Kₐ C) ∘ K_b, and C Kₐ C is the same for every layer.
  const wanted = knobs.inputs.mul(centred(rows)).sub(knobs.outputs.mul(centred(batch.targets)));
  const shares = wanted.div(tf.maximum(count.sub(1).square(), 1)) as tf.Tensor3D;
  const start = tf.customGrad((hidden, save) => {
    (save as tf.GradSaveFunc)([slopeOf(hidden as tf.Tensor3D, shares, pairs)]);
    return { value: tf.scalar(0), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => (saved[0] as tf.Tensor).mul(dy) };
  });
  return (hidden) => start(hidden) as tf.Scalar;
}

/**
 * How Σ shares ∘ K moves with the rows that the kernel K compares, `[K, batch, units]`. With G = −shares ∘ K / bandwidth, the slope by
 * each squared distance, row i moves by 4 · (Σⱼ Gᵢⱼ · hᵢ − Σⱼ Gᵢⱼ · hⱼ); the bandwidth is taken for a constant.
 */
function slopeOf(rows: tf.Tensor3D, shares: tf.Tensor3D, pairs: tf.Tensor3D): tf.Tensor3D {
  const { kernel, bandwidth } = kernelOf(rows, pairs);
  const byDistance = shares.mul(kernel).div(bandwidth).neg() as tf.Tensor3D;
  return rows.mul(byDistance.sum(2, true)).sub(stackedMatMul(byDistance, rows)).mul(4);
}

/** exp(−‖a − b‖² / bandwidth) of all pairs of rows; the bandwidth is the mean squared distance, so that the scale of rows is no matter. */
function kernelOf(rows: tf.Tensor3D, pairs: tf.Tensor3D) {
  const [stack, size] = rows.shape;
  const squares = rows.square().sum(2, true);
  const products = stackedMatMul(rows, rows, false, true);
  const distances = tf.relu(squares.add(squares.reshape([stack, 1, size])).sub(products.mul(2))).mul(pairs);
  const count = pairs.sum([1, 2], true).sqrt(); // n, of n · n pairs
  const mean = distances.sum([1, 2], true).div(tf.maximum(count.mul(count.sub(1)), 1));
  const bandwidth = tf.maximum(mean, 1e-6);
  return { kernel: distances.div(bandwidth).neg().exp().mul(pairs) as tf.Tensor3D, bandwidth };
}

/** C K C: rows and columns with their means taken out. */
function centre(kernel: tf.Tensor3D, pairs: tf.Tensor3D, count: tf.Tensor3D): tf.Tensor3D {
  const ofRows = kernel.sum(2, true).div(count);
  const ofColumns = kernel.sum(1, true).div(count);
  const ofAll = kernel.sum([1, 2], true).div(count.square());
  return kernel.sub(ofRows).sub(ofColumns).add(ofAll).mul(pairs) as tf.Tensor3D;
}
