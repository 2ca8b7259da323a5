/** The default: does the model tell who was in its training data, and does DP-SGD stop it? */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'membership',
  title: 'Was this digit in the training data?',
  axis: 'model-to-data',
  level: 'first steps',
  says: 'A small network learns handwritten digits by heart. An attacker who sees only its answers guesses which digits it was trained on; then DP-SGD clips and blurs what each digit can teach it.',
  story: [
    {
      focus: 'data',
      say: 'Three hundred digits are learned, three hundred others are kept back. The attacker holds all six hundred, but not the list.',
    },
    {
      focus: 'attack',
      say: 'She trains eight networks like the victim, each on half of the digits, and so sees what a network answers for a digit that it knows.',
      ask: 'Of one learned and one other digit: how often will she pick the learned one, 50, 65 or 80 times of 100?',
    },
    {
      focus: 'defense',
      say: 'The second lane is trained with DP-SGD: no digit may pull the model far, and noise hides what is left of each.',
      ask: 'What will that cost?',
    },
    {
      focus: 'verdict',
      say: 'The attack falls towards a coin, and accuracy falls with it. With so few examples, privacy is dear.',
    },
    {
      focus: 'lanes',
      say: 'Now the same with a thousand digits instead of three hundred, which the network learns less by heart.',
      ask: 'Will that help the attacker, or the defender?',
      set: { 'data.members': 1000, 'data.nonMembers': 1000 },
      band: {
        undefended: { auc: [0.67, 0.73], testAccuracy: [0.84, 0.92] },
        'DP-SGD': { auc: [0.5, 0.6], testAccuracy: [0.77, 0.86] },
      },
    },
    {
      focus: 'verdict',
      say: 'The defender, twice: the attack gets less without any defense, and DP-SGD costs less than half of what it did.',
    },
  ],
  notes:
    'Let them vote before the run ends: most guess too low. Why it matters: think of the patients of a clinic instead of digits. A larger training set makes the same privacy cheaper: raise the members and run again.',
  experiment: {
    data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 20 },
    attack: { id: 'lira', shadowModels: 8 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'DP-SGD', defenses: [{ id: 'dp-sgd', noiseMultiplier: 1, clip: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { auc: [0.78, 0.88], testAccuracy: [0.8, 0.87] },
    'DP-SGD': { auc: [0.53, 0.65], testAccuracy: [0.62, 0.72] },
  },
};
export default scenario;
