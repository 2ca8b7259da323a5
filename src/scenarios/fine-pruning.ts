/** Cutting a backdoor out where one thinks it sits: it sits elsewhere too. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'fine-pruning',
  title: 'A false friend: fine-pruning',
  axis: 'data-to-model',
  level: 'surprising',
  says: 'A backdoor is said to sit in units that clean digits leave idle. So those are silenced, and the rest is trained on with clean digits. In this network no unit is idle enough: the backdoor stays nearly as it was.',
  story: [
    { focus: 'attack', say: 'One training digit in twenty got a patch and the label 0.' },
    {
      focus: 'defense',
      say: 'The second lane silences hidden units, the idlest first, until accuracy suffers, and then trains on with 500 clean digits.',
      ask: 'Does the back door close?',
    },
    { focus: 'evidence', say: 'See what is answered with the trigger: still 0, nearly every time.' },
    {
      focus: 'verdict',
      say: 'In a small network the units that see the patch also see digits; and clean examples give no reason to forget it.',
    },
  ],
  notes:
    'The same in PyTorch, on 4,000 digits: success .991 before, .991 after. In large networks with many idle units the defense does better, which is where its paper tried it; replace it by Neural Cleanse, and the door shuts.',
  experiment: {
    data: { id: 'mnist', members: 2000, nonMembers: 0, population: 100, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
    attack: { id: 'badnets', rate: 0.05 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'fine-pruning', defenses: [{ id: 'fine-pruning' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.92, 1], cleanAccuracy: [0.86, 0.95] },
    'fine-pruning': { attackSuccessRate: [0.8, 1], cleanAccuracy: [0.84, 0.95] },
  },
};
export default scenario;
