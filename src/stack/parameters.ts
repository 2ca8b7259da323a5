/** Parameters of a stack: made by seed, and packed into one plain array a network to travel or to be kept. */
import * as tf from '@tensorflow/tfjs';
import { type Architecture, parameterCount } from '../core/model.ts';
import type { Random } from '../core/random.ts';
import type { Weights } from '../core/training.ts';
import type { Parameters } from './pass.ts';

/** Glorot-uniform weights (Glorot & Bengio 2010) and zero biases, or all zeros where the architecture wants that. A convolution's fan counts its nine positions. */
export function initialWeights(architecture: Architecture, random: Random): Weights {
  const weights = new Float32Array(parameterCount(architecture));
  if (architecture.beginsAtZero) return weights;
  let at = 0;
  for (const { kind, inputs, outputs } of architecture.layers) {
    const fanOut = kind === 'convolution' ? 9 * outputs : outputs;
    const limit = Math.sqrt(6 / (inputs + fanOut));
    for (let i = 0; i < inputs * outputs; i++) weights[at++] = (2 * random.uniform() - 1) * limit;
    at += outputs; // the bias stays 0
  }
  return weights;
}

/** K networks' weights as stacked tensors. */
export function stackWeights(architecture: Architecture, members: readonly Weights[]): Parameters {
  const parameters: Parameters = [];
  let at = 0;
  for (const { inputs, outputs } of architecture.layers) {
    for (const rows of [inputs, 1]) {
      const size = rows * outputs;
      const stacked = new Float32Array(members.length * size);
      members.forEach((weights, k) => stacked.set(weights.subarray(at, at + size), k * size));
      parameters.push(tf.tensor3d(stacked, [members.length, rows, outputs]));
      at += size;
    }
  }
  return parameters;
}

/** Stacked tensors back to one array a network, with one read. */
export async function unstackWeights(parameters: Parameters): Promise<Weights[]> {
  const stack = (parameters[0] as tf.Tensor3D).shape[0];
  const packed = tf.tidy(() =>
    tf.concat(
      parameters.map((parameter) => parameter.reshape([stack, -1])),
      1,
    ),
  );
  const length = packed.shape[1] as number;
  const values = (await packed.data()) as Float32Array<ArrayBuffer>;
  packed.dispose();
  return Array.from({ length: stack }, (_, k) => values.slice(k * length, (k + 1) * length));
}
