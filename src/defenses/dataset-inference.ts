/**
 * Dataset inference: a model lies further from its borders around what it was trained on than around other examples, and a copy inherits
 * that. The owner walks from her examples and from others in random directions until the suspect changes its mind, and compares.
 * Nothing is put into the model, and nothing is answered differently.
 */
import { type DetectContext, defineDefense } from '../core/defense.ts';
import { evidence, type LaneEvent, note, progress } from '../core/event.ts';
import { concatenate, type Examples, oneHot, take } from '../core/examples.ts';
import type { OwnNetwork, OwnTraining } from '../core/network.ts';
import { count } from '../core/params.ts';
import type { Random } from '../core/random.ts';
import { argMax, mean, variance } from '../core/statistics.ts';
import { welchTest } from '../metrics/t-test.ts';
import { stranger } from './stranger.ts';

/** Walks with each kind of noise from each example, and paces in a walk. */
const [walksOfKind, paces] = [3, 18];
/**
 * How far so many paces lead, in deviations of the noise. They grow: an example that the model has hardly right, or not at all, is then far
 * from all others, and among those are few that it learned.
 */
const distance = (paced: number) => (paced === 0 ? 0 : 0.02 * 1.25 ** (paced - 1));
const level = 0.01;

export default defineDefense({
  id: 'dataset-inference',
  title: 'Dataset inference',
  says: 'Compares how far a suspect’s borders lie from the owner’s training data and from other examples: a copy keeps the difference.',
  paper: {
    title: 'Dataset Inference: Ownership Resolution in Machine Learning',
    authors: 'Maini, Yaghini, Papernot',
    venue: 'ICLR',
    year: 2021,
    arxiv: '2104.10706',
  },
  against: ['model extraction'],
  params: {
    examples: count({
      label: 'Examples compared',
      says: 'How many of the owner’s training examples, and as many others: half to learn what tells them apart, half to test it.',
      min: 20,
      max: 2000,
      step: 20,
      initial: 600,
    }),
  },
  needsReference: true,
  async *onDetect({ examples }, context) {
    const { members, test, suspect, probabilities, random, classes, trainNetwork } = context;
    if (!suspect) {
      yield note('Nobody offers a copy, so dataset inference has nothing to look at.');
      return;
    }
    const many = Math.min(examples, members.count, test.count) & ~1;
    const own = take(members, random.stream('own').permutation(members.count).slice(0, many));
    const others = take(test, random.stream('others').permutation(test.count).slice(0, many));
    const other = yield* stranger(context);
    const walkers: readonly (readonly [string, OwnNetwork['probabilities']])[] = [
      ['the owner’s model', probabilities],
      ['the suspect', suspect.probabilities],
      ['a model that copied nothing', other.probabilities],
    ];
    let judge: ((features: readonly Float64Array[]) => Promise<Float64Array>) | undefined;
    const rows: (readonly (string | number)[])[] = [];
    let told = '';
    for (const [name, ask] of walkers) {
      const noise = random.stream('walks'); // the same noise for all models
      const paced = yield* walks(ask, concatenate(own, others), classes, noise);
      const [near, far, half] = [paced.slice(0, many), paced.slice(many), many / 2];
      judge ??= yield* judgeFor(near.slice(0, half), far.slice(0, half), trainNetwork);
      const [inside, outside] = [await judge(near.slice(half)), await judge(far.slice(half))];
      const { p } = welchTest(inside, outside);
      const shown = Number.isNaN(p) ? 1 : p; // where no walk ended differently from any other
      rows.push([name, meanPaces(near).toFixed(2), meanPaces(far).toFixed(2), shown.toPrecision(2)]);
      if (name === 'the suspect') told = verdict(shown);
    }
    yield evidence('dataset inference', {
      kind: 'table',
      title: 'How far a model’s borders lie, and whether the owner’s data stands out',
      columns: ['model', 'paces from the owner’s data', 'from other data', 'p where nothing was copied'],
      rows,
    });
    yield note(told);
  },
});

const verdict = (p: number) =>
  p < level
    ? `To the suspect the owner’s training data is not like other data (p = ${p.toPrecision(2)}): it learned from them, or from who did.`
    : `To the suspect the owner’s training data is like any other (p = ${p.toPrecision(2)}): nothing is proved.`;

type Ask = OwnNetwork['probabilities'];

/**
 * For each example the paces of each of its walks until the answer is not its label any more (the "blind walk" of the paper, section 5.2);
 * 0 where it never was. Where on the way that is, is found by halving.
 */
async function* walks(
  ask: Ask,
  { inputs, labels, count: many, size }: Examples,
  classes: number,
  noise: Random,
): AsyncGenerator<LaneEvent, Float64Array[]> {
  const right = async (at: Float32Array<ArrayBuffer>) => {
    const { values } = await ask(at);
    return labels.map((label, row) => (argMax(values, row, classes) === label ? 1 : 0));
  };
  const features = Array.from({ length: many }, () => new Float64Array(kinds.length * walksOfKind));
  const begun = await right(inputs);
  const way = new Float32Array(inputs.length);
  for (let walk = 0; walk < kinds.length * walksOfKind; walk++) {
    yield progress('walking away from examples', walk, kinds.length * walksOfKind);
    const draw = kinds[walk % kinds.length] as (random: Random) => number;
    const own = noise.stream(`walk ${walk}`);
    for (let i = 0; i < way.length; i++) way[i] = draw(own);
    const [inside, outside] = [new Float64Array(many), new Float64Array(many).fill(paces + 1)]; // still right, and not any more
    for (let gap = paces + 1; gap > 1; gap /= 2) {
      const half = inside.map((least, row) => Math.round((least + (outside[row] as number)) / 2));
      const still = await right(along(inputs, way, half, size));
      for (let row = 0; row < many; row++) (still[row] ? inside : outside)[row] = half[row] as number;
      yield progress('walking away from examples', walk, kinds.length * walksOfKind);
    }
    for (const [row, line] of features.entries()) line[walk] = begun[row] ? Math.min(paces, inside[row] as number) : 0;
  }
  return features;
}

/** Each input so many paces along its way, and no value outside 0 to 1. */
function along(inputs: Float32Array, way: Float32Array, paced: Float64Array, size: number): Float32Array<ArrayBuffer> {
  const at = new Float32Array(inputs.length);
  for (const [row, far] of paced.entries()) {
    const length = distance(far);
    for (let i = row * size; i < (row + 1) * size; i++) {
      at[i] = Math.max(0, Math.min(1, (inputs[i] as number) + length * (way[i] as number)));
    }
  }
  return at;
}

/** Uniform, normal and Laplace's noise, each with deviation 1. */
const kinds: readonly ((random: Random) => number)[] = [
  (random) => (2 * random.uniform() - 1) * Math.sqrt(3),
  (random) => random.normal(),
  (random) => {
    const u = random.uniform() - 0.5;
    return (-Math.sign(u) * Math.log1p(-2 * Math.abs(u))) / Math.SQRT2;
  },
];

const meanPaces = (features: readonly Float64Array[]) => mean(features.map((own) => mean(own)));

/** What tells the owner's examples from others by their walks on her own model: higher is likelier hers. */
async function* judgeFor(
  near: readonly Float64Array[],
  far: readonly Float64Array[],
  trainNetwork: DetectContext['trainNetwork'],
): AsyncGenerator<LaneEvent, (features: readonly Float64Array[]) => Promise<Float64Array>> {
  const width = near[0]?.length ?? 0;
  const all = [...near, ...far];
  const centre = Float64Array.from({ length: width }, (_, i) => mean(all.map((own) => own[i] as number)));
  const spread = centre.map((_, i) => Math.sqrt(variance(all.map((own) => own[i] as number))) || 1);
  const scaled = (features: readonly Float64Array[]) =>
    Float32Array.from(
      features.flatMap((own) => Array.from(own, (value, i) => (value - (centre[i] as number)) / (spread[i] as number))),
    );
  const network: OwnNetwork = yield* trainNetwork({
    model: { id: 'softmax', options: {} },
    shape: [width],
    inputs: scaled(all),
    targets: oneHot(
      Int32Array.from(all, (_own, i) => (i < near.length ? 1 : 0)),
      2,
    ),
    outputs: 2,
    // All walks tell much the same; a small penalty keeps it from weighing one against another by chance. All examples at once: what they
    // tell is so little that the chance of a batch would drown it.
    plan: { optimizer: 'sgd', learningRate: 0.3, batchSize: all.length, epochs: 200, weightDecay: 10 / all.length },
    phase: 'learning what tells the owner’s examples',
    seed: 'judge',
  } satisfies OwnTraining);
  return async (features) => {
    const logits = await network.logits(scaled(features));
    return Float64Array.from(features, (_own, row) => (logits[2 * row + 1] as number) - (logits[2 * row] as number));
  };
}
