/** What every thief does: collect answers, and teach a network of the victim's architecture to give them too. */
import type { Labels, Probabilities, ProbabilityTarget } from '../../core/access.ts';
import type { AttackContext } from '../../core/attacker.ts';
import { type LaneEvent, progress } from '../../core/event.ts';
import { oneHot } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count, range } from '../../core/params.ts';
import type { Weights } from '../../core/training.ts';

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

export const copiesParam = count({
  label: 'Copies on the way',
  says: 'How often a copy is trained and shown, each on four times the answers of the one before; the last is on all of them.',
  min: 1,
  max: 6,
  step: 1,
  initial: 3,
});

/** After how many of `all` questions a copy is trained: a sixteenth, a quarter and all of them, for three. */
export const growing = (all: number, copies: number): number[] =>
  Array.from({ length: copies }, (_, i) => Math.round(all / 4 ** (copies - 1 - i)));

export const priceParam = range({
  label: 'Price',
  says: 'What the owner asks for a thousand answers: it gives the theft its cost.',
  min: 0,
  max: 1000,
  step: 0.5,
  initial: 1,
});

export const noLessons: Lessons = { inputs: new Float32Array(0), answers: new Float32Array(0), count: 0, asked: 0 };

/** Asks on until `upTo` inputs have been asked about. A refused question teaches nothing. */
export async function* answersIn(
  target: ProbabilityTarget,
  { inputs, size }: { readonly inputs: Float32Array<ArrayBuffer>; readonly size: number },
  before: Lessons,
  upTo: number,
): AsyncGenerator<LaneEvent, Lessons> {
  const fresh = inputs.slice(before.asked * size, Math.max(before.asked, upTo) * size);
  return withAnswers(before, fresh, yield* askedAbout(target.probabilities, fresh, size));
}

/** So many questions are asked at once: a defense may think about each of them for long. */
const portion = 200;

/** Asks about all inputs, portion by portion. */
export async function* askedAbout(
  ask: ProbabilityTarget['probabilities'],
  inputs: Float32Array<ArrayBuffer>,
  size: number,
): AsyncGenerator<LaneEvent, Probabilities> {
  const count = inputs.length / size;
  const pieces: Probabilities[] = [];
  for (let from = 0; from < count; from += portion) {
    yield progress('asking questions', from, count);
    pieces.push(await ask(inputs.slice(from * size, Math.min(count, from + portion) * size)));
  }
  const classes = pieces[0]?.classes ?? 0;
  const [values, refused] = [new Float32Array(count * classes), new Uint8Array(count)];
  for (const [i, piece] of pieces.entries()) {
    values.set(piece.values, i * portion * classes);
    if (piece.refused) refused.set(piece.refused, i * portion);
  }
  return { kind: 'probabilities', values, count, classes, refused };
}

/** Lessons with more of them. */
export function withAnswers(before: Lessons, inputs: Float32Array<ArrayBuffer>, given: Probabilities): Lessons {
  const { classes, refused, values } = given;
  if (given.count === 0) return before;
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

/** Labels as lessons are written: all of the probability on what was said. */
export function certain({ values: labels }: Labels, classes: number): Probabilities {
  const values = oneHot(
    labels.map((label) => Math.max(0, label)),
    classes,
  );
  return {
    kind: 'probabilities',
    values,
    count: labels.length,
    classes,
    refused: Uint8Array.from(labels, (l) => (l < 0 ? 1 : 0)),
  };
}

/** A copy, trained on soft answers with Adam. @param seed tells copies of one attack apart @param start not from random weights */
export function learnFrom(
  lessons: Lessons,
  { model, classes, trainNetwork }: AttackContext,
  steps: number,
  seed = 'copy',
  start?: Weights,
): AsyncGenerator<LaneEvent, OwnNetwork> {
  const batchSize = Math.max(1, Math.min(64, lessons.count));
  return trainNetwork({
    model,
    inputs: lessons.inputs,
    targets: summingToOne(lessons.answers, classes),
    outputs: classes,
    plan: { optimizer: 'adam', learningRate: 0.001, batchSize, epochs: Math.ceil(steps / Math.ceil(lessons.count / batchSize)) },
    ...(start && { start }),
    phase: `training the copy on ${lessons.count} answers`,
    seed,
  });
}

/** Answers as distributions: rounding leaves sums beside 1, and of an answer that was rounded to nothing every class is as likely. */
function summingToOne(answers: Float32Array<ArrayBuffer>, classes: number): Float32Array<ArrayBuffer> {
  const distributions = answers.slice();
  for (let from = 0; from < answers.length; from += classes) {
    const row = distributions.subarray(from, from + classes);
    const sum = row.reduce((total, p) => total + p, 0);
    for (let c = 0; c < classes; c++) row[c] = sum > 0 ? (row[c] as number) / sum : 1 / classes;
  }
  return distributions;
}
