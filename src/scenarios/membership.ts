/** The default: does the model tell who was in its training data, and does DP-SGD stop it? */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'membership',
  title: 'Was this digit in the training data?',
  level: 'first steps',
  says: 'A small network learns handwritten digits by heart. An attacker who sees only its answers guesses which digits it was trained on; then DP-SGD clips and blurs what each digit can teach it.',
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
