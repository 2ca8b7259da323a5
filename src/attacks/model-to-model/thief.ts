/** What every thief does: collect answers, and teach a network of the victim's architecture to give them too. */
import type { AttackContext, OwnNetwork, Probabilities, ProbabilityTarget } from '../../core/attack.ts';
import type { LaneEvent } from '../../core/event.ts';
import { count } from '../../core/params.ts';

/** Inputs, and what the model under attack said of them. */
export interface Lessons {
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `count × classes` */
  readonly answers: Float32Array<ArrayBuffer>;
  readonly count: number;
  /** Inputs that were asked about, those among them that were refused an answer. */
  readonly asked: number;
}

export const stepsParam = count({
  label: 'Training steps',
  says: 'Steps of Adam with which each copy is trained, on batches of at most 64.',
  min: 50,
  max: 20000,
  step: 50,
  initial: 2000,
});

export const noLessons: Lessons = { inputs: new Float32Array(0), answers: new Float32Array(0), count: 0, asked: 0 };

/** Asks on until `upTo` inputs have been asked about. A refused question teaches nothing. */
export async function answersIn(
  target: ProbabilityTarget,
  { inputs, size }: { readonly inputs: Float32Array<ArrayBuffer>; readonly size: number },
  before: Lessons,
  upTo: number,
): Promise<Lessons> {
  if (upTo <= before.asked) return before;
  const fresh = inputs.slice(before.asked * size, upTo * size);
  return withAnswers(before, fresh, await target.probabilities(fresh));
}

/** Lessons with more of them. */
export function withAnswers(before: Lessons, inputs: Float32Array<ArrayBuffer>, given: Probabilities): Lessons {
  const { classes, refused, values } = given;
  const size = inputs.length / given.count;
  const kept = Array.from({ length: given.count }, (_, row) => row).filter((row) => !refused?.[row]);
  const count = before.count + kept.length;
  const lessons = { inputs: new Float32Array(count * size), answers: new Float32Array(count * classes) };
  lessons.inputs.set(before.inputs);
  lessons.answers.set(before.answers);
  for (const [i, row] of kept.entries()) {
    lessons.inputs.set(inputs.subarray(row * size, (row + 1) * size), (before.count + i) * size);
    lessons.answers.set(values.subarray(row * classes, (row + 1) * classes), (before.count + i) * classes);
  }
  return { ...lessons, count, asked: before.asked + given.count };
}

/** A copy from random weights, trained on soft answers with Adam. @param seed tells copies of one attack apart */
export function learnFrom(
  lessons: Lessons,
  { model, classes, trainNetwork }: AttackContext,
  steps: number,
  seed = 'copy',
): AsyncGenerator<LaneEvent, OwnNetwork> {
  const batchSize = Math.min(64, lessons.count);
  return trainNetwork({
    model,
    inputs: lessons.inputs,
    targets: lessons.answers,
    outputs: classes,
    plan: { optimizer: 'adam', learningRate: 0.001, batchSize, epochs: Math.ceil(steps / Math.ceil(lessons.count / batchSize)) },
    phase: `training the copy on ${lessons.count} answers`,
    seed,
  });
}
