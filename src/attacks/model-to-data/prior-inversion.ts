/**
 * Model inversion with an idea of what such things look like: a decoder, trained on public pictures of other people, turns a short code
 * into a face, and the attacker moves the code until the model is sure of a person. The noise that plain inversion ends in is no face, so it
 * is never made.
 *
 * The last steps, which the paper does not take, move pixels: what sets this person apart from every face that the decoder knows is not in
 * its codes.
 */
import { objectives } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { takeRows } from '../../core/examples.ts';
import { choice, count, range, toggle } from '../../core/params.ts';
import { learnPrior, priorParams } from './decoder.ts';
import { uphillFrom } from './smoothness.ts';

/** Small and smooth: noise is to stay out. */
const polishing = { stepSize: 0.02, smoothness: 1 };
/** Steps between two looks at the pictures. */
const leastBetween = 10;

export default defineAttack({
  id: 'prior-inversion',
  title: 'Prior-guided inversion (GMI)',
  axis: 'model-to-data',
  family: 'model inversion',
  says: 'Learns from public pictures of others what such pictures look like, then searches among those for the one that the model is surest of.',
  paper: {
    title: 'The Secret Revealer: Generative Model-Inversion Attacks Against Deep Neural Networks',
    authors: 'Zhang, Jia, Pei, Wang, Li, Song',
    venue: 'CVPR',
    year: 2020,
    arxiv: '1911.07135',
  },
  access: 'gradients',
  brings: 'inverted classes',
  knows: ['others'],
  params: {
    steps: count({ label: 'Steps', says: 'Steps uphill.', min: 1, max: 5000, step: 10, initial: 100 }),
    stepSize: range({
      label: 'Step size',
      says: 'How far a step goes, in deviations of the public pictures.',
      min: 0.001,
      max: 1,
      step: 0.01,
      initial: 0.1,
    }),
    restarts: count({
      label: 'Restarts',
      says: 'From so many random pictures she begins; she keeps the one that the model is surest of.',
      min: 1,
      max: 16,
      step: 1,
      initial: 1,
    }),
    objective: choice({
      label: 'Ascends',
      says: 'The logarithm of the class’s probability, as the paper does, or its logit, which does not mind what other classes get.',
      choices: objectives,
      initial: 'log-probability',
    }),
    plausibility: range({
      label: 'Plausibility',
      says: 'How much a picture is drawn back to what public pictures look like.',
      min: 0,
      max: 10,
      step: 0.05,
      initial: 0.05,
    }),
    polish: count({
      label: 'Polish',
      says: 'Last steps in pixels, beyond what the decoder can make; 0 as in the paper.',
      min: 0,
      max: 500,
      step: 10,
      initial: 40,
    }),
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Differentiates through a rounded answer as if it were not rounded.',
      initial: false,
    }),
    ...priorParams,
  },
  metrics: ['margin', 'correlation', 'attackSuccessRate', 'ssim', 'mse'],
  async *run(target, { steps, stepSize, restarts, objective, plausibility, polish, adaptive, code, epochs }, context) {
    const { shape, classes: count, random } = context;
    const size = shape.reduce((product, side) => product * side, 1);
    const prior = yield* learnPrior(context, { code, epochs });
    const classes = Int32Array.from({ length: count }, (_, own) => own);
    const claimed = Int32Array.from({ length: count * restarts }, (_, row) => Math.floor(row / restarts)); // several rows a class
    const z = new Float32Array(claimed.length * code);
    random.stream('first pictures').addNormals(z, 1);

    /** Of each class the picture that the model is surest of. */
    const best = async () => {
      const made = await prior.pictures(z);
      const { values } = await target.probabilities(made);
      const sure = (row: number) => values[row * count + (claimed[row] as number)] as number;
      const chosen = Array.from(classes, (own) => {
        const rows = Array.from({ length: restarts }, (_, i) => own * restarts + i);
        return rows.reduce((one, other) => (sure(other) > sure(one) ? other : one));
      });
      return { kind: 'inverted classes' as const, pictures: takeRows(made, size, chosen), classes };
    };

    const ascent = adamAscent(z.length, stepSize);
    const shownEvery = Math.max(leastBetween, Math.floor(steps / 8));
    for (let step = 0; step < steps; step++) {
      yield progress('moving codes uphill', step, steps);
      const made = await prior.pictures(z);
      const uphill = await prior.pullBack(z, made, await target.gradients(made, claimed, objective, adaptive));
      // The prior's own slope: ln of a standard normal's density falls as −z.
      ascent(z, (i) => (uphill[i] as number) - plausibility * (z[i] as number));
      if (step % shownEvery === 0) yield { type: 'artefact', artefact: await best() };
    }
    const found = await best();
    let { pictures } = found;
    for (let step = 0; step < polish; step++) {
      yield progress('moving pixels uphill', step, polish);
      const uphill = await target.gradients(pictures, classes, 'logit', adaptive);
      pictures = uphillFrom(pictures, uphill, shape, polishing);
    }
    return { ...found, pictures };
  },
});

/** Adam (Kingma & Ba 2015), uphill: every code moves at a pace of its own, however steep the model is. */
function adamAscent(length: number, stepSize: number) {
  const [first, second] = [new Float64Array(length), new Float64Array(length)];
  let step = 0;
  return (values: Float32Array, slope: (i: number) => number) => {
    step++;
    const [biasFirst, biasSecond] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    const slopes = Float64Array.from(values, (_, i) => slope(i));
    for (let i = 0; i < length; i++) {
      const g = slopes[i] as number;
      const m = 0.9 * (first[i] as number) + 0.1 * g;
      const v = 0.999 * (second[i] as number) + 0.001 * g * g;
      first[i] = m;
      second[i] = v;
      values[i] = (values[i] as number) + (stepSize * (m / biasFirst)) / (Math.sqrt(v / biasSecond) + 1e-8);
    }
  };
}
