/** What attackers search for, solve for and match, and what defenders look for. */
import { byFrequency, byOrder } from '../attacks/data-to-data/frequency-analysis.ts';
import { fromLoudestUnit } from '../attacks/model-to-data/first-layer.ts';
import { distanceTo } from '../attacks/model-to-data/gradient-distance.ts';
import { solvedSoftmax } from '../attacks/model-to-model/equation-solving.ts';
import { adam, type Descent, lbfgs } from '../core/descent.ts';
import { oneHot } from '../core/examples.ts';
import { type Multilayer, passOf, softmaxRows, weightGradient } from '../core/multilayer.ts';
import { randomOf } from '../core/random.ts';
import { principalScores } from '../defenses/principal-components.ts';
import { silhouette } from '../defenses/two-means.ts';
import { bestAssignment } from '../metrics/assignment.ts';
import { against, againstTruth, type Check } from './check.ts';
import type { Reference } from './references.ts';
import { valleys } from './valleys.ts';

const family = 'What attackers search and solve';

interface Path {
  readonly start: readonly number[];
  readonly calls: readonly { readonly x: readonly number[] }[];
}

/** Where a descent stands each time that the other implementation wrote down where it stood. */
function follow(descent: Descent, valley: keyof typeof valleys, { start, calls }: Path, steps = 1): number[] {
  const x = Float64Array.from(start);
  return calls.flatMap(() => {
    for (let step = 0; step < steps; step++) descent(x, valleys[valley]);
    return [...x];
  });
}

const activations = ['relu', 'sigmoid'] as const;

/** DLG's distance and its slopes, and the gradient that was shared. */
function distancesOf(reference: Reference<'descent.json'>): number[] {
  return activations.flatMap((activation) => {
    const { widths, rows, weights, inputs, labels, shared, guess } = reference.distance[activation];
    const network: Multilayer = { widths, activation, weights: Float64Array.from(weights) };
    const targets = Float64Array.from(oneHot(Int32Array.from(labels), widths.at(-1) as number));
    const own = weightGradient(network, passOf(network, Float64Array.from(inputs), targets, rows));
    const unit = Math.min(1, Math.hypot(...shared)) ** 2; // a short gradient is the unit of its distances
    const { loss, gradient } = distanceTo(network, Float64Array.from(shared), rows)(Float64Array.from(guess));
    return [...own, loss * unit, ...gradient.map((slope) => slope * unit)];
  });
}

/** A picture, and a network of one hidden layer that nobody has trained. */
function pictureAndNetwork() {
  const random = randomOf('known answers').stream('division');
  const widths = [64, 32, 10];
  const weights = Float64Array.from({ length: 65 * 32 + 33 * 10 }, () => 0.2 * random.normal());
  const network: Multilayer = { widths, activation: 'sigmoid', weights };
  return { network, picture: Float64Array.from({ length: 64 }, random.uniform) };
}

const [pixels, classes] = [64, 10];

/** Softmax regression: `pixels × classes` weights, then biases, all as differences from those of class 0. */
function secretWeights(): Float64Array {
  const { normal } = randomOf('known answers').stream('equations');
  const weights = Float64Array.from({ length: (pixels + 1) * classes }, () => 0.1 * normal());
  return weights.map((weight, i) => weight - (weights[i - (i % classes)] as number));
}

function solvedWeights(): number[] {
  const weights = secretWeights();
  const { uniform } = randomOf('known answers').stream('questions');
  const questions = Float64Array.from({ length: (pixels + 1) * pixels }, uniform);
  const logits = Float64Array.from({ length: (pixels + 1) * classes }, (_, at) => {
    const [question, c] = [Math.floor(at / classes), at % classes];
    let sum = weights[pixels * classes + c] as number;
    for (let i = 0; i < pixels; i++) sum += (questions[question * pixels + i] as number) * (weights[i * classes + c] as number);
    return sum;
  });
  const solving = solvedSoftmax(questions, softmaxRows(logits, classes), pixels + 1, pixels, classes);
  for (;;) {
    const step = solving.next();
    if (step.done) return [...step.value.weights, ...step.value.biases];
  }
}

/** Twenty tables of costs, six by six. */
function tables(): number[][][] {
  const { uniform } = randomOf('known answers').stream('assignment');
  const six = [...Array(6).keys()];
  return Array.from({ length: 20 }, () => six.map(() => six.map(() => uniform())));
}

const costOf = (costs: readonly (readonly number[])[], assigned: ArrayLike<number>) =>
  costs.reduce((sum, row, at) => sum + (row[assigned[at] as number] as number), 0);

function* allOrders(rest: readonly number[], begun: readonly number[] = []): Generator<readonly number[]> {
  if (rest.length === 0) yield begun;
  for (const next of rest)
    yield* allOrders(
      rest.filter((one) => one !== next),
      [...begun, next],
    );
}

const sums = (shares: readonly number[]) => {
  let sum = 0;
  return shares.map((share) => (sum += share));
};

const width = 5;

export const searchChecks: readonly Check[] = [
  against('descent.json', {
    id: 'descents',
    family,
    says: 'The way down of L-BFGS on three functions, also with a memory of three steps, and of Adam on two, over a hundred steps.',
    source: 'PyTorch 1.13, torch.optim',
    allowed: { within: 1e-9, of: 'difference', because: 'each step may stretch rounding of 1e-16' },
    ours: ({ lbfgs: { rosenbrock, quadratic, smooth, 'smooth, remembering three': three }, adam: stepwise }) => [
      ...follow(lbfgs(), 'rosenbrock', rosenbrock),
      ...follow(lbfgs(), 'quadratic', quadratic),
      ...follow(lbfgs(), 'smooth', smooth),
      ...follow(lbfgs({ history: 3 }), 'smooth', three),
      ...follow(adam(0.1), 'rosenbrock', stepwise.rosenbrock, 10),
      ...follow(adam(0.1), 'quadratic', stepwise.quadratic, 10),
    ],
    theirs: ({ lbfgs: { rosenbrock, quadratic, smooth, 'smooth, remembering three': three }, adam: stepwise }) =>
      [rosenbrock, quadratic, smooth, three, stepwise.rosenbrock, stepwise.quadratic].flatMap(({ calls }) =>
        calls.flatMap(({ x }) => x),
      ),
  }),
  against('descent.json', {
    id: 'gradient-distance',
    family,
    says: 'What DLG makes small: the distance of two gradients, and how it moves with the guess.',
    source: 'PyTorch 1.13, differentiated twice',
    allowed: { within: 1e-12, of: 'largest', because: 'sums of some hundred terms in double precision' },
    ours: distancesOf,
    theirs: ({ distance: found }) =>
      activations.flatMap((activation) => {
        const { shared, distance, gradient } = found[activation];
        return [...shared, distance, ...gradient];
      }),
  }),
  againstTruth({
    id: 'division',
    family,
    says: 'A picture of 64 pixels, divided out of the gradient that somebody shared.',
    source: 'the picture itself',
    allowed: { within: 1e-14, of: 'difference', because: 'one division: a few units in the last place of 1' },
    ours: () => {
      const { network, picture } = pictureAndNetwork();
      const target = Float64Array.from(oneHot(Int32Array.of(3), 10));
      return fromLoudestUnit(network, weightGradient(network, passOf(network, picture, target, 1))) ?? [];
    },
    theirs: () => pictureAndNetwork().picture,
  }),
  againstTruth({
    id: 'equations',
    family,
    says: 'All 650 weights of a softmax regression, solved for from its answers to 65 questions.',
    source: 'the weights themselves',
    allowed: { within: 1e-9, of: 'difference', because: 'the equations stretch rounding of 1e-16 by their condition' },
    ours: solvedWeights,
    theirs: secretWeights,
  }),
  against('frequency_analysis.json', {
    id: 'assignment',
    family,
    says: 'The cheapest way to take ciphertexts for values, with and without order, and the way by rank, on four columns.',
    source: 'SciPy’s linear_sum_assignment, and NumPy',
    allowed: { within: 1e-12, of: 'difference', because: 'the order in which costs are added up' },
    ours: ({ cases }) =>
      cases.flatMap(({ seen, known }) => {
        const [below, knownBelow] = [sums(seen), sums(known)] as [number[], number[]];
        const squared = seen.map((share) => known.map((other) => (share - other) ** 2));
        const cumulative = seen.map((share, c) =>
          known.map((other, v) => Math.abs(share - other) + Math.abs((below[c] as number) - (knownBelow[v] as number))),
        );
        const [encrypted, elsewhere] = [Float64Array.from(seen), Float64Array.from(known)] as [Float64Array, Float64Array];
        return [
          costOf(squared, byFrequency(encrypted, elsewhere, 'assignment')),
          costOf(cumulative, byOrder(encrypted, elsewhere, 'cumulative')),
          ...byFrequency(encrypted, elsewhere, 'ranks'),
        ];
      }),
    theirs: ({ cases }) =>
      cases.flatMap(({ assignment_cost, cumulative_cost, ranks }) => [assignment_cost, cumulative_cost, ...ranks]),
  }),
  againstTruth({
    id: 'all-orders',
    family,
    says: 'The cheapest way to match six things with six others, at random costs, twenty times.',
    source: 'all 720 ways, one after another',
    allowed: { within: 1e-12, of: 'difference', because: 'the order in which costs are added up' },
    ours: () => tables().map((costs) => costOf(costs, bestAssignment(costs))),
    theirs: () => {
      const orders = [...allOrders([0, 1, 2, 3, 4, 5])];
      return tables().map((costs) => Math.min(...orders.map((order) => costOf(costs, order))));
    },
  }),
  against('clusters.json', {
    id: 'clusters',
    family,
    says: 'How far fourteen points lie along their principal components, without the sign, and the silhouette of their cut in two.',
    source: 'NumPy’s singular values, and all cuts one by one',
    allowed: { within: 1e-4, of: 'largest', because: 'a direction counts as found when a round turns it by less than 1.4e-5' },
    ours: ({ points, sides }) => {
      const rows = points.flat();
      const scores = principalScores(Float32Array.from(rows), width, width);
      return [...scores.map(Math.abs), silhouette(Float64Array.from(rows), width, Uint8Array.from(sides))];
    },
    theirs: ({ scores, silhouette: theirs }) => [...scores.flat().map(Math.abs), theirs],
  }),
];
