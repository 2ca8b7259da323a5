/**
 * Which examples each network of a stack sees at each step. All batches of a job are drawn before it begins, so that their
 * shape is constant: a short batch is filled up with rows of weight 0, which add exactly nothing.
 */
import type { Random } from '../core/random.ts';
import { stepsOf, type TrainingPlan } from '../core/training.ts';

export interface Schedule {
  readonly steps: number;
  /** The rows of step s, at most `widest` of them. */
  readonly batches: readonly Int32Array<ArrayBuffer>[];
  /** Step s belongs to this epoch, counted from 0. */
  epochOf(step: number): number;
}

export function scheduleOf(plan: TrainingPlan, indices: Int32Array<ArrayBuffer>, random: Random): Schedule {
  const steps = stepsOf(plan, indices.length);
  const batches: Int32Array<ArrayBuffer>[] = [];
  if (plan.privacy) {
    // Poisson sampling: every example joins a batch by its own coin. The accountant assumes exactly this.
    const rate = plan.batchSize / indices.length;
    for (let step = 0; step < steps; step++) batches.push(indices.filter(() => random.uniform() < rate));
  } else {
    while (batches.length < steps) {
      const order = random.permutation(indices.length).map((at) => indices[at] as number);
      for (let from = 0; from < order.length; from += plan.batchSize) batches.push(order.slice(from, from + plan.batchSize));
    }
  }
  return { steps, batches, epochOf: (step) => Math.floor((step * plan.epochs) / steps) };
}
