/**
 * Model inversion by gradient ascent: begin with a grey picture and move it until the model is sure of a class. What comes out is what
 * the model thinks the class looks like; where a class is one person, that is a picture of the person.
 */
import { objectives } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { takeRows } from '../../core/examples.ts';
import { choice, count, range, toggle } from '../../core/params.ts';
import { uphillFrom } from './smoothness.ts';

/** Steps between two looks at the pictures, at least: to look at them takes longer than a step. */
const leastBetween = 10;

export default defineAttack({
  id: 'mi-face',
  title: 'Gradient inversion (MI-Face)',
  axis: 'model-to-data',
  family: 'model inversion',
  says: 'Moves a plain picture uphill until the model is sure of a class: what appears is what the model remembers of that class.',
  paper: {
    title: 'Model Inversion Attacks that Exploit Confidence Information and Basic Countermeasures',
    authors: 'Fredrikson, Jha, Ristenpart',
    venue: 'CCS',
    year: 2015,
    doi: '10.1145/2810103.2813677',
  },
  access: 'gradients',
  brings: 'inverted classes',
  knows: [],
  params: {
    steps: count({ label: 'Steps', says: 'At most so many steps uphill.', min: 1, max: 5000, step: 10, initial: 150 }),
    stepSize: range({
      label: 'Step size',
      says: 'How far a step goes along the gradient.',
      min: 0.001,
      max: 10,
      step: 0.01,
      initial: 0.05,
    }),
    start: range({
      label: 'Begin with',
      says: 'The grey that all pictures begin with: 0 is black.',
      min: 0,
      max: 1,
      step: 0.1,
      initial: 0,
    }),
    objective: choice({
      label: 'Ascends',
      says: 'The class’s logit; or its probability, which hardly moves where a model is sure of something else; or the logarithm of that.',
      choices: objectives,
      initial: 'logit',
    }),
    smoothness: range({
      label: 'Smoothness',
      says: 'How much a picture is asked to be smooth: neighbouring pixels alike.',
      min: 0,
      max: 10,
      step: 0.01,
      initial: 0.3,
    }),
    until: range({
      label: 'Until sure',
      says: 'A picture stays as it is once the model is as sure of its class as this; at 1 it takes all the steps.',
      min: 0.1,
      max: 1,
      step: 0.01,
      initial: 1,
    }),
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Differentiates through a rounded answer as if it were not rounded.',
      initial: false,
    }),
  },
  metrics: ['margin', 'correlation', 'attackSuccessRate', 'ssim', 'mse'],
  async *run(target, { steps, stepSize, start, objective, smoothness, until, adaptive }, { shape, classes: count }) {
    const size = shape.reduce((product, side) => product * side, 1);
    const classes = Int32Array.from({ length: count }, (_, own) => own);
    const pictures = new Float32Array(count * size).fill(start);
    const inverted = () => ({ kind: 'inverted classes' as const, pictures: pictures.slice(), classes });
    const shownEvery = Math.max(leastBetween, Math.floor(steps / 10));
    let moving = classes; // the pictures of the other classes are done
    for (let step = 0; step < steps; step++) {
      yield progress('moving pictures uphill', step, steps);
      if (until < 1) {
        const sure = await target.probabilities(takeRows(pictures, size, moving));
        moving = moving.filter((own, row) => (sure.values[row * count + own] as number) < until);
        if (moving.length === 0) break;
      }
      const before = takeRows(pictures, size, moving);
      const uphill = await target.gradients(before, moving, objective, adaptive);
      const after = uphillFrom(before, uphill, shape, { stepSize, smoothness });
      for (const [row, own] of moving.entries()) pictures.set(after.subarray(row * size, (row + 1) * size), own * size);
      if (step % shownEvery === 0) yield { type: 'artefact', artefact: inverted() };
    }
    return inverted();
  },
});
