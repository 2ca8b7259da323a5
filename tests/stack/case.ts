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
import reference from '../reference/gradients.json' with { type: 'json' };
import { draw } from './numbers.ts';

/** The three models, and a CNN whose pictures have odd sides and two channels, where a swapped axis would show. */
export const architectures = {
  softmax: softmax.build({}, [8, 8, 1], 4),
  mlp: mlp.build({ hidden: [16, 8], activation: 'relu' }, [8, 8, 1], 4),
  cnn: cnn.build({ channels: 2, dense: 0 }, [8, 8, 1], 4),
  oddCnn: cnn.build({ channels: 3, dense: 0 }, [9, 6, 2], 3),
};
export const referenceIds = ['softmax', 'mlp', 'cnn', 'oddCnn'] as const;
export type ReferenceId = (typeof referenceIds)[number];

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

/** A case of tests/reference/gradients.json, to compare with what PyTorch says of it. */
export function referenceCase(id: ReferenceId): Case {
  const { shape, classes, batch, seed, scale } = reference[id];
  return caseOf(architectures[id], shape, classes, batch, seed, scale);
}

/** Dropout masks for a stack of one: about half 0, the others 2. */
export function masksOf({ architecture, size }: Case, seed: number): tf.Tensor3D[] {
  const uniform = mulberry32(seed);
  return architecture.dropoutSites.map((width) => {
    const mask = Float32Array.from({ length: size * width }, () => (uniform() < 0.5 ? 0 : 2));
    return tf.tensor3d(mask, [1, size, width]);
  });
}

/** One example of a batch as a batch of its own, weight 1. */
export function alone(batch: Batch, example: number): Batch {
  const row = <T extends tf.Tensor>(table: T) => tf.gather(table, [example], 1) as T;
  return {
    inputs: row(batch.inputs),
    targets: row(batch.targets),
    weights: tf.ones([1, 1, 1]),
    ...(batch.masks && { masks: batch.masks.map(row) }),
  };
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
