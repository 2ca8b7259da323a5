/** How the networks of a stack do on the examples that they watch, while they are trained. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import { argMax, mean } from '../core/statistics.ts';
import type { Measured, TrainingJob, Watch } from '../core/training.ts';
import { answerStack } from './answers.ts';
import { rowsOf } from './feeder.ts';
import type { Parameters } from './pass.ts';
import { outputsOf } from './tokens.ts';

/**
 * Measures every network on its own examples. Networks that watch the same are asked together, and about all their examples at once: on
 * a GPU each reading costs more than the asking.
 */
export async function measureWatched(
  { members, classes, shape }: TrainingJob,
  architecture: Architecture,
  parameters: Parameters,
): Promise<Measured[][]> {
  const results: Measured[][] = members.map(() => []);
  for (const watch of new Set(members.map((member) => member.watch))) {
    if (watch.length === 0) continue;
    const watchers = members.flatMap((member, k) => (member.watch === watch ? k : []));
    const own = watchers.length === members.length ? parameters : membersOf(parameters, watchers);
    const asking = answerStack(architecture, own, shape, outputsOf(architecture, classes), joinedInputs(watch));
    const tables = await asking.finally(() => own !== parameters && tf.dispose(own));
    for (const [at, k] of watchers.entries()) {
      let from = 0;
      for (const { name, labels } of watch) {
        const to = from + labels.length * classes;
        results[k]?.push(measured(name, (tables[at] as Float32Array).subarray(from, to), labels, classes));
        from = to;
      }
    }
  }
  return results;
}

function joinedInputs(watch: readonly Watch[]): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(watch.reduce((sum, { inputs }) => sum + inputs.length, 0));
  let at = 0;
  for (const { inputs } of watch) {
    joined.set(inputs, at);
    at += inputs.length;
  }
  return joined;
}

/** Some networks of a stack as a stack of their own. */
function membersOf(parameters: Parameters, members: readonly number[]): Parameters {
  return parameters.map((parameter) => {
    const [stack, rows, columns] = parameter.shape;
    return tf.tidy(() =>
      rowsOf(parameter.reshape([stack, rows * columns]), Int32Array.from(members)).reshape([members.length, rows, columns]),
    );
  });
}

/** @param labels of each row of logits; below 0 where nothing is asked, as at the places of a text that is over */
function measured(name: string, logits: Float32Array, labels: Int32Array, classes: number): Measured {
  const asked = Array.from(labels.keys()).filter((i) => (labels[i] as number) >= 0);
  const losses = new Float32Array(asked.length);
  let right = 0;
  for (const [at, i] of asked.entries()) {
    const label = labels[i] as number;
    const row = logits.subarray(i * classes, (i + 1) * classes);
    const largest = Math.max(...row);
    const total = row.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    losses[at] = largest + Math.log(total) - (row[label] as number);
    right += argMax(row, 0, classes) === label ? 1 : 0;
  }
  return { name, loss: mean(losses), accuracy: right / asked.length, losses };
}
