/**
 * Needs nothing but labels: a model that was trained on an example holds on to its class longer when the example is shifted or
 * blurred. Hiding the scores therefore does not hide who was in.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { count, range } from '../../core/params.ts';
import { augmentations } from './augment.ts';

export default defineAttack({
  id: 'label-only',
  title: 'Label only',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Asks for labels of shifted and noisy copies of each candidate: a model clings to the class of what it was trained on.',
  paper: {
    title: 'Label-Only Membership Inference Attacks',
    authors: 'Choquette-Choo, Tramèr, Carlini, Papernot',
    venue: 'ICML',
    year: 2021,
    arxiv: '2007.14321',
  },
  access: 'labels',
  brings: 'membership',
  knows: ['candidates'],
  params: {
    copies: count({
      label: 'Noisy copies',
      says: 'Copies of each candidate with noise of growing strength.',
      min: 1,
      max: 100,
      step: 1,
      initial: 16,
    }),
    strength: range({
      label: 'Strongest noise',
      says: 'Deviation of the strongest noise; for yes-or-no data the share of values that are flipped.',
      min: 0.01,
      max: 5,
      step: 0.05,
      initial: 0.6,
    }),
  },
  metrics: ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'],
  async *run(target, { copies, strength }, { candidates, shape, random }) {
    const { inputs, labels } = candidates;
    const held = new Float64Array(candidates.count);
    const ask = async (view: Float32Array<ArrayBuffer>) => {
      const { values } = await target.labels(view);
      for (let i = 0; i < values.length; i++) if (values[i] === labels[i]) held[i] = (held[i] as number) + 1;
    };
    const views = shape.length === 3 ? augmentations(inputs, shape, 9) : [inputs];
    const total = views.length + copies;
    for (const [v, view] of views.entries()) {
      yield progress('asking for labels', v, total);
      await ask(view);
    }
    const noise = random.stream('noise');
    const binary = inputs.every((value) => value === 0 || value === 1);
    for (let copy = 1; copy <= copies; copy++) {
      yield progress('asking for labels', views.length + copy - 1, total);
      const level = (strength * copy) / copies;
      await ask(inputs.map((value) => (binary ? (noise.uniform() < level ? 1 - value : value) : value + level * noise.normal())));
    }
    return { kind: 'membership', scores: held };
  },
});
