/**
 * Witches' Brew: change rightly labelled pictures so that learning them is learning, unseen, a wrong label for a chosen one. Each step
 * of training follows a gradient; so the attacker makes the poison's gradient point where that of the chosen picture, wrongly
 * labelled, would. She does it on a network of her own, and it carries over to the victim's.
 */
import { defineAttack } from '../../core/attack.ts';
import type { AttackContext } from '../../core/attacker.ts';
import { type LaneEvent, progress } from '../../core/event.ts';
import { type Examples, oneHot, take } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { alignment } from './alignment.ts';
import {
  classPairRefusal,
  rateParam,
  sourceClassParam,
  targetClassParam,
  targetsOf,
  targetsParam,
  withPictures,
} from './poison.ts';

const params = {
  rate: rateParam(0.05),
  sourceClass: sourceClassParam,
  targetClass: { ...targetClassParam, initial: 1 },
  targets: targetsParam(1),
  bound: range({
    label: 'Change of a pixel',
    says: 'The most that any pixel of a poisoned picture may change; 1 allows anything.',
    min: 0.01,
    max: 1,
    step: 0.01,
    initial: 0.5,
  }),
  steps: count({
    label: 'Steps',
    says: 'Steps in which the poison’s gradient is turned towards the wanted one.',
    min: 1,
    max: 2000,
    step: 10,
    initial: 60,
  }),
};

export default defineAttack({
  id: 'gradient-matching',
  title: 'Witches’ Brew: gradient matching',
  axis: 'data-to-model',
  family: 'poisoning',
  says: 'Changes pictures and no label, so that learning them moves a network as a wrong label for a chosen picture would.',
  paper: {
    title: 'Witches’ Brew: Industrial Scale Data Poisoning via Gradient Matching',
    authors: 'Geiping, Fowl, Huang, Czaja, Taylor, Moeller, Goldstein',
    venue: 'ICLR',
    year: 2021,
    arxiv: '2009.02276',
  },
  access: 'training-data',
  brings: 'poison',
  knows: ['population'],
  params,
  metrics: ['attackSuccessRate', 'cleanAccuracy', 'detectionRate', 'falseAlarmRate'],
  refuses: (options, { classes }) => classPairRefusal(options, classes),
  async *run({ examples }, { rate, sourceClass, targetClass, targets, ...how }, context) {
    const { population, random } = context;
    const network = yield* surrogate(examples, context);
    const chosen = await targetsOf(network, population, sourceClass, targets, random.stream('targets'));
    const ofClass = random
      .stream('victims')
      .permutation(examples.count)
      .filter((row) => examples.labels[row] === targetClass);
    const poisoned = Int32Array.from(ofClass.slice(0, chosen.count ? Math.round(rate * examples.count) : 0));
    const wanted = { ...chosen, labels: chosen.labels.map(() => targetClass) };
    const pictures = yield* matched(network, take(examples, poisoned), wanted, how, random.stream('beginnings'));
    return withPictures(examples, poisoned, pictures, { kind: 'targets', inputs: chosen.inputs, targetClass });
  },
});

/** A network like the victim's, trained on the same examples while they are clean. */
function surrogate({ inputs, labels }: Examples, { model, classes, plan, trainNetwork }: AttackContext) {
  return trainNetwork({
    model,
    inputs,
    targets: oneHot(labels, classes),
    outputs: classes,
    plan: { ...plan, privacy: null, relaxLoss: null, distillation: null },
    phase: 'training a network like the victim’s',
    seed: 'surrogate',
  });
}

/** Adam's usual constants, on the sign of the slope (§ 3.3 of the paper): every pixel has the same say. */
const [firstDecay, secondDecay] = [0.9, 0.999];

/** The bases, each pixel moved by at most `bound`, whose mean gradient points as nearly as may be where that of `wanted` does. */
async function* matched(
  network: OwnNetwork,
  { inputs: bases, labels, count: poisons }: Examples,
  wanted: Examples,
  { bound, steps }: { readonly bound: number; readonly steps: number },
  noise: Random,
): AsyncGenerator<LaneEvent, Float32Array<ArrayBuffer>> {
  if (poisons === 0) return bases;
  let pictures = bases.map((value) => inPicture(value, value + bound * (2 * noise.uniform() - 1), bound));
  const [first, second] = [new Float64Array(bases.length), new Float64Array(bases.length)];
  let stepSize = bound / 10;
  const aligned = await alignment(network, wanted, labels);
  for (let step = 1; step <= steps; step++) {
    yield progress('turning the gradient of the poison', step - 1, steps);
    const { slope } = await aligned(pictures);
    pictures = pictures.map((value, i) => {
      const sign = Math.sign(slope[i] as number);
      first[i] = firstDecay * (first[i] as number) + (1 - firstDecay) * sign;
      second[i] = secondDecay * (second[i] as number) + (1 - secondDecay) * sign * sign;
      const mean = (first[i] as number) / (1 - firstDecay ** step);
      const deviation = Math.sqrt((second[i] as number) / (1 - secondDecay ** step));
      return inPicture(bases[i] as number, value + (stepSize * mean) / (deviation + 1e-8), bound);
    });
    // Smaller steps after three, five and seven eighths of them.
    if ([3, 5, 7].some((eighths) => step === Math.floor((steps * eighths) / 8))) stepSize /= 10;
  }
  return pictures;
}

/** The nearest to `wanted` that is within the bound of `base`, and that a picture can hold. */
const inPicture = (base: number, wanted: number, bound: number) => Math.max(0, base - bound, Math.min(1, base + bound, wanted));
