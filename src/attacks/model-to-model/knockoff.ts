/**
 * Knockoff nets: ask the model about pictures, and teach a network of one's own to answer alike. What leaks is the model itself, answer by
 * answer; the copy is as good as the pictures are like those that the model was made for.
 */
import { defineAttack } from '../../core/attack.ts';
import { choice, count } from '../../core/params.ts';
import { poolOf, pools } from './pools.ts';
import { answersIn, learnFrom, noLessons, stepsParam } from './thief.ts';

export default defineAttack({
  id: 'knockoff',
  title: 'Knockoff nets',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Asks the model about unlabelled pictures and trains a copy on its answers; the more like the model’s own data, the better.',
  paper: {
    title: 'Knockoff Nets: Stealing Functionality of Black-Box Models',
    authors: 'Orekondy, Schiele, Fritz',
    venue: 'CVPR',
    year: 2019,
    arxiv: '1812.02766',
  },
  access: 'probabilities',
  knows: ['population'],
  params: {
    queries: count({
      label: 'Questions',
      says: 'How many inputs the attacker asks about.',
      min: 10,
      max: 20000,
      step: 10,
      initial: 1000,
    }),
    pool: choice({
      label: 'Asks about',
      says: 'Examples like the victim’s own, or inputs that have nothing to do with them.',
      choices: pools,
      initial: 'population',
    }),
    steps: stepsParam,
  },
  metrics: ['fidelity', 'queries'],
  async *run(target, { queries, pool, steps }, context) {
    const inputs = poolOf(pool, queries, context);
    let lessons = noLessons;
    // The copy is shown as it grows: after a sixteenth, a quarter and all of the questions.
    for (const share of [1 / 16, 1 / 4, 1]) {
      lessons = await answersIn(target, inputs, lessons, Math.round(share * inputs.count));
      if (lessons.count === 0) continue;
      const network = yield* learnFrom(lessons, context, steps);
      if (share === 1) return { kind: 'stolen model', network };
      yield { type: 'artefact', artefact: { kind: 'stolen model', network } };
    }
    throw new Error('unreachable: the last share is all of it');
  },
});
