/** What a stack says to inputs: the logits of every network, and how well each does on watched examples. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import { argMax, mean } from '../core/statistics.ts';
import type { LogitsJob, Measured, TrainingJob } from '../core/training.ts';
import { stackWeights } from './parameters.ts';
import { forward, type Parameters } from './pass.ts';

/** Rows that are answered at once. */
const answerRows = 512;

/** Loss and accuracy on the watched examples, averaged over the networks of the stack. */
export async function measureWatched(job: TrainingJob, architecture: Architecture, parameters: Parameters): Promise<Measured[]> {
  const { classes, shape } = job;
  const results: Measured[] = [];
  for (const { name, inputs, labels } of job.watch) {
    const answers = await answerStack(architecture, parameters, shape, classes, inputs);
    const losses = new Float32Array(labels.length);
    let right = 0;
    for (const logits of answers) {
      labels.forEach((label, i) => {
        const row = logits.subarray(i * classes, (i + 1) * classes);
        const largest = Math.max(...row);
        const total = row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
        const loss = largest + Math.log(total) - (row[label] as number);
        losses[i] = (losses[i] as number) + loss / answers.length;
        right += argMax(row, 0, classes) === label ? 1 : 0;
      });
    }
    results.push({ name, loss: mean(losses), accuracy: right / labels.length / answers.length, losses });
  }
  return results;
}

/** Logits of K trained networks for the same inputs. */
export async function logitsOf(job: LogitsJob, architecture: Architecture): Promise<Float32Array<ArrayBuffer>[]> {
  const parameters = stackWeights(architecture, job.weights);
  try {
    return await answerStack(architecture, parameters, job.shape, job.classes, job.inputs);
  } finally {
    tf.dispose(parameters);
  }
}

async function answerStack(
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
  for (let from = 0; from < rows; from += answerRows) {
    const piece = inputs.subarray(from * size, Math.min(rows, from + answerRows) * size);
    const count = piece.length / size;
    const logits = tf.tidy(() => forward(architecture, parameters, tf.tensor(piece, [1, count, ...shape])));
    const values = await logits.data();
    logits.dispose();
    answers.forEach((answer, k) => answer.set(values.subarray(k * count * classes, (k + 1) * count * classes), from * classes));
  }
  return answers;
}
