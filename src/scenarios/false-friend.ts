/** A defense by its name only: label smoothing makes members easier to tell. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'false-friend',
  title: 'A false friend: label smoothing',
  level: 'surprising',
  says: 'Label smoothing asks a model not to be quite sure. That looks like modesty, but it pulls exactly the members to exactly one answer, and so marks them. Guess before you look: does leakage fall or rise?',
  experiment: {
    data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
    attack: { id: 'lira', shadowModels: 8 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'label smoothing', defenses: [{ id: 'label-smoothing', share: 0.1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { auc: [0.78, 0.88], testAccuracy: [0.8, 0.87] },
    'label smoothing': { auc: [0.85, 0.94], testAccuracy: [0.79, 0.86] },
  },
};
export default scenario;
