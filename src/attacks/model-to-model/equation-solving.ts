/**
 * Equation solving: the logarithm of two classes' probabilities, one over the other, is linear in the input. So every answer is as many
 * linear equations as there are other classes, and as many answers as an input has values, and one more, give all weights away.
 * Nothing is trained, and nothing is guessed: the copy is the model.
 */
import {
  type AttackContext,
  defineAttack,
  type OwnNetwork,
  type Probabilities,
  type ProbabilityTarget,
} from '../../core/attack.ts';
import { type LaneEvent, note, progress } from '../../core/event.ts';
import { count, range, toggle } from '../../core/params.ts';
import { median } from '../../core/statistics.ts';
import { leastSquares } from './least-squares.ts';
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
      initial: 1,
    }),
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Finds out how answers are rounded, asks about noise so faint that no class is rounded to 0, and lets many questions average the rest.',
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
    const probes = adaptive ? yield* probed(target, size, brightness, context) : { asked: 0, brightest: brightness };
    const many = Math.max(1, queries - probes.asked);
    const noise = random.stream('questions');
    const inputs = Float32Array.from({ length: many * size }, () => probes.brightest * noise.uniform());
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

/** Weights `size × classes` and biases of softmax regression, all as differences from those of class 0: more is not in an answer. */
export interface SoftmaxWeights {
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/**
 * Solves w_c · x + b_c = ln(p_c / p_0) for all inputs x, with w_0 = 0 and b_0 = 0 (Tramèr et al. 2016, section 4.1.2).
 * @param inputs `rows × size`
 * @param answers `rows × classes` probabilities
 * @param least what an answer of 0 is taken for
 */
export function* solvedSoftmax(
  inputs: ArrayLike<number>,
  answers: ArrayLike<number>,
  rows: number,
  size: number,
  classes: number,
  least: number = tiny,
): Generator<number, SoftmaxWeights> {
  const unknowns = size + 1; // the bias is the weight of a constant 1
  const matrix = new Float64Array(rows * unknowns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) matrix[row * unknowns + i] = inputs[row * size + i] as number;
    matrix[row * unknowns + size] = 1;
  }
  const ln = (row: number, c: number) => Math.log(Math.max(least, answers[row * classes + c] as number));
  const right = Array.from({ length: classes - 1 }, (_, c) =>
    Float64Array.from({ length: rows }, (_zero, row) => ln(row, c + 1) - ln(row, 0)),
  );
  const solutions = yield* leastSquares(matrix, rows, unknowns, right);
  const [weights, biases] = [new Float64Array(size * classes), new Float64Array(classes)];
  for (const [c, solution] of solutions.entries()) {
    for (let i = 0; i < size; i++) weights[i * classes + c + 1] = solution[i] as number;
    biases[c + 1] = solution[size] as number;
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
  const solving = solvedSoftmax(inputs, answers, rows, size, classes, step && step / 2);
  let solved = solving.next();
  while (!solved.done) {
    yield progress(`solving ${rows} × ${classes - 1} equations`, solved.value, Math.min(rows, size + 1));
    solved = solving.next();
  }
  const { weights, biases } = solved.value;
  return network({ model, outputs: classes }, Float32Array.from([...weights, ...biases]));
}

const probesOfEach = 8;
/** The least probability of a usual answer, in steps of the rounding, for its logarithm to be good for something. */
const clear = 4;

/** Finds the step to which answers are rounded, and the brightest noise whose answers are well above it in every class. */
async function* probed(
  target: ProbabilityTarget,
  size: number,
  brightness: number,
  { classes, random }: AttackContext,
): AsyncGenerator<LaneEvent, { asked: number; brightest: number }> {
  const noise = random.stream('probes');
  let step: number | undefined;
  let asked = 0;
  for (let brightest = brightness; ; brightest /= 2) {
    const inputs = Float32Array.from({ length: probesOfEach * size }, () => brightest * noise.uniform());
    const answers = await target.probabilities(inputs);
    asked += probesOfEach;
    step ??= roundingOf(answers.values);
    if (step === undefined) return { asked, brightest };
    const least = median(Array.from({ length: probesOfEach }, (_, row) => Math.min(...rowOf(answers, row, classes))));
    if (least >= clear * step || brightest < brightness / 512) {
      yield note(`Answers are rounded to ${step}: she asks about noise of brightness ${brightest}.`);
      return { asked, brightest };
    }
  }
}

const rowOf = ({ values }: Pick<Probabilities, 'values'>, row: number, classes: number) =>
  values.subarray(row * classes, (row + 1) * classes);

/** The coarsest step, a power of ten, of which all answers are multiples; undefined where they are not rounded. */
function roundingOf(values: Float32Array): number | undefined {
  for (let decimals = 0; decimals <= 6; decimals++) {
    const scale = 10 ** decimals;
    if (values.every((p) => Math.abs(p * scale - Math.round(p * scale)) < 1e-6 * scale)) return 1 / scale;
  }
  return undefined;
}
