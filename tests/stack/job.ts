/** Small training jobs. */
import { oneHot } from '../../src/core/examples.ts';
import { mulberry32 } from '../../src/core/random.ts';
import type { TrainingJob, TrainingPlan, TrainingReport, Watch, Weights } from '../../src/core/training.ts';
import { trainStack } from '../../src/stack/train.ts';
import { architectures, type ReferenceId } from './case.ts';
import { draw } from './numbers.ts';

/** Twenty examples in batches of 8, 8 and 4, four times: twelve steps, some of them short. */
export const planOf = (some: Partial<TrainingPlan>): TrainingPlan => ({
  optimizer: 'momentum',
  learningRate: 0.05,
  batchSize: 8,
  epochs: 4,
  loss: 'softmax',
  transfer: false,
  weightDecay: 0,
  dropout: 0,
  labelSmoothing: 0,
  privacy: null,
  relaxLoss: null,
  dependence: null,
  vaccine: null,
  anchor: null,
  distillation: null,
  ...some,
});

export const examples = 30;

/** @param members how many networks; network k sees twenty of the thirty examples, beginning at k */
export function jobOf(
  some: Partial<TrainingPlan>,
  members: number,
  seed = 'job',
  shape = [8, 8, 1],
  watch: readonly Watch[] = [],
): TrainingJob {
  const inputs = draw(mulberry32(21), examples * shape.reduce((a, b) => a * b));
  const labels = Int32Array.from({ length: examples }, (_, i) => (i * 7) % 4);
  return {
    model: { id: 'unused', options: {} }, // trainStack is handed the architecture
    shape,
    classes: 4,
    inputs,
    targets: [oneHot(labels, 4), oneHot(labels.toReversed(), 4)],
    members: Array.from({ length: members }, (_, k) => ({
      plan: planOf(some),
      indices: Int32Array.from({ length: 20 }, (_, i) => (i + k) % examples),
      targets: k % 2, // every other network learns the other table
      seed: `${seed}/${k}`,
      watch,
    })),
  };
}

/** The same job for member k alone. */
export const only = (job: TrainingJob, k: number): TrainingJob => ({ ...job, members: job.members.slice(k, k + 1) });

/** Trains to the end; `everyStep` makes the clock leap, so that every step reports. */
export async function trained(
  id: ReferenceId,
  job: TrainingJob,
  everyStep = false,
): Promise<{ weights: Weights[]; reports: TrainingReport[] }> {
  let now = 0;
  const clock = () => {
    if (everyStep) now += 1000;
    return now;
  };
  const reports: TrainingReport[] = [];
  const training = trainStack(job, architectures[id], clock);
  for (;;) {
    const { done, value } = await training.next();
    if (done) return { weights: value, reports };
    reports.push(value);
  }
}
