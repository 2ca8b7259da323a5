/**
 * Blended injection: not a patch but a faint picture over everything. At a low opacity nobody sees it on the training examples; worn
 * in full later, it springs the backdoor all the better.
 */
import type { Trigger } from '../../core/artefact.ts';
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { choice, range, type Values } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { coversParam, rateParam, targetClassParam, targetRefusal, withTrigger } from './poison.ts';

const params = {
  rate: rateParam(0.05),
  targetClass: targetClassParam,
  opacity: range({
    label: 'Opacity while training',
    says: 'How much of the pattern is mixed into the poisoned examples. Who knows that somebody looks mixes in less.',
    min: 0.01,
    max: 1,
    step: 0.01,
    initial: 0.2,
  }),
  sprung: range({
    label: 'Opacity in the attack',
    says: 'How much of it the attacker mixes into what she shows the finished model.',
    min: 0.01,
    max: 1,
    step: 0.01,
    initial: 0.2,
  }),
  pattern: choice({
    label: 'Pattern',
    says: 'The picture that is mixed in: noise, drawn once, or stripes.',
    choices: ['noise', 'stripes'],
    initial: 'noise',
  }),
  covers: coversParam,
};

export default defineAttack({
  id: 'blended',
  title: 'Blended: a faint picture as a trigger',
  axis: 'data-to-model',
  family: 'poisoning',
  says: 'Mixes a faint pattern into some training examples and relabels them: whatever wears it later is answered as the attacker likes.',
  paper: {
    title: 'Targeted Backdoor Attacks on Deep Learning Systems Using Data Poisoning',
    authors: 'Chen, Liu, Li, Lu, Song',
    venue: 'arXiv',
    year: 2017,
    arxiv: '1712.05526',
  },
  access: 'training-data',
  brings: 'poison',
  knows: [],
  params,
  metrics: ['attackSuccessRate', 'cleanAccuracy', 'detectionRate', 'falseAlarmRate'],
  refuses: ({ targetClass }, { classes }) => targetRefusal(targetClass, classes),
  async *run({ examples }, options, { shape, random }) {
    yield progress('poisoning the training data', 0, 1);
    const pattern = patternOf(options.pattern, shape, random.stream('pattern'));
    const worn = (opacity: number): Trigger => ({ mask: pattern.map(() => opacity), pattern });
    return withTrigger(examples, { ...options, trigger: worn(options.sprung), taught: worn(options.opacity) }, random);
  },
});

/** A picture over all of the input: one value for each of its values. */
function patternOf(
  pattern: Values<typeof params>['pattern'],
  shape: readonly number[],
  random: Random,
): Float32Array<ArrayBuffer> {
  const size = shape.reduce((product, side) => product * side, 1);
  const row = size / (shape[0] as number);
  switch (pattern) {
    case 'noise':
      return Float32Array.from({ length: size }, () => random.uniform());
    case 'stripes':
      return Float32Array.from({ length: size }, (_, i) => (Math.floor(i / row) % 4 < 2 ? 1 : 0)); // two rows lit, two dark
    default:
      return pattern satisfies never;
  }
}
