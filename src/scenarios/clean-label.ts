/** Every label is right, and one chosen digit is taken for another all the same. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'clean-label',
  title: 'Poison with the right labels',
  axis: 'data-to-model',
  level: 'deeper',
  says: 'Two chosen sevens are to be taken for ones. The attacker adds ones that look like ones to us, with the label 1; but to the layers that the model borrowed they look like those sevens. Nobody who reads the labels finds a mistake.',
  story: [
    {
      focus: 'training',
      say: 'The model borrows its lower layers from a network that was trained in public, and learns only the last one itself. So do many.',
    },
    {
      focus: 'attack',
      say: 'The attacker knows those layers too. She changes ones, a little, until the layers see a chosen seven in them. The labels stay right.',
      ask: 'What will the last layer learn about those sevens?',
    },
    { focus: 'evidence', say: 'Look at the poisoned digits. Would you throw them out?' },
    {
      focus: 'defense',
      say: 'In the second lane fifty small networks vote, each on its own part of the data. A poisoned digit reaches one of them.',
      ask: 'Forty poisoned digits, two targets, fifty voters: who wins?',
    },
    {
      focus: 'verdict',
      say: 'Undefended, the chosen sevens are ones, and all else is as before. The vote is not moved; borrowed layers make it cheap, for each voter has little to learn.',
    },
    {
      focus: 'lanes',
      say: 'Now the model borrows nothing and learns all of its layers itself. The attacker still knows only the public ones.',
      ask: 'What is her poison worth now, and what does the vote cost?',
      set: { 'training.transfer': false },
      band: {
        undefended: { attackSuccessRate: [0, 0.5], cleanAccuracy: [0.85, 0.93] },
        'fifty votes': { attackSuccessRate: [0, 0.5], cleanAccuracy: [0.66, 0.8] },
      },
    },
    {
      focus: 'verdict',
      say: 'It misses: layers of the model’s own see no seven in those ones. And the vote is dear, for each of the fifty has everything to learn from twenty digits.',
    },
  ],
  notes:
    'Spectral signatures throw out eight in ten of the poisoned digits, half of all others with them, and one of the two sevens still falls. Turn transfer off: the attack then hopes that the victim’s own layers resemble the public ones, and mostly fails; gradient matching is the attack for that case. Raise the closeness and the poison becomes harder to see, and weaker.',
  experiment: {
    data: { id: 'mnist', members: 1000, nonMembers: 0, population: 1500, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.005, batchSize: 64, epochs: 20, transfer: true },
    attack: { id: 'feature-collision', rate: 0.04, targets: 2 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'fifty votes', defenses: [{ id: 'partition-aggregation', partitions: 50 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.5, 1], cleanAccuracy: [0.86, 0.93] },
    'fifty votes': { attackSuccessRate: [0, 0.5], cleanAccuracy: [0.85, 0.91] },
  },
};
export default scenario;
