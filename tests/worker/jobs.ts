/** A stack of five networks with all that draws on chance. */
import { oneHot } from '../../src/core/examples.ts';
import { planOf } from '../../src/core/experiment.ts';
import { randomOf } from '../../src/core/random.ts';
import type { Compute, TrainingJob, TrainingPlan, TrainingReport, Watch, Weights } from '../../src/core/training.ts';

const rows = 40;
const random = randomOf('jobs');
const inputs = Float32Array.from({ length: 6 * rows }, () => random.normal());
const labels = Int32Array.from({ length: rows }, () => random.integer(3));

/** Two epochs of twenty examples in batches of eight: six steps. */
export const jobOf = (some: Partial<TrainingPlan> = {}, networks = 5, watch: readonly Watch[] = []): TrainingJob => ({
  model: { id: 'mlp', options: { hidden: [7], activation: 'relu' } },
  shape: [6],
  classes: 3,
  inputs,
  targets: [oneHot(labels, 3)],
  members: Array.from({ length: networks }, (_, k) => ({
    plan: { ...planOf({ optimizer: 'adam', learningRate: 0.05, batchSize: 8, epochs: 2 }), ...some },
    indices: randomOf(k).permutation(rows).slice(0, 20) as Int32Array<ArrayBuffer>,
    targets: 0,
    seed: `network ${k}`,
    watch,
  })),
});

export const watch = [{ name: 'all', inputs, labels }];

/** To the end. */
export async function trained(compute: Compute, job: TrainingJob): Promise<{ weights: Weights[]; reports: TrainingReport[] }> {
  const reports: TrainingReport[] = [];
  const training = compute.train(job);
  for (;;) {
    const step = await training.next();
    if (step.done) return { weights: step.value, reports };
    reports.push(step.value);
  }
}
