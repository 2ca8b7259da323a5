/** A hundred kinds of shopper and few of each: the setting in which membership inference was first shown. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'shoppers',
  title: 'Who was in the shop’s data?',
  axis: 'model-to-data',
  level: 'deeper',
  says: 'A hundred kinds of shopper, and few of each: the model remembers rather than learns, and even the plainest attack finds members. That a customer was in the data can be the secret.',
  story: [
    {
      focus: 'data',
      say: 'A hundred kinds of shopper, ten of each kind in the training data: too few to learn from, enough to remember.',
    },
    {
      focus: 'attack',
      say: 'The plainest attack there is: call those members on whom the model’s loss is small.',
      ask: 'Will that do better or worse than on digits?',
    },
    { focus: 'defense', say: 'RelaxLoss keeps the training loss at a level that strangers have too.' },
    { focus: 'verdict', say: 'It takes the edge off, at a price. Few examples for many classes is where membership leaks most.' },
    {
      focus: 'lanes',
      say: 'Now ten kinds of shopper instead of a hundred, and so a hundred of each.',
      ask: 'How much still leaks, and what is RelaxLoss worth?',
      set: { 'data.classes': 10 },
      band: {
        undefended: { auc: [0.53, 0.62], testAccuracy: [0.96, 1] },
        RelaxLoss: { auc: [0.52, 0.62], testAccuracy: [0.9, 0.97] },
      },
    },
    {
      focus: 'verdict',
      say: 'Little more than a coin’s toss is left, and that by itself: what can be learned need not be remembered. RelaxLoss takes nothing off it, and still costs accuracy.',
    },
  ],
  notes:
    'This is the setting of the first paper on the subject (Shokri 2017). Fewer kinds of shopper, more of each: the leak closes by itself.',
  experiment: {
    data: {
      id: 'purchases',
      classes: 100,
      products: 100,
      leaning: 0.7,
      members: 1000,
      nonMembers: 1000,
      population: 1000,
      test: 1000,
    },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.01, batchSize: 50, epochs: 20 },
    attack: { id: 'loss-threshold' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'RelaxLoss', defenses: [{ id: 'relax-loss', level: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { auc: [0.85, 0.94], testAccuracy: [0.42, 0.54] },
    RelaxLoss: { auc: [0.8, 0.88], testAccuracy: [0.31, 0.42] },
  },
};
export default scenario;
