/** For tests only: several thieves of one victim in one run, one after the other, each of whose copies is judged. */
import { poolOf } from '../../src/attacks/model-to-model/pools.ts';
import { answersIn, certain, learnFrom, noLessons, withAnswers } from '../../src/attacks/model-to-model/thief.ts';
import { defineAttack } from '../../src/core/attack.ts';
import { count } from '../../src/core/params.ts';

/** The victim of the reference, and its split. */
export const theft = {
  data: { id: 'mnist', members: 4000, nonMembers: 0, population: 4000, test: 2000 },
  model: { id: 'mlp', hidden: [128] },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
  attack: { id: 'thieves' },
  seed: 1,
};

/** In this order: asks about examples for probabilities, for labels, and about noise for probabilities. */
export const thieves = defineAttack({
  id: 'thieves',
  title: 'Thieves',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Thieves who ask the same victim, so that a test trains it only once.',
  paper: { title: 'none', authors: 'none', venue: 'none', year: 2026 },
  access: 'probabilities',
  brings: 'stolen model',
  knows: ['population'],
  params: {
    queries: count({ label: 'Questions', says: 'Of each thief.', min: 1, max: 10000, step: 1, initial: 200 }),
    steps: count({ label: 'Steps', says: 'Of each copy.', min: 1, max: 10000, step: 1, initial: 2000 }),
  },
  metrics: ['fidelity'],
  async *run(target, { queries, steps }, context) {
    const natural = poolOf('population', queries, context);
    const scores = yield* answersIn(target, natural, noLessons, queries);
    const labels = certain(await target.labels(natural.inputs), context.classes);
    const noise = yield* answersIn(target, poolOf('uniform-noise', queries, context), noLessons, queries);
    for (const lessons of [scores, withAnswers(noLessons, natural.inputs, labels)]) {
      const network = yield* learnFrom(lessons, context, steps);
      yield { type: 'artefact', artefact: { kind: 'stolen model', network } };
    }
    return { kind: 'stolen model', network: yield* learnFrom(noise, context, steps) };
  },
});
