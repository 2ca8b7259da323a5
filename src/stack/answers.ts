/** What a stack answers: the logits of every network for the same inputs. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture, LinearLayer } from '../core/model.ts';
import type { LogitsJob } from '../core/training.ts';
import { stackWeights } from './parameters.ts';
import { forward, type Parameters } from './pass.ts';
import { inputTensor, outputsOf } from './tokens.ts';

/** Rows that are answered at once, counted over all networks: enough for a device to be busy, few enough for any memory. */
const answerRows = 1024;
/** A text has many places, each as large as a small picture. */
export const placesLikeARow = 16;

/** Logits of K trained networks for the same inputs. */
export async function logitsOf(job: LogitsJob, architecture: Architecture): Promise<Float32Array<ArrayBuffer>[]> {
  const parameters = stackWeights(architecture, job.weights);
  try {
    const layer = architecture.layers.at(-1) as LinearLayer;
    const [asked, outputs] = job.features
      ? [featuresOf(architecture), layer.inputs * layer.positions]
      : [architecture, outputsOf(architecture, job.classes)];
    return await answerStack(asked, parameters, job.shape, outputs, job.inputs);
  } finally {
    tf.dispose(parameters);
  }
}

/** The same network without its last layer. */
export function featuresOf(architecture: Architecture): Architecture {
  const last = architecture.layers.length - 1;
  return {
    ...architecture,
    forward: (pass, inputs) =>
      architecture.forward(
        { ...pass, linear: (layer, x, activation) => (layer === last ? x : pass.linear(layer, x, activation)) },
        inputs,
      ),
  };
}

export async function answerStack(
  architecture: Architecture,
  parameters: Parameters,
  shape: readonly number[],
  classes: number,
  inputs: Float32Array<ArrayBuffer>,
): Promise<Float32Array<ArrayBuffer>[]> {
  const stack = (parameters[0] as tf.Tensor3D).shape[0];
  const size = shape.reduce((product, side) => product * side, 1);
  const rows = inputs.length / size;
  const answers = Array.from({ length: stack }, () => new Float32Array(rows * classes));
  const atOnce = Math.max(4, Math.floor(answerRows / stack / (architecture.reads ? placesLikeARow : 1)));
  for (let from = 0; from < rows; from += atOnce) {
    const piece = inputs.subarray(from * size, Math.min(rows, from + atOnce) * size);
    const count = piece.length / size;
    const logits = tf.tidy(() => forward(architecture, parameters, inputTensor(architecture, piece, 1, count, shape)));
    const each = logits.shape[0] === 1 ? 0 : count * classes; // what no weight has touched is the same for all
    const values = await logits.data().finally(() => logits.dispose());
    answers.forEach((answer, k) => answer.set(values.subarray(k * each, k * each + count * classes), from * classes));
  }
  return answers;
}
