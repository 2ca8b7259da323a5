/**
 * Truth Serum: copies of somebody's example, with a wrong label. Whether the example itself is in the training set then makes all the
 * difference to what the model says of it, and whoever asks for that learns it more easily.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { concatenate, type Examples, take } from '../../core/examples.ts';
import { count } from '../../core/params.ts';

export default defineAttack({
  id: 'truth-serum',
  title: 'Truth Serum',
  axis: 'data-to-model',
  family: 'poisoning',
  says: 'Adds mislabelled copies of chosen examples. Taught that lie, the model answers it unless it has also seen the truth, so that whoever asks finds out who was in the training set.',
  paper: {
    title: 'Truth Serum: Poisoning Machine Learning Models to Reveal Their Secrets',
    authors: 'Tramèr, Shokri, San Joaquin, Le, Jagielski, Hong, Carlini',
    venue: 'CCS',
    year: 2022,
    arxiv: '2204.00032',
  },
  access: 'training-data',
  brings: 'poison',
  knows: ['candidates'],
  params: {
    targets: count({
      label: 'Targets',
      says: 'How many of the examples in question she is after; many of them together cost accuracy.',
      min: 2,
      max: 200,
      step: 2,
      initial: 40,
    }),
    copies: count({ label: 'Copies', says: 'Mislabelled ones of each target.', min: 1, max: 32, step: 1, initial: 2 }),
  },
  metrics: ['attackSuccessRate', 'cleanAccuracy', 'detectionRate', 'falseAlarmRate'],
  async *run({ examples }, { targets, copies }, { candidates, classes, random }) {
    yield progress('mislabelling copies', 0, 1);
    const chosen = random.stream('targets').permutation(candidates.count).slice(0, targets) as Int32Array<ArrayBuffer>;
    const wanted = take(candidates, chosen);
    const lies = random.stream('labels');
    const labels = wanted.labels.map((label) => (label + 1 + lies.integer(classes - 1)) % classes);
    const copy: Examples = { ...wanted, labels };
    const all = Array.from({ length: copies }, () => copy).reduce(concatenate, examples);
    const poisoned = Int32Array.from({ length: all.count - examples.count }, (_, i) => examples.count + i);
    return {
      kind: 'poison',
      examples: all,
      poisoned,
      goal: { kind: 'expose', candidates: chosen, inputs: wanted.inputs, labels },
    };
  },
});
