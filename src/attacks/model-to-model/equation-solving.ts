/**
 * Equation solving: the logarithm of two classes' probabilities, one over the other, is linear in the input. So every answer is as many
 * linear equations as there are other classes, and as many answers as an input has values, and one more, give all weights away.
 * Nothing is trained, and nothing is guessed: the copy is the model.
 */
import type { ProbabilityTarget } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import type { AttackContext } from '../../core/attacker.ts';
import { type LaneEvent, note, progress } from '../../core/event.ts';
import { leastSquares } from '../../core/least-squares.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count, range, toggle } from '../../core/params.ts';
import { argMax, mean, variance } from '../../core/statistics.ts';
import { answersIn, type Lessons, noLessons, priceParam } from './thief.ts';

export default defineAttack({
  id: 'equation-solving',
  title: 'Equation solving',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Reads the weights of softmax regression off its answers to noise: one linear equation for each class and question.',
  paper: {
    title: 'Stealing Machine Learning Models via Prediction APIs',
    authors: 'Tramèr, Zhang, Juels, Reiter, Ristenpart',
    venue: 'USENIX Security',
    year: 2016,
    arxiv: '1609.02943',
  },
  access: 'probabilities',
  brings: 'stolen model',
  knows: [],
  params: {
    queries: count({
      label: 'Questions',
      says: 'How many inputs the attacker asks about. One more than an input has values is enough: 785 for a digit.',
      min: 10,
      max: 4000,
      step: 10,
      initial: 785,
    }),
    brightness: range({
      label: 'Brightness',
      says: 'The largest value in the noise that she asks about: faint noise keeps every class in the answer.',
      min: 0.001,
      max: 1,
      step: 0.05,
      initial: 0.1,
    }),
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Finds out how answers are rounded, asks about noise of the brightness that tells most above it, and lets many questions average the rest.',
      initial: false,
    }),
    price: priceParam,
  },
  metrics: ['fidelity', 'queries'],
  refuses: (_options, { model }) =>
    model.id === 'softmax' ? undefined : `it solves the equations of softmax regression, and ${model.id} has others`,
  async *run(target, { queries, brightness, adaptive, price }, context) {
    const { random } = context;
    const size = context.shape.reduce((product, side) => product * side, 1);
    const probing = adaptive ? yield* probed(target, size, queries, context) : { asked: 0 };
    const many = Math.max(1, queries - probing.asked);
    const noise = random.stream('questions');
    const brightest = probing.brightest ?? brightness;
    const inputs = Float32Array.from({ length: many * size }, () => brightest * noise.uniform());
    let lessons = noLessons;
    // The copy is shown as it grows: with fewer equations than unknowns it is the shortest that fits.
    const enough = Math.min(many, size + 1);
    for (const upTo of new Set([enough >> 2, enough >> 1, enough, many])) {
      lessons = yield* answersIn(target, { inputs, size }, lessons, upTo);
      const network = yield* copyFrom(lessons, size, context);
      if (upTo === many) return { kind: 'stolen model', network, price };
      yield { type: 'artefact', artefact: { kind: 'stolen model', network, price } };
    }
    throw new Error('unreachable: the last of them is all');
  },
});

/** Nothing that single precision can hold is less, so no answer that was not rounded is touched. */
const tiny = 1e-45;

/** Weights `size × classes` and biases of softmax regression, all as differences from those of one class: more is not in an answer. */
export interface SoftmaxWeights {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/**
 * Solves w_c · x + b_c = ln(p_c / p_r) for all inputs x, with w_r = 0 and b_r = 0 for a class r (Tramèr et al. 2016, section 4.1.2).
 * @param inputs `rows × size`
 * @param answers `rows × classes` probabilities
 * @param least what an answer of 0 is taken for
 * @param reference the class r
 */
export function* solvedSoftmax(
  inputs: ArrayLike<number>,
  answers: ArrayLike<number>,
  rows: number,
  size: number,
  classes: number,
  least: number = tiny,
  reference = 0,
): Generator<number, SoftmaxWeights> {
  const unknowns = size + 1; // the bias is the weight of a constant 1
  const matrix = new Float64Array(rows * unknowns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) matrix[row * unknowns + i] = inputs[row * size + i] as number;
    matrix[row * unknowns + size] = 1;
  }
  const ln = (row: number, c: number) => Math.log(Math.max(least, answers[row * classes + c] as number));
  const others = Array.from({ length: classes }, (_, c) => c).filter((c) => c !== reference);
  const right = others.map((c) => Float64Array.from({ length: rows }, (_zero, row) => ln(row, c) - ln(row, reference)));
  const solutions = yield* leastSquares(matrix, rows, unknowns, right);
  const [weights, biases] = [new Float64Array(size * classes), new Float64Array(classes)];
  for (const [at, solution] of solutions.entries()) {
    const c = others[at] as number;
    for (let i = 0; i < size; i++) weights[i * classes + c] = solution[i] as number;
    biases[c] = solution[size] as number;
  }
  return { weights, biases };
}

/** The network whose answers are those. */
async function* copyFrom(
  { inputs, answers, count: rows }: Lessons,
  size: number,
  { classes, model, network }: AttackContext,
): AsyncGenerator<LaneEvent, OwnNetwork> {
  const step = roundingOf(answers);
  const solving = solvedSoftmax(inputs, answers, rows, size, classes, step && step / 2, surest(answers, classes));
  let solved = solving.next();
  while (!solved.done) {
    yield progress(`solving ${rows} × ${classes - 1} equations`, solved.value, Math.min(rows, size + 1));
    solved = solving.next();
  }
  const { weights, biases } = solved.value;
  return network({ model, outputs: classes }, Float32Array.from([...weights, ...biases]));
}

/** At most so many questions for each brightness that she tries, and how many of those there are, each half the one before. */
const [probes, halvings] = [12, 7];

/** Finds the step to which answers are rounded, and the brightness of noise whose answers tell most above it. */
async function* probed(
  target: ProbabilityTarget,
  size: number,
  queries: number,
  { classes, random }: AttackContext,
): AsyncGenerator<LaneEvent, { asked: number; brightest?: number }> {
  const probesOfEach = Math.min(probes, Math.floor(queries / (2 * halvings))); // at least half are kept for the equations
  if (probesOfEach < 2) return { asked: 0 };
  const noise = random.stream('probes');
  let [step, asked]: [number | undefined, number] = [undefined, 0];
  let [brightest, most] = [1, 0];
  for (let halving = 0; halving < halvings; halving++) {
    const tried = 1 / 2 ** halving;
    const inputs = Float32Array.from({ length: probesOfEach * size }, () => tried * noise.uniform());
    const { values } = await target.probabilities(inputs);
    asked += probesOfEach;
    step ??= roundingOf(values);
    if (step === undefined) return { asked };
    const told = bitsTold(values, classes, step);
    if (told > most) [brightest, most] = [tried, told];
  }
  yield note(`Answers are rounded to ${step}: she asks about noise of brightness ${brightest}.`);
  return { asked, brightest };
}

/** The class that is likeliest on average: all others are compared with it, so it should be far from 0. */
function surest(answers: Float32Array, classes: number): number {
  const sums = new Float64Array(classes);
  for (const [i, p] of answers.entries()) sums[i % classes] = (sums[i % classes] as number) + p;
  return argMax(sums, 0, classes);
}

/**
 * How much answers tell of the weights: for each class ½ log₂(1 + signal / noise), where the signal is how ln(p_c / p_r) varies from question
 * to question, and the noise is what rounding by up to half a step adds to it, step² / 12 · (1 / p_c² + 1 / p_r²).
 */
function bitsTold(answers: Float32Array, classes: number, step: number): number {
  const reference = surest(answers, classes);
  const at = (row: number, c: number) => Math.max(step / 2, answers[row * classes + c] as number);
  let bits = 0;
  for (let c = 0; c < classes; c++) {
    if (c === reference) continue;
    const rows = Array.from({ length: answers.length / classes }, (_, row) => row);
    const noise = mean(rows.map((row) => (step ** 2 / 12) * (1 / at(row, c) ** 2 + 1 / at(row, reference) ** 2)));
    const signal = Math.max(0, variance(rows.map((row) => Math.log(at(row, c) / at(row, reference)))) - noise);
    bits += 0.5 * Math.log2(1 + signal / noise);
  }
  return bits;
}

/** The coarsest step, a power of ten, of which all answers are multiples; undefined where they are not rounded. */
function roundingOf(values: Float32Array): number | undefined {
  for (let decimals = 0; decimals <= 6; decimals++) {
    const scale = 10 ** decimals;
    if (values.every((p) => Math.abs(p * scale - Math.round(p * scale)) < 1e-6 * scale)) return 1 / scale;
  }
  return undefined;
}
