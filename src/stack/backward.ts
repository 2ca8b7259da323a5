/**
 * How the outputs of trained networks move with what goes in, or with their weights: the backward pass that an attacker does who
 * holds a network, begun wherever she wants to pull.
 */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import type { GradientsJob } from '../core/training.ts';
import { featuresOf, placesLikeARow } from './answers.ts';
import { total } from './linear.ts';
import { stackWeights, unstackWeights } from './parameters.ts';
import { forward, type Parameters } from './pass.ts';
import { inputTensor } from './tokens.ts';

/** Rows that are taken at once, counted over all networks: see `answerStack`; a backward pass holds about twice as much. */
const gradientRows = 512;

/** For each network Σ pull · ∂ output / ∂ input, row by row; or the sum over all rows of Σ pull · ∂ output / ∂ weight. */
export async function gradientsOf(job: GradientsJob, architecture: Architecture): Promise<Float32Array<ArrayBuffer>[]> {
  const { inputs, shape, pull } = job;
  const stack = job.weights.length;
  const asked = job.features ? featuresOf(architecture) : architecture;
  const size = shape.reduce((product, side) => product * side, 1);
  const rows = inputs.length / size;
  const outputs = (pull[0] as Float32Array).length / rows;
  const atOnce = Math.max(4, Math.floor(gradientRows / stack / (architecture.reads ? placesLikeARow : 1)));
  const width = size * (architecture.reads?.vocabulary ?? 1); // of what the gradient is taken to
  const results = job.weights.map((weights) => new Float32Array(job.of === 'inputs' ? rows * width : weights.length));
  const parameters = stackWeights(architecture, job.weights);
  const along = job.along && stackWeights(architecture, job.along);
  try {
    for (let from = 0; from < rows; from += atOnce) {
      const count = Math.min(atOnce, rows - from);
      const pulled = new Float32Array(stack * count * outputs);
      pull.forEach((table, k) => pulled.set(table.subarray(from * outputs, (from + count) * outputs), k * count * outputs));
      const piece = inputs.subarray(from * size, (from + count) * size);
      const pulledBack = (logits: tf.Tensor) => logits.mul(tf.tensor3d(pulled, [stack, count, outputs])).sum() as tf.Scalar;
      const images = () => {
        const shared = inputTensor(architecture, piece, 1, count, shape);
        return stack === 1 ? shared : tf.tile(shared, [stack, ...shared.shape.slice(1).map(() => 1)]); // copying is slow on wasm
      };
      if (job.of === 'inputs') {
        const output = (x: tf.Tensor) => pulledBack(forward(asked, parameters, x));
        const gained = (x: tf.Tensor) => {
          const ofWeights = tf.grads((...current) => pulledBack(forward(asked, current as Parameters, x)))(parameters);
          return total(ofWeights.map((gradient, i) => gradient.mul(along?.[i] as tf.Tensor3D).sum() as tf.Scalar));
        };
        const gradient = tf.tidy(() => tf.grad(along ? gained : output)(images()));
        const values = (await gradient.data().finally(() => gradient.dispose())) as Float32Array;
        for (const [k, result] of results.entries())
          result.set(values.subarray(k * count * width, (k + 1) * count * width), from * width);
      } else {
        const gradients = tf.tidy(() => {
          const x = images();
          return tf.grads((...current) => pulledBack(forward(asked, current as Parameters, x)))(parameters) as Parameters;
        });
        const sums = await unstackWeights(gradients).finally(() => tf.dispose(gradients));
        for (const [k, result] of results.entries()) {
          const own = sums[k] as Float32Array;
          for (let i = 0; i < result.length; i++) result[i] = (result[i] as number) + (own[i] as number);
        }
      }
    }
  } finally {
    tf.dispose([parameters, along ?? []]);
  }
  return results;
}
