/** Hiding the scores does not hide the members. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'labels-only',
  title: 'Answer with labels only: safe now?',
  axis: 'model-to-data',
  level: 'deeper',
  says: 'The model no longer tells how sure it is. The attacker shifts and blurs each picture instead, and counts how long the label holds: longer for what the model was trained on. Both lanes come out alike, because this attacker never needed a score.',
  story: [
    { focus: 'attack', say: 'Attacks on membership look at how sure a model is. So let it answer nothing but the label.' },
    {
      focus: 'defense',
      say: 'The second lane answers labels only.',
      ask: 'With what could an attacker still tell members?',
    },
    {
      focus: 'evidence',
      say: 'She shifts and blurs each picture and counts for how long the label holds: longer for what the model has learned.',
    },
    { focus: 'verdict', say: 'Both lanes come out alike: this attack never needed a score.' },
    {
      focus: 'lanes',
      say: 'Now another attacker: she trains eight networks of her own and compares how sure they are with how sure the model is.',
      ask: 'Against her, is a label without a score a good defense?',
      set: { attack: { id: 'lira', shadowModels: 8 } },
      band: {
        undefended: { auc: [0.77, 0.88], testAccuracy: [0.8, 0.87] },
        'labels only': { auc: [0.59, 0.7], testAccuracy: [0.8, 0.87] },
      },
    },
    {
      focus: 'verdict',
      say: 'It takes more than half of her lead over a coin. What is left is as much as the first attack read without any score: a defense is as good as the best attack on it.',
    },
  ],
  notes:
    'Against score attacks the same defense does help somewhat: choose LiRA as the attack and run again. The lesson is to name the attacker before praising the defense.',
  experiment: {
    data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
    attack: { id: 'label-only', copies: 16 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'labels only', defenses: [{ id: 'labels-only' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { auc: [0.59, 0.69], testAccuracy: [0.8, 0.87] },
    'labels only': { auc: [0.59, 0.69], testAccuracy: [0.8, 0.87] },
  },
};
export default scenario;
