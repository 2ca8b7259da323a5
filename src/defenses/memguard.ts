/**
 * MemGuard: an adversarial example against the attacker. The defender trains a membership classifier of its own on sorted answers,
 * and moves each answer until that classifier is undecided, without changing which class is largest. It blinds attackers who look at
 * answers as that classifier does; those who compare with shadow models see through much of it.
 */
import type { Probabilities } from '../core/access.ts';
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
  against: ['membership inference'],
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
    return () => (answers) => {
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

/** Logistic regression by Newton's method, to the optimum: stopped early it would leave answers on the wrong side of ½. */
function logisticRegression(rows: readonly (readonly number[])[], targets: readonly number[]): Classifier {
  const width = (rows[0]?.length ?? 0) + 1; // the bias comes last, as the weight of a constant 1
  let weights = new Array<number>(width).fill(0);
  for (let step = 0; step < 25; step++) {
    const gradient = new Array<number>(width).fill(0);
    const curvature = Array.from({ length: width }, (_, j) => gradient.map((_zero, k) => (j === k ? 1e-6 : 0)));
    rows.forEach((row, i) => {
      const x = [...row, 1];
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, j) => sum + value * (weights[j] as number), 0)));
      for (let j = 0; j < width; j++) {
        gradient[j] = (gradient[j] as number) + (p - (targets[i] as number)) * (x[j] as number);
        const line = curvature[j] as number[];
        for (let k = 0; k < width; k++) line[k] = (line[k] as number) + p * (1 - p) * (x[j] as number) * (x[k] as number);
      }
    });
    const move = solved(curvature, gradient);
    weights = weights.map((weight, j) => weight - (move[j] as number));
  }
  return { weights: weights.slice(0, -1), bias: weights.at(-1) as number };
}

/** x with matrix · x = right, by Gaussian elimination; for the symmetric positive matrices of Newton's method no pivoting is needed. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const lines = matrix.map((line, j) => [...line, right[j] as number]);
  const size = lines.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let j = pivot + 1; j < size; j++) subtract(lines[j] as number[], lines[pivot] as number[], pivot);
  }
  for (let pivot = size - 1; pivot >= 0; pivot--) {
    for (let j = 0; j < pivot; j++) subtract(lines[j] as number[], lines[pivot] as number[], pivot);
  }
  return lines.map((line, j) => (line[size] as number) / (line[j] as number));
}

/** Takes as much of `other` from `line` as makes its entry at `pivot` 0. */
function subtract(line: number[], other: readonly number[], pivot: number): void {
  const share = (line[pivot] as number) / (other[pivot] as number);
  for (let k = pivot; k < line.length; k++) line[k] = (line[k] as number) - share * (other[k] as number);
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
