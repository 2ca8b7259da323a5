/** Trains K networks as one, from a plain job to plain weights. Everything that leaves is an array; no tensor outlives it. */
import * as tf from '@tensorflow/tfjs';
import { takeRows } from '../core/examples.ts';
import { InputError } from '../core/input-error.ts';
import type { Architecture } from '../core/model.ts';
import { type Random, randomOf } from '../core/random.ts';
import { argMax, mean } from '../core/statistics.ts';
import type { LogitsJob, Measured, TrainingJob, TrainingPlan, TrainingReport, Weights } from '../core/training.ts';
import { type Schedule, scheduleOf } from './batches.ts';
import { type Batch, clippedGradients, meanGradients } from './gradients.ts';
import { crossEntropy, relaxLoss } from './loss.ts';
import { optimizerOf } from './optimizer.ts';
import { initialWeights, stackWeights, unstackWeights } from './parameters.ts';
import { forward, type Parameters } from './pass.ts';

/** How long to work before reporting, in milliseconds: a report is where a run can be paused, and where a picture is drawn. */
const reportEvery = 80;
/** How often a training is measured on the watched examples: enough points for a curve, few enough to cost little. */
const measurements = 20;
/** Rows that are answered at once. */
const answerRows = 512;

/**
 * Trains every member of the job. Yields where it is about twelve times a second; ending the generator early frees all.
 * @param clock milliseconds, from the host
 */
export async function* trainStack(
  job: TrainingJob,
  architecture: Architecture,
  clock: () => number,
): AsyncGenerator<TrainingReport, Weights[]> {
  const { plan, members } = job;
  const streams = members.map((member) => randomOf(member.seed));
  const schedules = members.map((member, k) => scheduleOf(plan, member.indices, (streams[k] as Random).stream('batches')));
  const steps = Math.max(...schedules.map((schedule) => schedule.steps));
  if (schedules.some((schedule) => schedule.steps !== steps)) {
    throw new InputError('all networks of a stack train on equally many examples');
  }
  const optimizer = optimizerOf(plan.optimizer, plan.learningRate);
  const feeder = feederOf(job, architecture, schedules, streams);
  const noise = streams.map((stream) => stream.stream('noise'));
  let parameters = stackWeights(
    architecture,
    members.map((_, k) => initialWeights(architecture, (streams[k] as Random).stream('weights'))),
  );
  let state = optimizer.initialState(parameters);
  try {
    const total = steps * members.length;
    const measureEvery = Math.max(1, Math.floor(steps / measurements));
    let reported = clock();
    for (let step = 0; step < steps; step++) {
      const epoch = (schedules[0] as Schedule).epochOf(step);
      const next = tf.tidy(() => {
        const batch = feeder.batch(step);
        const gradients = gradientsOf(plan, architecture, parameters, batch, epoch, noise);
        const { parameters: moved, state: kept } = optimizer.update(parameters, gradients, state, step + 1);
        return { parameters: moved, state: kept };
      });
      tf.dispose([parameters, state]);
      ({ parameters, state } = next);

      const last = step === steps - 1;
      const measure = job.watch.length > 0 && (last || step % measureEvery === 0);
      if (measure || last || clock() - reported >= reportEvery) {
        const done = (step + 1) * members.length;
        const watched = measure ? await measureWatched(job, architecture, parameters) : undefined;
        if (tf.getBackend() === 'webgpu') await (parameters[1] as tf.Tensor3D).data(); // steps are only queued until something is read
        const passes = ((step + 1) * plan.epochs) / steps;
        yield { done, total, epoch: passes, ...(watched && { watched }) };
        reported = clock();
      }
    }
    return await unstackWeights(parameters);
  } finally {
    tf.dispose([parameters, state]);
    feeder.dispose();
  }
}

function gradientsOf(
  plan: TrainingPlan,
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  epoch: number,
  noise: readonly Random[],
): Parameters {
  let gradients: Parameters;
  if (plan.privacy) {
    const { clip, noiseMultiplier } = plan.privacy;
    const clipped = clippedGradients(architecture, parameters, batch, crossEntropy, clip).gradients;
    gradients = clipped.map((sum) => {
      // Abadi et al. 2016, line 6: noise of deviation σ·C on the sum, then over the expected size of the batch.
      const noisy = noiseMultiplier > 0 ? sum.add(normalsLike(sum, noiseMultiplier * clip, noise)) : sum;
      return noisy.div(plan.batchSize) as tf.Tensor3D;
    });
  } else {
    const loss = plan.relaxLoss === null ? crossEntropy : relaxLoss(plan.relaxLoss, epoch % 2 === 0, batch.weights);
    gradients = meanGradients(architecture, parameters, batch, loss);
  }
  if (plan.weightDecay === 0) return gradients;
  return gradients.map((gradient, i) => gradient.add((parameters[i] as tf.Tensor3D).mul(plan.weightDecay)));
}

/** Normals for a stack of gradients, each network's from its own stream. */
function normalsLike(gradient: tf.Tensor3D, deviation: number, streams: readonly Random[]): tf.Tensor3D {
  const [stack, rows, columns] = gradient.shape;
  const values = new Float32Array(gradient.size);
  for (let k = 0; k < stack; k++) {
    (streams[k] as Random).addNormals(values.subarray(k * rows * columns, (k + 1) * rows * columns), deviation);
  }
  return tf.tensor3d(values, gradient.shape);
}

interface Feeder {
  /** The batch of one step, to be called inside `tf.tidy`. */
  batch(step: number): Batch;
  dispose(): void;
}

/**
 * Puts batches together. A GPU gathers rows from data that was uploaded once; without one it is 20 times faster to copy rows in
 * JavaScript and hand over the batch, because TF.js's gather on wasm copies value by value.
 */
function feederOf(
  job: TrainingJob,
  architecture: Architecture,
  schedules: readonly Schedule[],
  streams: readonly Random[],
): Feeder {
  const { plan, classes, members } = job;
  const stack = members.length;
  const size = job.shape.reduce((product, side) => product * side, 1);
  const widest = Math.max(1, ...schedules.flatMap((schedule) => schedule.batches.map((batch) => batch.length)));
  const targets = job.targets.map((table) => smoothed(table, plan.labelSmoothing, classes));
  const dropouts = streams.map((stream) => stream.stream('dropout'));
  const onDevice = ['webgpu', 'webgl'].includes(tf.getBackend());
  const uploaded = onDevice ? tf.tensor2d(job.inputs, [job.inputs.length / size, size]) : undefined;

  return {
    batch(step) {
      const rows = new Int32Array(stack * widest);
      const weights = new Float32Array(stack * widest);
      const chosen = new Float32Array(stack * widest * classes);
      members.forEach((member, k) => {
        const batch = (schedules[k] as Schedule).batches[step] as Int32Array<ArrayBuffer>;
        const table = targets[member.targets] as Float32Array;
        for (let i = 0; i < batch.length; i++) {
          const row = batch[i] as number;
          rows[k * widest + i] = row;
          weights[k * widest + i] = 1 / batch.length;
          chosen.set(table.subarray(row * classes, (row + 1) * classes), (k * widest + i) * classes);
        }
      });
      const flat = uploaded
        ? tf.gather(uploaded, tf.tensor1d(rows, 'int32'))
        : tf.tensor2d(takeRows(job.inputs, size, rows), [rows.length, size]);
      return {
        inputs: flat.reshape([stack, widest, ...job.shape]),
        targets: tf.tensor3d(chosen, [stack, widest, classes]),
        weights: tf.tensor3d(weights, [stack, widest, 1]),
        ...(plan.dropout > 0 && {
          // A stream a step and site: how wide the widest batch of a stack is must not move what its members draw.
          masks: architecture.dropoutSites.map((width, site) =>
            dropoutMask(
              width,
              widest,
              plan.dropout,
              dropouts.map((stream) => stream.stream(`${step}/${site}`)),
            ),
          ),
        }),
      };
    },
    dispose: () => uploaded?.dispose(),
  };
}

/** Label smoothing (Szegedy et al. 2016): (1 − s) · target + s / classes. */
function smoothed(targets: Float32Array<ArrayBuffer>, share: number, classes: number): Float32Array<ArrayBuffer> {
  return share === 0 ? targets : targets.map((value) => (1 - share) * value + share / classes);
}

/** `[K, batch, width]` of 0 and 1 / (1 − rate), so that the expected activation stays what it was. */
function dropoutMask(width: number, batch: number, rate: number, streams: readonly Random[]): tf.Tensor3D {
  const mask = new Float32Array(streams.length * batch * width);
  streams.forEach((stream, k) => {
    const from = k * batch * width;
    for (let i = 0; i < batch * width; i++) mask[from + i] = stream.uniform() < rate ? 0 : 1 / (1 - rate);
  });
  return tf.tensor3d(mask, [streams.length, batch, width]);
}

/** Loss and accuracy on the watched examples, averaged over the networks of the stack. */
async function measureWatched(job: TrainingJob, architecture: Architecture, parameters: Parameters): Promise<Measured[]> {
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
