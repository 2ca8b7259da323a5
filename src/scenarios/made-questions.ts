/** Questions that a thief makes look made; questions that people have do not. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'made-questions',
  title: 'Who asks like that?',
  axis: 'model-to-model',
  level: 'deeper',
  says: 'A thief with few digits moves each of them a little and asks again, round after round. The model answers honest people as before, but it watches how far a client’s questions lie apart: questions that are moved copies of others give her away.',
  story: [
    {
      focus: 'attack',
      say: 'She begins with fifty digits, moves each to where her copy is least sure, and asks for the label again.',
    },
    {
      focus: 'defense',
      say: 'PRADA looks at the distance from each question to the nearest one of the same class. For natural questions those distances are spread like a bell.',
      ask: 'What will the distances of moved copies look like?',
    },
    { focus: 'evidence', say: 'Soon after the first round the bell is gone, and from then on she is refused.' },
    {
      focus: 'lanes',
      say: 'A plain limit refuses as well, and asks nobody how the questions look: honest people with many questions are hit too.',
    },
    {
      focus: 'verdict',
      say: 'She is noticed, and honest people are not. But her copy is no worse for it: the fifty digits that she began with taught her nearly all of it, and moving them on and on teaches little.',
    },
    {
      focus: 'lanes',
      say: 'Now another thief: she has eight hundred natural digits and asks about each of them once.',
      ask: 'What will PRADA notice of her?',
      set: { attack: { id: 'knockoff', queries: 800, steps: 500 } },
      band: {
        undefended: { fidelity: [0.86, 0.96] },
        PRADA: { fidelity: [0.86, 0.96], falseAlarmRate: [0, 0.02] },
        'a limit of 100': { fidelity: [0.79, 0.91], detectionRate: [0.85, 0.9] },
      },
    },
    {
      focus: 'verdict',
      say: 'Nothing: her questions are as natural as anybody’s, and all are answered. She leaves with a better copy than the first thief, and only the plain limit costs her something.',
    },
  ],
  notes:
    'Switch on “Knows the defense”: she mixes natural digits among her questions. Or take Knockoff nets as the attack: it asks natural questions only, and PRADA has nothing to see. That is the lesson: a detector knows one thief.',
  experiment: {
    data: { id: 'digits8', members: 1000, nonMembers: 0, population: 1000, test: 1000 },
    model: { id: 'mlp', hidden: [32] },
    training: { optimizer: 'adam', learningRate: 0.003, batchSize: 50, epochs: 20 },
    attack: { id: 'jacobian-extraction', queries: 800, rounds: 4, steps: 500 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'PRADA', defenses: [{ id: 'prada' }] },
      { name: 'a limit of 100', defenses: [{ id: 'query-limit', limit: 100 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { fidelity: [0.59, 0.78] },
    PRADA: { fidelity: [0.63, 0.8], detectionRate: [0.6, 0.85], falseAlarmRate: [0, 0.02] },
    'a limit of 100': { fidelity: [0.63, 0.8], detectionRate: [0.7, 0.8] },
  },
};
export default scenario;
