/**
 * What the same training is without stacks: TF.js's own layers and `model.fit`, one network after another, on the same backend. Only
 * the benchmark uses it.
 */
import * as tf from '@tensorflow/tfjs';
import { takeRows } from '../core/examples.ts';
import type { Architecture, LinearLayer, Pass } from '../core/model.ts';
import { randomOf } from '../core/random.ts';
import { type StackMember, stepsOf, type TrainingJob, type TrainingPlan, type Weights } from '../core/training.ts';
import { initialWeights } from './parameters.ts';

export interface LayersTraining {
  /** Of one step of one network, in milliseconds: the time within `fit` alone. Making the models and moving the data is not counted. */
  readonly milliseconds: number;
  readonly weights: readonly Weights[];
}

/**
 * Trains the members one after another, from the weights that a stack would begin with. The order of its batches is TF.js's own.
 * Defenses are not taken over: what is compared is plain training.
 * @param clock milliseconds, from the host
 * @throws Error where TF.js has no gradient on this backend, with TF.js's words; what it had kept for that gradient stays in memory
 */
export async function trainWithLayers(
  job: TrainingJob,
  architecture: Architecture,
  clock: () => number,
): Promise<LayersTraining> {
  const weights: Weights[] = [];
  let milliseconds = 0;
  let steps = 0;
  for (const member of job.members) {
    const model = layersOf(architecture, job.shape);
    const optimizer = optimizerOf(member.plan);
    model.compile({ optimizer, loss: 'categoricalCrossentropy' });
    const { inputs, targets } = examplesOf(job, member);
    try {
      setWeights(model, architecture, initialWeights(architecture, randomOf(member.seed).stream('weights')));
      const began = clock();
      // `never`: in a browser TF.js would otherwise wait for frames, which do not come in workers and hidden tabs.
      await model.fit(inputs, targets, { ...sizesOf(member.plan), shuffle: true, verbose: 0, yieldEvery: 'never' });
      milliseconds += clock() - began;
      steps += stepsOf(member.plan, member.indices.length);
      weights.push(await weightsOf(model));
    } catch (error) {
      throw new Error(`TF.js cannot train this with its own layers on ${tf.getBackend()} (${(error as Error).message})`);
    } finally {
      tf.dispose([inputs, targets]);
      model.dispose();
      optimizer.dispose();
    }
  }
  return { milliseconds: milliseconds / steps, weights };
}

const sizesOf = ({ batchSize, epochs }: TrainingPlan) => ({ batchSize, epochs });

/** The architecture's own forward pass, handed layers to put together instead of tensors to compute. */
function layersOf(architecture: Architecture, shape: readonly number[]): tf.LayersModel {
  type Symbol = tf.SymbolicTensor;
  const through = (layer: tf.layers.Layer, x: unknown) => layer.apply(x as Symbol) as unknown as tf.Tensor;
  const pass: Pass = {
    linear(layer, x, activation) {
      const { kind, outputs } = architecture.layers[layer] as LinearLayer;
      const how = activation === 'relu' ? ({ activation } as const) : {};
      if (kind === 'dense') return through(tf.layers.dense({ units: outputs, ...how }), x);
      return through(tf.layers.conv2d({ filters: outputs, kernelSize: 3, padding: 'same', ...how }), x);
    },
    maxPool: (x) => through(tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }), x),
    flatten: (x) => (x.shape.length === 2 ? x : through(tf.layers.flatten(), x)), // TF.js refuses what is flat already
    dropout: (_site, x) => x,
    normalize: missing,
    attend: missing,
  };
  const inputs = tf.input({ shape: [...shape] });
  const logits = architecture.forward(pass, inputs as unknown as tf.Tensor);
  return tf.model({ inputs, outputs: through(tf.layers.softmax(), logits) as unknown as Symbol });
}

function missing(): never {
  throw new Error('TF.js has no layer for a transformer to be compared with');
}

function optimizerOf({ optimizer, learningRate }: TrainingPlan): tf.Optimizer {
  if (optimizer === 'adam') return tf.train.adam(learningRate);
  return optimizer === 'momentum' ? tf.train.momentum(learningRate, 0.9) : tf.train.sgd(learningRate);
}

function examplesOf({ inputs, targets, shape, classes }: TrainingJob, member: StackMember) {
  const size = shape.reduce((product, side) => product * side, 1);
  const count = member.indices.length;
  return {
    inputs: tf.tensor(takeRows(inputs, size, member.indices), [count, ...shape]),
    targets: tf.tensor2d(takeRows(targets[member.targets] as Float32Array, classes, member.indices), [count, classes]),
  };
}

/** Our order is a layer's weights, then its bias; so is TF.js's, and the patches of a convolution are in the order of its kernel. */
function setWeights(model: tf.LayersModel, architecture: Architecture, values: Weights): void {
  tf.tidy(() => {
    let at = 0;
    const tensors = architecture.layers.flatMap(({ kind, inputs, outputs }) => {
      const shapes = [kind === 'dense' ? [inputs, outputs] : [3, 3, inputs / 9, outputs], [outputs]];
      return shapes.map((shape) => {
        const from = at;
        at += shape.reduce((product, side) => product * side, 1);
        return tf.tensor(values.subarray(from, at), shape);
      });
    });
    model.setWeights(tensors);
  });
}

async function weightsOf(model: tf.LayersModel): Promise<Weights> {
  const packed = tf.tidy(() => tf.concat(model.getWeights().map((tensor) => tensor.flatten())));
  const values = (await packed.data()) as Weights;
  packed.dispose();
  return values.slice();
}
