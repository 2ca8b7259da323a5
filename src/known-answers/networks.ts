/**
 * Forward passes, gradients and trainings, on the device that experiments use and by the way that they take. Inputs and weights are those
 * that PyTorch was given: both sides draw them from mulberry32.
 */
import mnist from '../../datasets/mnist/index.ts';
import { oneHot } from '../core/examples.ts';
import { planOf } from '../core/experiment.ts';
import { mulberry32, randomOf, type Uniform } from '../core/random.ts';
import {
  type Compute,
  type ModelChoice,
  optimizers,
  type TrainingJob,
  type TrainingPlan,
  type Weights,
} from '../core/training.ts';
import { against, type Check } from './check.ts';

const family = 'Networks, trained on this device';

const single = 'single precision against double, over sums of some hundred terms';

/** Values from −scale to scale. */
const drawn = (uniform: Uniform, count: number, scale = 1): Weights =>
  Float32Array.from({ length: count }, () => (2 * uniform() - 1) * scale);

/** A network and a batch. */
interface Case {
  readonly model: ModelChoice;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly weights: Weights;
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly targets: Float32Array<ArrayBuffer>;
}

/** As tests/reference/gradients.py draws it: parameters, then inputs; example i has label i mod classes. */
function caseOf(
  model: ModelChoice,
  { shape, classes, batch, seed, scale = 1 }: { shape: number[]; classes: number; batch: number; seed: number; scale?: number },
  parameters: number,
): Case {
  const uniform = mulberry32(seed);
  const weights = drawn(uniform, parameters, scale);
  const inputs = drawn(uniform, batch * shape.reduce((product, side) => product * side, 1));
  const labels = Int32Array.from({ length: batch }, (_, i) => i % classes);
  return { model, shape, classes, weights, inputs, targets: oneHot(labels, classes) };
}

/** The whole batch in each step. */
function jobOf(
  { model, shape, classes, inputs, targets }: Case,
  members: readonly (Partial<TrainingPlan> & Start)[],
): TrainingJob {
  const rows = inputs.length / shape.reduce((product, side) => product * side, 1);
  return {
    ...{ model, shape, classes, inputs, targets: [targets] },
    members: members.map(({ start, seed = 'any', ...plan }) => ({
      plan: planOf({ optimizer: 'sgd', learningRate: 1, batchSize: rows, epochs: 1, ...plan }),
      indices: Int32Array.from({ length: rows }, (_, row) => row),
      targets: 0,
      seed,
      ...(start && { start }),
      watch: [],
    })),
  };
}

interface Start {
  readonly start?: Weights;
  readonly seed?: string;
}

async function trained(compute: Compute, job: TrainingJob): Promise<Weights[]> {
  const training = compute.train(job);
  for (;;) {
    const step = await training.next();
    if (step.done) return step.value;
  }
}

/** What one step of plain descent at rate 1 takes away from the weights: the gradient that trainings go by. */
async function gradientBy(compute: Compute, given: Case, plan: Partial<TrainingPlan> = {}): Promise<Float32Array> {
  const [after] = await trained(compute, jobOf(given, [{ ...plan, start: given.weights }]));
  return given.weights.map((before, i) => before - ((after as Weights)[i] as number));
}

const smallMlp: ModelChoice = { id: 'mlp', options: { hidden: [16, 8], activation: 'relu' } };

/** PyTorch's small transformer, with its five texts. */
const twinOf = (config: { vocabulary: number; length: number; width: number; heads: number; blocks: number }) => ({
  model: {
    id: 'transformer',
    options: { blocks: config.blocks, width: config.width, heads: `${config.heads}`, weights: 'trained here' },
  },
  shape: [config.length],
  classes: config.vocabulary,
});

/** How a row of logits has to move so that its softmax comes nearer to a class, and the cross-entropy to it. */
function crossEntropy(logits: Float32Array, label: number): { loss: number; pull: number[] } {
  const exponentials = Array.from(logits, Math.exp);
  const total = exponentials.reduce((sum, one) => sum + one, 0);
  return {
    loss: Math.log(total) - (logits[label] as number),
    pull: exponentials.map((one, i) => one / total - (i === label ? 1 : 0)),
  };
}

/** The places of a text that are learned; a target below 0 is none. */
const learnedIn = (targets: readonly number[], text: number, length: number) =>
  Array.from({ length }, (_, place) => text * length + place).filter((at) => (targets[at] as number) >= 0);

/** Each text's mean cross-entropy over its learned places. */
const lossesOf = (
  logits: Float32Array,
  targets: readonly number[],
  { length, vocabulary }: { length: number; vocabulary: number },
) =>
  Array.from({ length: targets.length / length }, (_, text) => {
    const places = learnedIn(targets, text, length);
    const at = (place: number) => logits.subarray(place * vocabulary, (place + 1) * vocabulary);
    return places.reduce((sum, place) => sum + crossEntropy(at(place), targets[place] as number).loss, 0) / places.length;
  });

export const networkChecks: readonly Check[] = [
  against('self-test.json', {
    id: 'self-test',
    family,
    says: 'The gradient of a perceptron 6-5-3, by which a device is tested before it is used.',
    source: 'PyTorch 1.13, double precision',
    allowed: { within: 3e-6, of: 'largest', because: single },
    ours: async ({ inputs, hidden, classes, batch, seed, gradient }, host) => {
      const model = { id: 'mlp', options: { hidden, activation: 'relu' } };
      return gradientBy(host.compute, caseOf(model, { shape: [inputs], classes, batch, seed }, gradient.length));
    },
    theirs: ({ gradient }) => gradient,
  }),
  against('forward_backward.json', {
    id: 'first-digits',
    family,
    says: 'What a perceptron 784-128-10 says of the first eight digits.',
    source: 'PyTorch and plain JavaScript, double precision',
    allowed: { within: 2e-6, of: 'largest', because: 'sums of 784 products in single precision' },
    ours: async (_reference, host) => {
      const { inputs } = await mnist.load({ heldBack: 0 }, host.read, randomOf('unused'));
      const uniform = mulberry32(123);
      const weights = new Float32Array(784 * 128 + 128 + 128 * 10 + 10); // biases stay 0
      weights.set(drawn(uniform, 784 * 128, 0.08), 0);
      weights.set(drawn(uniform, 128 * 10, 0.2), 784 * 128 + 128);
      const model = { id: 'mlp', options: { hidden: [128], activation: 'relu' } };
      const asked = { model, shape: [784], classes: 10, weights: [weights], inputs: inputs.slice(0, 8 * 784) };
      return (await host.compute.logits(asked))[0] ?? [];
    },
    theirs: ({ logits }) => logits.flat(),
  }),
  against('gradients.json', {
    id: 'convolutions',
    family,
    says: 'The gradient of a network of convolutions, on pictures of odd sides and two channels.',
    source: 'PyTorch 1.13, double precision',
    allowed: { within: 3e-6, of: 'largest', because: single },
    ours: async ({ oddCnn }, host) => {
      const model = { id: 'cnn', options: { channels: 3, dense: 0 } };
      return gradientBy(host.compute, caseOf(model, oddCnn, oddCnn.gradient.length));
    },
    theirs: ({ oddCnn }) => oddCnn.gradient,
  }),
  against('gradients.json', {
    id: 'clipped-sum',
    family,
    says: 'DP-SGD without its noise: the sum of six examples’ gradients, each clipped to its own length.',
    source: 'PyTorch 1.13, one example after another, double precision',
    allowed: { within: 3e-6, of: 'largest', because: single },
    ours: async ({ mlp }, host) => {
      const given = caseOf(smallMlp, mlp, mlp.gradient.length);
      const privacy = { clip: mlp.clip, noiseMultiplier: 0, delta: 1e-5 };
      const mean = await gradientBy(host.compute, given, { privacy }); // the whole batch joins
      return mean.map((value) => value * mlp.batch);
    },
    theirs: ({ mlp }) => mlp.clippedSum,
  }),
  against('gradients.json', {
    id: 'trained',
    family,
    says: 'The weights after five steps with SGD, momentum and Adam, each as the third of four networks in a stack.',
    source: 'PyTorch 1.13, torch.optim, double precision',
    allowed: { within: 1e-5, of: 'largest', because: 'five steps in single precision; Adam divides by small numbers' },
    ours: async ({ mlp, trained: { member, learningRate, weightDecay, epochs } }, host) => {
      const { compute } = host;
      const given = caseOf(smallMlp, mlp, mlp.gradient.length);
      const seeds = ['first', 'second', member, 'fourth'];
      const weights: number[] = [];
      for (const optimizer of optimizers) {
        const plan = { optimizer, learningRate, weightDecay, epochs };
        const [, , third = []] = await trained(
          compute,
          jobOf(
            given,
            seeds.map((seed) => ({ ...plan, seed })),
          ),
        );
        weights.push(...third);
      }
      return weights;
    },
    theirs: ({ trained: { weights } }) => optimizers.flatMap((optimizer) => weights[optimizer]),
  }),
  against('hsic.json', {
    id: 'dependence',
    family,
    says: 'The gradient with BiDO’s two measures of dependence (HSIC) in the loss.',
    source: 'PyTorch 1.13, double precision',
    allowed: { within: 2e-5, of: 'largest', because: 'single precision in squared distances of up to 30, over 49 pairs' },
    ours: async (reference, host) => {
      const { hidden, size, classes, batch, knobs } = reference;
      const labels = Int32Array.from({ length: batch }, (_, i) => i % classes);
      const given = {
        model: { id: 'mlp', options: { hidden, activation: 'relu' } },
        ...{ shape: [size], classes, targets: oneHot(labels, classes) },
        weights: Float32Array.from(reference.weights),
        inputs: Float32Array.from(reference.inputs),
      };
      return gradientBy(host.compute, given, { dependence: knobs });
    },
    theirs: ({ gradient }) => gradient,
  }),
  against('transformer.json', {
    id: 'transformer',
    family,
    says: 'What a transformer of two blocks says of five texts, character by character.',
    source: 'PyTorch 1.13, double precision',
    allowed: { within: 1e-5, of: 'largest', because: single },
    ours: async ({ config, weights, ids }, host) => {
      const asked = { ...twinOf(config), weights: [Float32Array.from(weights)], inputs: Float32Array.from(ids) };
      return (await host.compute.logits(asked))[0] ?? [];
    },
    theirs: ({ logits }) => logits,
  }),
  against('transformer.json', {
    id: 'by-token',
    family,
    says: 'How its loss moves with each character that it might read instead: what GCG goes by.',
    source: 'PyTorch 1.13, double precision',
    allowed: { within: 1e-5, of: 'largest', because: single },
    ours: async ({ config, weights, ids, targets }, host) => {
      const { compute } = host;
      const asked = { ...twinOf(config), weights: [Float32Array.from(weights)], inputs: Float32Array.from(ids) };
      const [logits = new Float32Array()] = await compute.logits(asked);
      const { length, vocabulary } = config;
      const pull = new Float32Array(logits.length);
      for (let text = 0; text < ids.length / length; text++) {
        const places = learnedIn(targets, text, length);
        for (const place of places) {
          const row = logits.subarray(place * vocabulary, (place + 1) * vocabulary);
          const moves = crossEntropy(row, targets[place] as number).pull;
          pull.set(
            moves.map((move) => move / places.length),
            place * vocabulary,
          );
        }
      }
      return (await compute.gradients({ ...asked, pull: [pull], of: 'inputs' }))[0] ?? [];
    },
    theirs: ({ by_token }) => by_token,
  }),
  against('transformer.json', {
    id: 'transformer-trained',
    family,
    says: 'The surprise of the five texts after three steps of Adam on all of its weights.',
    source: 'PyTorch 1.13, double precision',
    allowed: { within: 1e-3, of: 'largest', because: 'Adam divides small numbers by small ones' },
    ours: async ({ config, weights, ids, targets }, host) => {
      const { compute } = host;
      const given = {
        ...twinOf(config),
        weights: Float32Array.from(weights),
        inputs: Float32Array.from(ids),
        targets: Float32Array.from(targets),
      };
      const plan = { optimizer: 'adam', learningRate: 0.01, epochs: 3 } as const;
      const learned = await trained(compute, jobOf(given, [{ ...plan, start: given.weights }]));
      const [logits = new Float32Array()] = await compute.logits({ ...given, weights: learned });
      return lossesOf(logits, targets, config);
    },
    theirs: ({ after_adam }) => after_adam,
  }),
];
