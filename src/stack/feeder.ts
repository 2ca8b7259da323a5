/**
 * Puts the batches of a stack together. The data is uploaded once, and every step only says which rows of it each network sees.
 */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import type { Random } from '../core/random.ts';
import type { TrainingJob, TrainingPlan } from '../core/training.ts';
import type { Schedule } from './batches.ts';
import type { Batch } from './gradients.ts';
import { type Anchors, addTargets, inputTensor, outputsOf } from './tokens.ts';
import { hasKernel, onWasm } from './wasm.ts';

export interface Feeder {
  /** The batch of one step, to be called inside `tf.tidy`. */
  batch(step: number): Batch;
  dispose(): void;
}

export function feederOf(
  job: TrainingJob,
  architecture: Architecture,
  schedules: readonly Schedule[],
  streams: readonly Random[],
): Feeder {
  const { members } = job;
  const { reads } = architecture;
  const outputs = outputsOf(architecture, job.classes);
  const stack = members.length;
  const size = job.shape.reduce((product, side) => product * side, 1);
  let widest = 1;
  for (const { batches } of schedules) for (const batch of batches) widest = Math.max(widest, batch.length);
  const rates = members.map(({ plan }) => plan.dropout);
  const dropouts = streams.map((stream) => stream.stream('dropout'));
  const data = tf.tensor2d(job.inputs, [job.inputs.length / size, size]);

  return {
    batch(step) {
      const rows = new Int32Array(stack * widest);
      const weights = new Float32Array(stack * widest);
      const targets = new Float32Array(stack * widest * outputs);
      for (const [k, { plan, targets: table }] of members.entries()) {
        const batch = (schedules[k] as Schedule).batches[step] as Int32Array<ArrayBuffer>;
        const own = job.targets[table] as Float32Array;
        // Label smoothing (Szegedy et al. 2016): (1 − s) · target + s / classes.
        const smoothing = smoothingAt(plan, (schedules[k] as Schedule).epochOf(step));
        const [keep, spread] = [1 - smoothing, smoothing / outputs];
        for (let i = 0; i < batch.length; i++) {
          const row = batch[i] as number;
          const at = k * widest + i;
          rows[at] = row;
          weights[at] = 1 / batch.length;
          if (reads) addTargets(own.subarray(row * size, (row + 1) * size), targets, at * outputs, reads);
          else for (let c = 0; c < outputs; c++) targets[at * outputs + c] = keep * (own[row * outputs + c] as number) + spread;
        }
      }
      return {
        inputs: reads
          ? inputTensor(architecture, idsOf(job.inputs, rows, size), stack, widest, job.shape)
          : rowsOf(data, rows).reshape([stack, widest, ...job.shape]),
        targets: tf.tensor3d(targets, [stack, widest, outputs]),
        weights: tf.tensor3d(weights, [stack, widest, 1]),
        ...(reads && job.anchors && { anchors: anchorsOf(job, job.anchors, rows, widest, size) }),
        ...(rates.some((rate) => rate > 0) && {
          // A stream a step and site: how wide the widest batch of a stack is must not move what its members draw.
          masks: architecture.dropoutSites.map((width, site) =>
            dropoutMask(
              width,
              widest,
              rates,
              dropouts.map((stream) => stream.stream(`${step}/${site}`)),
            ),
          ),
        }),
      };
    },
    dispose: () => data.dispose(),
  };
}

/** An answer begins where something is first learned. */
function anchorsOf(
  { members, targets }: TrainingJob,
  known: Float32Array,
  rows: Int32Array,
  widest: number,
  size: number,
): Anchors {
  const logProbabilities = new Float32Array(rows.length * size);
  const strengths = new Float32Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    const { plan, targets: table } = members[Math.floor(i / widest)] as TrainingJob['members'][number];
    if (!plan.anchor) continue;
    const own = (targets[table] as Float32Array).subarray(row * size, (row + 1) * size);
    const begin = own.findIndex((id) => id !== -1);
    logProbabilities.set(known.subarray(row * size, (row + 1) * size), i * size);
    for (let place = begin; place >= 0 && place < size; place++)
      strengths[i * size + place] = place - begin < plan.anchor.characters ? plan.anchor.first : plan.anchor.later;
  }
  const shape: [number, number, number] = [members.length, widest * size, 1];
  return { logProbabilities: tf.tensor3d(logProbabilities, shape), strengths: tf.tensor3d(strengths, shape) };
}

/**
 * Negative smoothing comes when a network has learned something: from nothing in the first quarter of its epochs, evenly to all of it after
 * three quarters (Struppek et al. 2024 begin late too, for otherwise it learns badly).
 */
function smoothingAt({ labelSmoothing, epochs }: TrainingPlan, epoch: number): number {
  if (labelSmoothing >= 0) return labelSmoothing;
  return labelSmoothing * Math.min(1, Math.max(0, (2 * epoch) / epochs - 0.5));
}

function idsOf(ids: Float32Array, rows: Int32Array, size: number): Float32Array {
  const chosen = new Float32Array(rows.length * size);
  rows.forEach((row, i) => chosen.set(ids.subarray(row * size, (row + 1) * size), i * size));
  return chosen;
}

/** Those rows of `[n, size]`. TF.js's own gather copies value by value on wasm. */
export function rowsOf(data: tf.Tensor2D, rows: Int32Array): tf.Tensor {
  if (!hasKernel('Rows')) return tf.gather(data, tf.tensor1d(rows, 'int32'));
  return tf.engine().runKernel('Rows', { data }, { rows } as unknown as tf.NamedAttrMap) as tf.Tensor;
}

onWasm('Rows', ({ address, output, copy }, { data }, attrs) => {
  const rows = attrs.rows as unknown as Int32Array;
  const size = (data as tf.TensorInfo).shape[1] as number;
  const out = output(rows.length, size);
  const [from, to] = [address(data as tf.TensorInfo), address(out)];
  rows.forEach((row, i) => copy(from + 4 * size * row, to + 4 * size * i, size));
  return out;
});

/** `[K, batch, width]` of 0 and 1 / (1 − rate), so that the expected activation stays what it was. */
function dropoutMask(width: number, batch: number, rates: readonly number[], streams: readonly Random[]): tf.Tensor3D {
  const mask = new Float32Array(streams.length * batch * width);
  streams.forEach((stream, k) => {
    const [rate, from, size] = [rates[k] as number, k * batch * width, batch * width];
    if (rate === 0) mask.fill(1, from, from + size);
    else for (let i = from; i < from + size; i++) mask[i] = stream.uniform() < rate ? 0 : 1 / (1 - rate);
  });
  return tf.tensor3d(mask, [streams.length, batch, width]);
}
