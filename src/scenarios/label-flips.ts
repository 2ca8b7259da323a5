/** Wrong labels in bulk, and a proof that does not reach so far. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'label-flips',
  title: 'What a proof covers, and what not',
  axis: 'data-to-model',
  level: 'deeper',
  says: 'Four in ten sevens are labelled 1, and the model learns it. The second lane lets ten networks vote, each trained on its own tenth of the data: a proof says how many changed examples cannot matter. Here far more were changed than that.',
  story: [
    { focus: 'attack', say: 'No picture is touched: four in ten of the sevens got the label 1.' },
    {
      focus: 'defense',
      say: 'Ten networks, each on its own tenth of the data, vote. One changed example reaches one of them.',
      ask: 'In how many of the ten will four in ten sevens be wrong?',
    },
    {
      focus: 'evidence',
      say: 'The curve shows for how many test digits the answer is proven, whatever an attacker does with so many examples: it ends at five.',
    },
    {
      focus: 'verdict',
      say: 'She changed about eighty. Every tenth is as wrong as the whole, so all ten learn the same mistake, and the vote hardly helps. The proof was never broken: it said five.',
    },
    {
      focus: 'lanes',
      say: 'Now another attacker changes five digits and not eighty: each gets a small white patch and the label 0.',
      ask: 'Are five in two thousand enough for a back door, and what does the vote make of it?',
      set: { attack: { id: 'badnets', rate: 0.0025 } },
      band: {
        undefended: { attackSuccessRate: [0.4, 0.62], cleanAccuracy: [0.86, 0.94] },
        'ten votes': { attackSuccessRate: [0.01, 0.13], cleanAccuracy: [0.8, 0.89] },
      },
    },
    {
      focus: 'verdict',
      say: 'One network alone lets her in every second time. Of the ten, at most five have seen the patch, and the vote shuts her out nearly always: it was made for so few.',
    },
  ],
  notes:
    'Against few changes the vote is strong: choose BadNets with a rate of 0.01 and fifty parts, and success falls from three in four to one in six. Always ask of a guarantee: against how much?',
  experiment: {
    data: { id: 'mnist', members: 2000, nonMembers: 0, population: 100, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
    attack: { id: 'label-flip', rate: 0.4 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'ten votes', defenses: [{ id: 'partition-aggregation', partitions: 10 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.1, 0.75], cleanAccuracy: [0.8, 0.94] },
    'ten votes': { attackSuccessRate: [0.05, 0.55], cleanAccuracy: [0.77, 0.88] },
  },
};
export default scenario;
