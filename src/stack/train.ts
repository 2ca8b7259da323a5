/** Trains K networks as one, from a plain job to plain weights. Everything that leaves is an array; no tensor outlives it. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import type { StackMember, TrainingJob, TrainingReport, Weights } from '../core/training.ts';
import { fittingAtOnce } from './fit.ts';
import { openStack } from './stack.ts';
import { measureWatched } from './watch.ts';

/** How long to work before reporting, in milliseconds: a report is where a run can be paused, and where a picture is drawn. */
const reportEvery = 80;
/** How often a training is measured on the watched examples: enough points for a curve, few enough to cost little. */
const measurements = 20;

/**
 * Trains every member of the job, as one stack or, where that does not fit into memory, as several one after another. Yields where it
 * is about twelve times a second; ending the generator early frees all.
 * @param clock milliseconds, from the host
 * @param fits how many fit at once
 */
export async function* trainStack(
  job: TrainingJob,
  architecture: Architecture,
  clock: () => number,
  fits: typeof fittingAtOnce = fittingAtOnce,
): AsyncGenerator<TrainingReport, Weights[]> {
  const count = job.members.length;
  const atOnce = await fits(job, architecture);
  if (atOnce >= count) return yield* trainPiece(job, architecture, clock);
  const weights: Weights[] = [];
  let before = 0; // how long the pieces that are done took
  while (weights.length < count) {
    const from = weights.length;
    const members = job.members.slice(from, from + atOnce);
    const training = trainPiece({ ...job, members }, architecture, clock);
    try {
      let step = await training.next();
      for (; !step.done; step = await training.next()) {
        const { watched: own, ...report } = step.value;
        const perMember = report.total / members.length;
        const watched = own && job.members.map((_, k) => own[k - from] ?? []);
        const done = from * perMember + report.done;
        const elapsed = before + report.elapsed;
        yield { ...report, done, total: count * perMember, elapsed, atOnce, ...(watched && { watched }) };
        if (report.done === report.total) before = elapsed;
      }
      weights.push(...step.value);
    } finally {
      await training.return([]);
    }
  }
  return weights;
}

async function* trainPiece(
  job: TrainingJob,
  architecture: Architecture,
  clock: () => number,
): AsyncGenerator<TrainingReport, Weights[]> {
  const count = job.members.length;
  const [{ plan }] = job.members as [StackMember];
  const stack = openStack(job, architecture);
  try {
    const { steps } = stack;
    const watches = job.members.some(({ watch }) => watch.length > 0);
    const measureEvery = Math.max(1, Math.floor(steps / measurements));
    const began = clock();
    let reported = began;
    for (let step = 0; step < steps; step++) {
      stack.step(step);
      const last = step === steps - 1;
      const measure = watches && (last || step % measureEvery === 0);
      if (measure || last || clock() - reported >= reportEvery) {
        const watched = measure ? await measureWatched(job, architecture, stack.parameters()) : undefined;
        // On a GPU steps are only queued until something is read; the smallest thing there is will do.
        if (!watched && tf.getBackend() === 'webgpu') await (stack.parameters()[1] as tf.Tensor3D).data();
        const passes = ((step + 1) * plan.epochs) / steps;
        const elapsed = clock() - began;
        yield { done: (step + 1) * count, total: steps * count, epoch: passes, elapsed, ...(watched && { watched }) };
        reported = clock();
      }
    }
    return await stack.weights();
  } finally {
    stack.dispose();
  }
}
