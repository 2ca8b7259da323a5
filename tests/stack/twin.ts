/** The transformer of tests/reference/transformer.py, with its texts: what PyTorch says of them is in transformer.json beside it. */
import * as tf from '@tensorflow/tfjs';
import transformer from '../../models/transformer.ts';
import type { TrainingJob } from '../../src/core/training.ts';
import type { Batch } from '../../src/stack/gradients.ts';
import { addTargets, inputTensor, outputsOf, tokenCrossEntropyGradient } from '../../src/stack/tokens.ts';
import reference from '../reference/transformer.json' with { type: 'json' };
import { planOf } from './job.ts';

const { vocabulary, length, width, heads, blocks } = reference.config;
const model = { id: 'transformer', options: { blocks, width, heads: `${heads}` } };
export const architecture = transformer.build({ blocks, width, heads: '2', weights: 'trained here' }, [length], vocabulary);
export const reads = { vocabulary, length };
export const weights = Float32Array.from(reference.weights);
export const ids = Float32Array.from(reference.ids);
export const targets = Float32Array.from(reference.targets);
export const examples = ids.length / length;
export const loss = tokenCrossEntropyGradient(reads);
export const asked = { model, shape: [length], classes: vocabulary, weights: [weights], inputs: ids };

/** All examples in one batch, each with the same share. */
export function batchOf(learned = targets): Batch {
  const outputs = outputsOf(architecture, vocabulary);
  const hot = new Float32Array(examples * outputs);
  for (let i = 0; i < examples; i++) addTargets(learned.subarray(i * length, (i + 1) * length), hot, i * outputs, reads);
  return {
    inputs: inputTensor(architecture, ids, 1, examples, [length]),
    targets: tf.tensor3d(hot, [1, examples, outputs]),
    weights: tf.fill([1, examples, 1], 1 / examples),
  };
}

/** Three steps of Adam on that batch, for as many networks as there are learning rates. */
export function jobOf(learningRates: readonly number[]): TrainingJob {
  return {
    model,
    shape: [length],
    classes: vocabulary,
    inputs: ids,
    targets: [targets],
    members: learningRates.map((learningRate, k) => ({
      plan: planOf({ optimizer: 'adam', learningRate, batchSize: examples, epochs: 3 }),
      indices: Int32Array.from({ length: examples }, (_, i) => i),
      targets: 0,
      start: weights,
      seed: `${k}`,
      watch: [],
    })),
  };
}
