/**
 * Poison frogs: a picture that looks like its class to us, and like somebody else's to the layers that everybody borrows. Its label is
 * right, so nobody throws it out; but the last layer learns that what looks so, to it, is of that class, and takes the target along.
 */
import { defineAttack } from '../../core/attack.ts';
import type { AttackContext } from '../../core/attacker.ts';
import { type LaneEvent, progress } from '../../core/event.ts';
import { concatenate, oneHot, takeRows } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count, range } from '../../core/params.ts';
import { classPairRefusal, rateParam, someOf, sourceClassParam, targetClassParam, targetsOf, targetsParam } from './poison.ts';

const params = {
  rate: { ...rateParam(0.02), says: 'Poisoned pictures that the attacker adds, as a share of the training set.' },
  sourceClass: sourceClassParam,
  targetClass: { ...targetClassParam, initial: 1 },
  targets: targetsParam(1),
  steps: count({
    label: 'Steps',
    says: 'Steps in which each picture is moved towards the chosen one, as the layers see it.',
    min: 1,
    max: 2000,
    step: 10,
    initial: 200,
  }),
  stepSize: range({ label: 'Step size', says: 'How far a step goes.', min: 0.0001, max: 1, step: 0.001, initial: 0.01 }),
  closeness: range({
    label: 'Closeness',
    says: 'How much a poisoned picture is held to what it was, pixel by pixel: more is harder to see and works less.',
    min: 0,
    max: 10,
    step: 0.05,
    initial: 0.25,
  }),
  watermark: range({
    label: 'Watermark',
    says: 'How much of the chosen picture is laid over the poisoned ones to begin with.',
    min: 0,
    max: 0.9,
    step: 0.05,
    initial: 0,
  }),
};

export default defineAttack({
  id: 'feature-collision',
  title: 'Poison frogs: feature collision',
  axis: 'data-to-model',
  family: 'poisoning',
  says: 'Adds rightly labelled pictures that borrowed layers cannot tell from a chosen one, so that it gets their label. Needs transfer.',
  paper: {
    title: 'Poison Frogs! Targeted Clean-Label Poisoning Attacks on Neural Networks',
    authors: 'Shafahi, Huang, Najibi, Suciu, Studer, Dumitras, Goldstein',
    venue: 'NeurIPS',
    year: 2018,
    arxiv: '1804.00792',
  },
  access: 'training-data',
  brings: 'poison',
  takes: ['inverted classes'],
  knows: ['population'],
  params,
  metrics: ['attackSuccessRate', 'cleanAccuracy', 'detectionRate', 'falseAlarmRate'],
  refuses: (options, { classes, model }) =>
    model.id === 'softmax' ? 'softmax regression has no layers to borrow' : classPairRefusal(options, classes),
  async *run({ examples }, { rate, sourceClass, targetClass, targets, watermark, ...how }, context) {
    const { population, random, pictures } = context;
    const network = yield* publicNetwork(context);
    // Who got a picture of the class out of a model has that one, and wants all of the class.
    const chosen = pictures
      ? someOf(pictures, sourceClass, targets, random.stream('targets'))
      : await targetsOf(network, population, sourceClass, targets, random.stream('targets'));
    const bases = someOf(population, targetClass, Math.round(rate * examples.count), random.stream('bases'));
    // The poison is shared out among the targets in turns.
    const own = Int32Array.from({ length: chosen.count ? bases.count : 0 }, (_, i) => i % chosen.count);
    const towards = takeRows(chosen.inputs, chosen.size, own);
    const starts = bases.inputs
      .slice(0, towards.length)
      .map((value, i) => (1 - watermark) * value + watermark * (towards[i] as number));
    const inputs = yield* collide(network, starts, await network.features(towards), how);
    const added = { inputs, labels: new Int32Array(own.length).fill(targetClass), count: own.length, size: examples.size };
    return {
      kind: 'poison',
      examples: concatenate(examples, added),
      poisoned: Int32Array.from(own, (_, i) => examples.count + i),
      goal: pictures ? { kind: 'confuse', sourceClass, targetClass } : { kind: 'targets', inputs: chosen.inputs, targetClass },
    };
  },
});

/**
 * The network whose layers the victim borrows: trained in public, on public examples, by a recipe that everybody knows. Where
 * nothing is borrowed it is only like the victim's.
 */
function publicNetwork({ model, classes, plan, population, trainNetwork }: AttackContext) {
  return trainNetwork({
    model,
    inputs: population.inputs,
    targets: oneHot(population.labels, classes),
    outputs: classes,
    plan: { ...plan, privacy: null, relaxLoss: null, distillation: null },
    phase: 'training the public network, as anybody can',
    seed: 'public',
  });
}

/**
 * Forward-backward splitting (algorithm 1 of the paper): a step down ‖f(x) − f(t)‖², then as much back towards the start as
 * ½ β ‖x − b‖² asks for. Pixels stay what a picture can hold.
 * @param starts `count × size`; @param wanted f(t), `count × units`
 */
async function* collide(
  network: OwnNetwork,
  starts: Float32Array<ArrayBuffer>,
  wanted: Float32Array<ArrayBuffer>,
  { steps, stepSize, closeness }: { readonly steps: number; readonly stepSize: number; readonly closeness: number },
): AsyncGenerator<LaneEvent, Float32Array<ArrayBuffer>> {
  let pictures = starts;
  const hold = stepSize * closeness;
  for (let step = 0; step < (starts.length ? steps : 0); step++) {
    yield progress('moving pictures together, as the layers see them', step, steps);
    const features = await network.features(pictures);
    const pull = features.map((value, i) => 2 * (value - (wanted[i] as number)));
    const slope = await network.featureGradients(pictures, pull);
    pictures = pictures.map((value, i) => {
      const forward = value - stepSize * (slope[i] as number);
      const backward = (forward + hold * (starts[i] as number)) / (1 + hold);
      return Math.max(0, Math.min(1, backward));
    });
  }
  return pictures;
}
