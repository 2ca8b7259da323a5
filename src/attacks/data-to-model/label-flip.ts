/**
 * Label flipping: the pictures stay as they are, and some get another label. At random it only costs accuracy; aimed at one class it
 * teaches the model to take that class for another.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import type { Examples } from '../../core/examples.ts';
import { choice } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { classPairRefusal, rateParam, sourceClassParam, targetClassParam } from './poison.ts';

export default defineAttack({
  id: 'label-flip',
  title: 'Label flipping',
  axis: 'data-to-model',
  family: 'poisoning',
  says: 'Gives some training examples a wrong label. The model believes its labels: it learns the attacker’s mistakes with all else.',
  paper: {
    title: 'Poisoning Attacks against Support Vector Machines',
    authors: 'Biggio, Nelson, Laskov',
    venue: 'ICML',
    year: 2012,
    arxiv: '1206.6389',
  },
  access: 'training-data',
  brings: 'poison',
  knows: [],
  params: {
    rate: {
      ...rateParam(0.4),
      says: 'Share of the labels that the attacker changes: of all of them, or, targeted, of those of the source class.',
    },
    mode: choice({
      label: 'Mode',
      says: 'Targeted turns one class into another; random turns any example into any other class.',
      choices: ['targeted', 'random'],
      initial: 'targeted',
    }),
    sourceClass: sourceClassParam,
    targetClass: { ...targetClassParam, initial: 1 },
  },
  metrics: ['attackSuccessRate', 'cleanAccuracy', 'detectionRate', 'falseAlarmRate'],
  refuses: (options, { classes }) => (options.mode === 'random' ? undefined : classPairRefusal(options, classes)),
  async *run({ examples }, { rate, mode, sourceClass, targetClass }, { classes, random }) {
    yield progress('flipping labels', 0, 1);
    const targeted = mode === 'targeted';
    const poisoned = chosen(examples, rate, targeted ? sourceClass : undefined, random.stream('victims'));
    const others = random.stream('labels');
    const labels = examples.labels.slice();
    for (const row of poisoned) {
      const own = labels[row] as number;
      labels[row] = targeted ? targetClass : (own + 1 + others.integer(classes - 1)) % classes; // each of the others alike
    }
    const goal = targeted ? ({ kind: 'confuse', sourceClass, targetClass } as const) : ({ kind: 'degrade' } as const);
    return { kind: 'poison', examples: { ...examples, labels }, poisoned, goal };
  },
});

/** A share of the rows, or of those of one class, at random. */
function chosen({ labels, count }: Examples, rate: number, ofClass: number | undefined, random: Random): Int32Array<ArrayBuffer> {
  const rows = Array.from(random.permutation(count)).filter((row) => ofClass === undefined || labels[row] === ofClass);
  return Int32Array.from(rows.slice(0, Math.round(rate * rows.length)));
}
