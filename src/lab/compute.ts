/** Computing in this very thread, on whatever backend TF.js has. */
import { models } from '../../models/index.ts';
import { find } from '../core/experiment.ts';
import type { Architecture } from '../core/model.ts';
import type { Compute, ModelChoice, TrainingJob } from '../core/training.ts';
import { logitsOf } from '../stack/answers.ts';
import { gradientsOf } from '../stack/backward.ts';
import { trainWithLayers } from '../stack/baseline.ts';
import { trainStack } from '../stack/train.ts';

export function computeHere(backend: string, clock: () => number): Compute {
  return {
    backend,
    train: (job) => trainStack(job, architectureOf(job.model, job.shape, job.classes), clock),
    logits: (job) => logitsOf(job, architectureOf(job.model, job.shape, job.classes)),
    gradients: (job) => gradientsOf(job, architectureOf(job.model, job.shape, job.classes)),
  };
}

/** The same job with TF.js's own layers, one network after another. @returns milliseconds a step of one network */
export async function baselineHere(job: TrainingJob, clock: () => number): Promise<number> {
  return (await trainWithLayers(job, architectureOf(job.model, job.shape, job.classes), clock)).milliseconds;
}

function architectureOf(model: ModelChoice, shape: readonly number[], classes: number): Architecture {
  return find(models, 'model', model.id).build(model.options, shape, classes);
}
