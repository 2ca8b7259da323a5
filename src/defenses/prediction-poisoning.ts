/**
 * Prediction poisoning: every answer is bent so that who learns from it learns in the wrong direction, as far as its owner thinks
 * bearable, and the largest class stays the largest. Who reads nothing but the class is not harmed, honest or not.
 */
import type { Probabilities } from '../core/access.ts';
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';
import { argMax } from '../core/statistics.ts';

export default defineDefense({
  id: 'prediction-poisoning',
  title: 'Prediction poisoning (MAD)',
  says: 'Bends each answer, but not its class, to where a thief’s gradient turns away most. Scores are worth less to everybody.',
  paper: {
    title: 'Prediction Poisoning: Towards Defenses Against DNN Model Stealing Attacks',
    authors: 'Orekondy, Schiele, Fritz',
    venue: 'ICLR',
    year: 2020,
    arxiv: '1906.10908',
  },
  against: ['model extraction'],
  params: {
    budget: range({
      label: 'Budget',
      says: 'The most that an answer may be moved, summed over classes; 2 allows anything that keeps the class.',
      min: 0,
      max: 2,
      step: 0.1,
      initial: 1,
    }),
  },
  conflicts: { 'labels-only': 'a label has no scores to bend' },
  async *onQuery({ budget }, { members, model, classes, shape, trainNetwork }) {
    // What a thief's gradient looks like is seen on a stand-in for her copy, with random weights, as she begins with.
    const surrogate = yield* trainNetwork({
      model,
      shape,
      inputs: members.inputs.slice(0, members.size),
      targets: new Float32Array(classes),
      outputs: classes,
      plan: { batchSize: 1, epochs: 0 },
      phase: 'beginning a stand-in for the copy',
      seed: 'surrogate',
    });
    const extremes = Array.from({ length: classes }, (_, best) => extremesOf(best, classes));
    return () => async (answers, inputs) => bent(answers, await surrogate.probabilities(inputs), extremes, budget);
  },
});

/** More classes than this and not all subsets are tried. */
const mostClasses = 12;

/**
 * The corners of the room in which class `best` is the largest: all of the probability evenly on a subset of classes that holds `best`,
 * and a little more on `best` itself. Where that were too many, subsets of up to two others.
 */
function extremesOf(best: number, classes: number): Float32Array[] {
  const others = Array.from({ length: classes }, (_, c) => c).filter((c) => c !== best);
  const subsets: number[][] = [];
  if (classes <= mostClasses) {
    for (let bits = 0; bits < 2 ** others.length; bits++) subsets.push(others.filter((_, i) => bits & (2 ** i)));
  } else {
    subsets.push([], others);
    for (const a of others) for (const b of others) if (a <= b) subsets.push([...new Set([a, b])]);
  }
  return subsets.map((subset) => {
    const corner = new Float32Array(classes);
    const total = subset.length + 1 + 1e-3;
    for (const c of subset) corner[c] = 1 / total;
    corner[best] = (1 + 1e-3) / total;
    return corner;
  });
}

/**
 * Moves each answer towards a corner, as far as the budget lets: to the one where the gradient then points away most from the true
 * answer's (equations 4 to 8 of the paper, "MAD-argmax"). The gradient is that of the stand-in's last layer, (p − answer) ⊗ features: the
 * features are the same for all answers to one question, so the angle between two gradients is the one between the two p − answer.
 */
function bent(
  answers: Probabilities,
  surrogate: Probabilities,
  extremes: readonly (readonly Float32Array[])[],
  budget: number,
): Probabilities {
  const { classes, count } = answers;
  const values = answers.values.slice();
  for (let row = 0; row < count; row++) {
    const answer = answers.values.subarray(row * classes, (row + 1) * classes);
    const stand = surrogate.values.subarray(row * classes, (row + 1) * classes);
    let [least, chosen] = [Number.POSITIVE_INFINITY, answer];
    for (const corner of extremes[argMax(answer, 0, classes)] as readonly Float32Array[]) {
      const reached = towards(answer, corner, budget);
      const agreement = cosine(answer, reached, stand);
      if (agreement < least) [least, chosen] = [agreement, reached as typeof answer];
    }
    values.set(chosen, row * classes);
  }
  return { ...answers, values };
}

/** As far from an answer to a corner as the budget lets, summed over classes. */
function towards(answer: Float32Array, corner: Float32Array, budget: number): Float32Array {
  const length = answer.reduce((sum, p, c) => sum + Math.abs((corner[c] as number) - p), 0);
  const share = Math.min(1, budget / Math.max(1e-9, length));
  return answer.map((p, c) => (1 - share) * p + share * (corner[c] as number));
}

/** The cosine between a − from and b − from. */
function cosine(a: Float32Array, b: Float32Array, from: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let c = 0; c < a.length; c++) {
    const [x, y] = [(a[c] as number) - (from[c] as number), (b[c] as number) - (from[c] as number)];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(Math.max(1e-12, aa * bb));
}
