/**
 * MemGuard: an adversarial example against the attacker. The defender trains a membership classifier of its own on sorted answers,
 * and moves each answer until that classifier is undecided, without changing which class is largest. It blinds attackers who look at
 * answers as that classifier does; those who compare with shadow models see through much of it.
 */
import type { Probabilities } from '../core/attack.ts';
import { defineDefense } from '../core/defense.ts';
import { take } from '../core/examples.ts';
import { range } from '../core/params.ts';
import { argMax } from '../core/statistics.ts';
import { largestIndices } from './answers.ts';

/** How many of the largest log-probabilities the classifier looks at. */
const depth = 3;
const lessons = 400;

export default defineDefense({
  id: 'memguard',
  title: 'MemGuard',
  says: 'Adds the noise to each answer that makes a membership classifier of its own undecided, and keeps the class.',
  paper: {
    title: 'MemGuard: Defending against Black-Box Membership Inference Attacks via Adversarial Examples',
    authors: 'Jia, Salem, Backes, Zhang, Gong',
    venue: 'CCS',
    year: 2019,
    arxiv: '1909.10594',
  },
  params: {
    distortion: range({
      label: 'Distortion',
      says: 'The most that an answer may be moved, summed over classes; 2 allows anything.',
      min: 0,
      max: 2,
      step: 0.1,
      initial: 1,
    }),
  },
  needsReference: true,
  async onQuery({ distortion }, { members, reference, probabilities, classes, random }) {
    const half = Math.min(lessons, members.count, reference.count);
    const inside = take(members, random.permutation(members.count).slice(0, half));
    const outside = take(reference, random.permutation(reference.count).slice(0, half));
    const seen = features(await probabilities(inside.inputs));
    const unseen = features(await probabilities(outside.inputs));
    const classifier = logisticRegression([...seen, ...unseen], [...seen.map(() => 1), ...unseen.map(() => 0)]);
    return (answers) => {
      const values = Float32Array.from(answers.values);
      for (let row = 0; row < answers.count; row++) blur(values, row, classes, classifier, distortion);
      return { ...answers, values };
    };
  },
});

interface Classifier {
  readonly weights: readonly number[];
  readonly bias: number;
}

const ln = (p: number) => Math.log(Math.max(1e-6, p));

/** The largest log-probabilities of every answer. */
function features(answers: Probabilities): number[][] {
  const { values, classes, count } = answers;
  return Array.from({ length: count }, (_, row) =>
    largestIndices(values, row, classes, depth).map((c) => ln(values[row * classes + c] as number)),
  );
}

/** Plain gradient descent on the logistic loss: three features and a bias need nothing better. */
function logisticRegression(rows: readonly (readonly number[])[], targets: readonly number[]): Classifier {
  const width = rows[0]?.length ?? 0;
  const weights = new Array<number>(width).fill(0);
  let bias = 0;
  for (let step = 0; step < 500; step++) {
    const gradient = new Array<number>(width).fill(0);
    let biasGradient = 0;
    rows.forEach((row, i) => {
      const z = row.reduce((sum, value, j) => sum + value * (weights[j] as number), bias);
      const error = 1 / (1 + Math.exp(-z)) - (targets[i] as number);
      row.forEach((value, j) => {
        gradient[j] = (gradient[j] as number) + (error * value) / rows.length;
      });
      biasGradient += error / rows.length;
    });
    gradient.forEach((slope, j) => {
      weights[j] = (weights[j] as number) - 0.1 * slope;
    });
    bias -= 0.1 * biasGradient;
  }
  return { weights, bias };
}

/**
 * Mixes one answer with the flat answer over its classes, as little as makes the classifier say no better than ½ (phase I of the
 * paper, along one direction, which keeps the order of classes), and no further than the distortion allows (phase II).
 */
function blur(values: Float32Array, row: number, classes: number, { weights, bias }: Classifier, distortion: number): void {
  const at = row * classes;
  const answer = values.slice(at, at + classes);
  const best = argMax(answer, 0, classes);
  const mixed = (share: number) => answer.map((p) => (1 - share) * p + share / classes);
  const suspicion = (p: Float32Array) =>
    largestIndices(p, 0, classes, depth).reduce((sum, c, j) => sum + ln(p[c] as number) * (weights[j] as number), bias);
  if (suspicion(answer) <= 0) return; // already looks like a non-member
  const length = answer.reduce((sum, p) => sum + Math.abs(1 / classes - p), 0);
  let [low, high] = [0, Math.min(0.999, distortion / Math.max(1e-12, length))];
  if (suspicion(mixed(high)) <= 0) {
    for (let i = 0; i < 30; i++) {
      const middle = (low + high) / 2;
      if (suspicion(mixed(middle)) <= 0) high = middle;
      else low = middle;
    }
  }
  const blurred = mixed(high);
  if (argMax(blurred, 0, classes) === best) values.set(blurred, at);
}
