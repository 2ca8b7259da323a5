/** Trains K networks as one, from a plain job to plain weights. Everything that leaves is an array; no tensor outlives it. */
import * as tf from '@tensorflow/tfjs';
import { InputError } from '../core/input-error.ts';
import type { Architecture } from '../core/model.ts';
import { type Random, randomOf } from '../core/random.ts';
import {
  type StackMember,
  stackable,
  type TrainingJob,
  type TrainingPlan,
  type TrainingReport,
  type Weights,
} from '../core/training.ts';
import { measureWatched } from './answers.ts';
import { type Schedule, scheduleOf } from './batches.ts';
import { feederOf } from './feeder.ts';
import { type Batch, clippedGradients, meanGradients } from './gradients.ts';
import { crossEntropyGradient, relaxLossGradient } from './loss.ts';
import { knobs, optimizerOf } from './optimizer.ts';
import { initialWeights, stackWeights, unstackWeights } from './parameters.ts';
import type { Parameters } from './pass.ts';

/** How long to work before reporting, in milliseconds: a report is where a run can be paused, and where a picture is drawn. */
const reportEvery = 80;
/** How often a training is measured on the watched examples: enough points for a curve, few enough to cost little. */
const measurements = 20;
/**
 * Trains every member of the job. Yields where it is about twelve times a second; ending the generator early frees all.
 * @param clock milliseconds, from the host
 */
export async function* trainStack(
  job: TrainingJob,
  architecture: Architecture,
  clock: () => number,
): AsyncGenerator<TrainingReport, Weights[]> {
  const { members } = job;
  const [{ plan: first }] = members as [StackMember];
  if (!members.every((member) => stackable(member, members[0] as StackMember))) {
    throw new InputError('the networks of a stack share optimiser, batch size, epochs and number of examples');
  }
  const streams = members.map((member) => randomOf(member.seed));
  const schedules = members.map(({ plan, indices }, k) => scheduleOf(plan, indices, (streams[k] as Random).stream('batches')));
  const [{ steps, epochOf }] = schedules as [Schedule];
  const optimizer = optimizerOf(
    first.optimizer,
    members.map(({ plan }) => plan.learningRate),
    members.map(({ plan }) => plan.weightDecay),
  );
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
      const next = tf.tidy(() => {
        const batch = feeder.batch(step);
        const gradients = gradientsOf(members, architecture, parameters, batch, epochOf(step), noise);
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
        const passes = ((step + 1) * first.epochs) / steps;
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
  members: readonly StackMember[],
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  epoch: number,
  noise: readonly Random[],
): Parameters {
  const plans = members.map(({ plan }) => plan);
  const alphas = plans.map(({ relaxLoss }) => relaxLoss ?? Number.NEGATIVE_INFINITY);
  const privacies = plans.flatMap(({ privacy }) => privacy ?? []);
  if (privacies.length === 0) {
    const relaxes = alphas.some(Number.isFinite);
    const loss = relaxes ? relaxLossGradient(knobs(alphas), epoch % 2 === 0, batch.weights) : crossEntropyGradient;
    return meanGradients(architecture, parameters, batch, loss);
  }
  const clips = knobs(privacies.map(({ clip }) => clip));
  const deviations = privacies.map(({ clip, noiseMultiplier }) => clip * noiseMultiplier);
  const clipped = clippedGradients(architecture, parameters, batch, crossEntropyGradient, clips).gradients;
  return clipped.map((sum) => {
    // Abadi et al. 2016, line 6: noise of deviation σ·C on the sum, then over the expected size of the batch.
    const noisy = deviations.some((deviation) => deviation > 0) ? sum.add(normalsLike(sum, deviations, noise)) : sum;
    return noisy.div((plans[0] as TrainingPlan).batchSize) as tf.Tensor3D;
  });
}

/** Normals for a stack of gradients, each network's from its own stream and of its own deviation. */
function normalsLike(gradient: tf.Tensor3D, deviations: readonly number[], streams: readonly Random[]): tf.Tensor3D {
  const [stack, rows, columns] = gradient.shape;
  const values = new Float32Array(gradient.size);
  for (let k = 0; k < stack; k++) {
    const own = values.subarray(k * rows * columns, (k + 1) * rows * columns);
    if ((deviations[k] as number) > 0) (streams[k] as Random).addNormals(own, deviations[k] as number);
  }
  return tf.tensor3d(values, gradient.shape);
}
