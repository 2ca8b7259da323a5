/** Hiding the scores does not hide the members. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'labels-only',
  title: 'Answer with labels only: safe now?',
  level: 'deeper',
  says: 'The model no longer tells how sure it is. The attacker shifts and blurs each picture instead, and counts how long the label holds: longer for what the model was trained on. Both lanes come out alike, because this attacker never needed a score.',
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
