/** Gradients of a stack: the plain mean, and the clipped sum of per-example gradients that DP-SGD needs. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import { type DependenceKnobs, dependencePull } from './dependence.ts';
import { columnSums, total } from './linear.ts';
import { type LossGradient, pull } from './loss.ts';
import { stackedMatMul } from './matmul.ts';
import { forward, type Parameters, type Taps } from './pass.ts';
import type { Anchors } from './tokens.ts';

/** A batch for each network of a stack. */
export interface Batch {
  /** `[K, batch, …shape]` */
  readonly inputs: tf.Tensor;
  /** `[K, batch, classes]` */
  readonly targets: tf.Tensor3D;
  /** Each example's share of the sum, `[K, batch, 1]`; 0 for rows that only fill the batch up. */
  readonly weights: tf.Tensor3D;
  readonly masks?: readonly tf.Tensor3D[];
  /** Of text that is held to what it was: see `anchoredGradient`. */
  readonly anchors?: Anchors;
}

/**
 * The gradient of Σ weights · loss with respect to every parameter. Call inside `tf.tidy`.
 * @param dependence what the loss has beside of that: how dependent hidden activations are, see dependence.ts
 */
export function meanGradients(
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  loss: LossGradient,
  dependence?: DependenceKnobs,
): Parameters {
  const hide = dependence && dependencePull(batch, dependence);
  const lossOf = (...current: tf.Tensor[]) => {
    const hidden: tf.Tensor3D[] = []; // what goes into every dense layer but the first
    const record = (layer: number, rows: tf.Tensor3D) => {
      if (layer > 0 && architecture.layers[layer]?.positions === 1) hidden.push(rows);
    };
    const taps: Taps = { ...(batch.masks && { masks: batch.masks }), ...(hide && { record }) };
    const logits = forward(architecture, current as Parameters, batch.inputs, taps);
    const ofLogits = pull(loss, logits, batch.targets, batch.weights);
    return hide ? total([ofLogits, ...hidden.map(hide)]) : ofLogits;
  };
  return tf.grads(lossOf)(parameters) as Parameters;
}

/**
 * Vaccine (Huang, Hu & Liu 2024, equations 4 and 5): first how the loss moves with what comes out of each layer; then the gradient of the
 * loss where all of that is moved uphill. Call inside `tf.tidy`.
 * @param radii how far, for each network, over all layers but the last together: `[K, 1, 1]`
 */
export function vaccinatedGradients(
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  loss: LossGradient,
  radii: tf.Tensor3D,
): Parameters {
  const [stack, size] = batch.targets.shape;
  const { layers } = architecture;
  const lossAt = (current: Parameters, probes: readonly tf.Tensor3D[]) => {
    const taps: Taps = { probes, ...(batch.masks && { masks: batch.masks }) };
    return pull(loss, forward(architecture, current, batch.inputs, taps), batch.targets, batch.weights);
  };
  const still = layers.map(({ positions, outputs }) => tf.zeros<tf.Rank.R3>([stack, size * positions, outputs]));
  const slopes = tf.grads((...probes) => lossAt(parameters, probes as tf.Tensor3D[]))(still) as tf.Tensor3D[];
  const hidden = slopes.slice(0, -1);
  const length = total(hidden.map((slope) => slope.square().sum([1, 2], true))).sqrt();
  const factor = radii.div(length.add(1e-12));
  const pushed = [...hidden.map((slope) => slope.mul(factor) as tf.Tensor3D), still.at(-1) as tf.Tensor3D];
  return tf.grads((...current) => lossAt(current as Parameters, pushed))(parameters) as Parameters;
}

/** One linear layer of one backward pass: what went in, and how the loss moves with what came out, example by example. */
interface Tapped {
  /** `[K, batch · positions, inputs]` */
  readonly rows: tf.Tensor3D;
  /** `[K, batch · positions, outputs]` */
  readonly delta: tf.Tensor3D;
}

/**
 * One backward pass that gives every example's δ at every linear layer, as the gradient of zero probes.
 * @param rows takes what went in, layer by layer, to be disposed of by the caller
 */
function tapLayers(
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  loss: LossGradient,
  rows: tf.Tensor3D[],
): Tapped[] {
  const [stack, size] = batch.targets.shape;
  const record = (layer: number, x: tf.Tensor3D) => {
    rows[layer] = tf.keep(x.clone()); // the tape's own scope would dispose it before we multiply with it
  };
  const probes = architecture.layers.map(({ positions, outputs }) => tf.zeros<tf.Rank.R3>([stack, size * positions, outputs]));
  const present = batch.weights.greater(0).toFloat() as tf.Tensor3D; // each example's own loss, not its share of a mean
  const lossOf = (...probed: tf.Tensor[]) => {
    const taps: Taps = { probes: probed as tf.Tensor3D[], record, ...(batch.masks && { masks: batch.masks }) };
    return pull(loss, forward(architecture, parameters, batch.inputs, taps), batch.targets, present);
  };
  const deltas = tf.grads(lossOf)(probes) as tf.Tensor3D[];
  return deltas.map((delta, layer) => ({ rows: rows[layer] as tf.Tensor3D, delta }));
}

/**
 * The squared norm of each example's gradient, `[K, batch, 1]`, without making that gradient where it can be had cheaper.
 * A dense layer's gradient for one example is the outer product a δᵀ, whose squared norm is ‖a‖²·‖δ‖² (ghost norm: Goodfellow
 * 2015, Li et al. 2022). A convolution sums such products over its pixels; with so few weights (9 · channels in, channels
 * out) it is cheaper to make the sum than to compare all pairs of pixels (the mixed rule of Bu et al. 2022). The bias adds ‖Σ δ‖².
 */
function squaredNorms(architecture: Architecture, tapped: readonly Tapped[], stack: number, size: number): tf.Tensor3D {
  const perLayer = tapped.map(({ rows, delta }, layer) => {
    const { positions, inputs, outputs } = architecture.layers[layer] as Architecture['layers'][number];
    if (positions === 1) {
      const ofDelta = delta.square().sum(2, true);
      return rows.square().sum(2, true).add(1).mul(ofDelta) as tf.Tensor3D;
    }
    const examples = rows.reshape([stack * size, positions, inputs]) as tf.Tensor3D;
    const deltas = delta.reshape([stack * size, positions, outputs]) as tf.Tensor3D;
    const gradient = stackedMatMul(examples, deltas, true); // [K · batch, inputs, outputs]
    const squared = gradient
      .square()
      .sum([1, 2])
      .add(columnSums(deltas).square().sum([1, 2]));
    return squared.reshape([stack, size, 1]) as tf.Tensor3D;
  });
  return total(perLayer);
}

export interface ClippedGradients {
  /** Σ over the batch of each example's gradient, scaled down to its network's norm where it is longer. */
  readonly gradients: Parameters;
  /** Each example's norm before clipping, `[K, batch, 1]`. */
  readonly norms: tf.Tensor3D;
}

/**
 * Σ min(1, clip / ‖gᵢ‖) · gᵢ over the examples whose weight is not 0 (Abadi et al. 2016, algorithm 1, lines 5 and 6), with
 * one backward pass and no loop over examples: every layer's sum is one product of what went in with the rescaled δ.
 * Call inside `tf.tidy`.
 * @param clips each network's clipping norm, `[K, 1, 1]`
 */
export function clippedGradients(
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  loss: LossGradient,
  clips: tf.Tensor3D,
): ClippedGradients {
  const [stack, size] = batch.targets.shape;
  const kept: tf.Tensor3D[] = [];
  try {
    return clippedOf(tapLayers(architecture, parameters, batch, loss, kept));
  } finally {
    tf.dispose(kept);
  }

  function clippedOf(tapped: readonly Tapped[]): ClippedGradients {
    const norms = squaredNorms(architecture, tapped, stack, size).sqrt() as tf.Tensor3D;
    const factors = tf.minimum(tf.div(clips, tf.maximum(norms, 1e-12)), 1); // [K, batch, 1]
    const gradients = tapped.flatMap(({ rows, delta }, layer) => {
      const { positions, outputs } = architecture.layers[layer] as Architecture['layers'][number];
      const rescaled = delta
        .reshape([stack, size, positions * outputs])
        .mul(factors)
        .reshape([stack, size * positions, outputs]) as tf.Tensor3D;
      return [stackedMatMul(rows, rescaled, true), columnSums(rescaled)];
    });
    return { gradients, norms };
  }
}
