/** A small network with a batch, drawn from mulberry32 in the order that tests/reference/gradients.py draws it. */
import * as tf from '@tensorflow/tfjs';
import cnn from '../../models/cnn.ts';
import mlp from '../../models/mlp.ts';
import softmax from '../../models/softmax.ts';
import { oneHot } from '../../src/core/examples.ts';
import { type Architecture, parameterCount } from '../../src/core/model.ts';
import { mulberry32 } from '../../src/core/random.ts';
import type { Weights } from '../../src/core/training.ts';
import type { Batch } from '../../src/stack/gradients.ts';
import { stackWeights } from '../../src/stack/parameters.ts';
import type { Parameters } from '../../src/stack/pass.ts';
import { draw } from './numbers.ts';

export const shape = [8, 8, 1];
export const classes = 4;
export const architectures = {
  softmax: softmax.build({}, shape, classes),
  mlp: mlp.build({ hidden: [16, 8] }, shape, classes),
  cnn: cnn.build({ channels: 2 }, shape, classes),
};
export const modelIds = ['softmax', 'mlp', 'cnn'] as const;

export interface Case {
  readonly architecture: Architecture;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly size: number;
  readonly weights: Weights;
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `size × classes`, one-hot: example i has label i mod classes. */
  readonly targets: Float32Array<ArrayBuffer>;
}

/** @param scale parameters are (2u − 1) · scale, inputs 2u − 1 */
export function caseOf(
  architecture: Architecture,
  shape: readonly number[],
  classes: number,
  size: number,
  seed: number,
  scale = 1,
): Case {
  const uniform = mulberry32(seed);
  const weights = draw(uniform, parameterCount(architecture), scale);
  const inputs = draw(uniform, size * shape.reduce((product, side) => product * side, 1));
  const labels = Int32Array.from({ length: size }, (_, i) => i % classes);
  return { architecture, shape, classes, size, weights, inputs, targets: oneHot(labels, classes) };
}

export const parametersOf = ({ architecture, weights }: Case): Parameters => stackWeights(architecture, [weights]);

/** The whole batch for a stack of one; each example weighs 1 / size. */
export function batchOf({ shape, classes, size, inputs }: Case, targets: Float32Array): Batch {
  return {
    inputs: tf.tensor(inputs, [1, size, ...shape]),
    targets: tf.tensor3d(targets, [1, size, classes]),
    weights: tf.fill([1, size, 1], 1 / size),
  };
}

/** Every parameter of a stack of one in one list, in our order. */
export function flat(parameters: Parameters): Float32Array {
  return tf.tidy(() => tf.concat(parameters.map((parameter) => parameter.flatten())).dataSync() as Float32Array);
}
