/** Memorisation made visible: the decision surface bends around single points. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'plane',
  title: 'See a model memorise',
  axis: 'model-to-data',
  level: 'first steps',
  says: 'Three clouds of points in the plane, three in ten of them with a wrong label. Trained for long, the network draws islands around single points: that is what an attacker feels for. Stopped early, it draws three plain regions.',
  story: [
    { focus: 'data', say: 'Three clouds of points; three in ten points have a wrong label, as real data has.' },
    {
      focus: 'lanes',
      say: 'The plane shows what the model answers where.',
      ask: 'Which of the islands are there because of a single point?',
    },
    {
      focus: 'evidence',
      say: 'Around a point that it was trained on the model is sure, even where the label is wrong. That is what leaks.',
    },
    {
      focus: 'defense',
      say: 'Stopped early, the model has three plain regions and no islands: it learned the clouds and not the points.',
    },
    {
      focus: 'lanes',
      say: 'Now the same clouds without a single wrong label, and the network is trained for just as long.',
      ask: 'It gets every point right that it was trained on. How much leaks?',
      set: { 'data.labelNoise': 0 },
      band: {
        undefended: { auc: [0.41, 0.57], testAccuracy: [0.92, 0.99] },
        'early stopping': { auc: [0.41, 0.58], testAccuracy: [0.92, 1] },
      },
    },
    {
      focus: 'verdict',
      say: 'Nothing: she might as well toss a coin, and stopping early helps nobody any more. What leaks is what a model had to remember because it could not learn it.',
    },
  ],
  notes:
    'The picture to come back to whenever somebody asks why overfitting is a matter of privacy. Move the label noise to 0 and the islands go, and with them the leak.',
  experiment: {
    data: { id: 'blobs', classes: 3, spread: 0.8, members: 100, nonMembers: 100, population: 200, test: 1000, labelNoise: 0.3 },
    model: { id: 'mlp', hidden: [128, 128] },
    training: { optimizer: 'adam', learningRate: 0.01, batchSize: 20, epochs: 300 },
    attack: { id: 'loss-threshold' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'early stopping', defenses: [{ id: 'early-stopping', epochs: 4 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { auc: [0.6, 0.85] },
    'early stopping': { auc: [0.42, 0.62], testAccuracy: [0.85, 1] },
  },
};
export default scenario;
