/** Scores about a picture are a blurred picture. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'reconstruct',
  title: 'From ten scores back to the picture',
  axis: 'model-to-data',
  level: 'deeper',
  says: 'A model answers a private picture with ten scores. A second network, trained on public pictures and the model’s answers about them, turns scores back into pictures. With three scores it sees less, with a label alone nothing but the class.',
  story: [
    {
      focus: 'attack',
      say: 'She overhears what the model answers others. From public digits she has learned which scores come from which picture.',
    },
    {
      focus: 'evidence',
      say: 'Above, made from the answer alone; in the middle, the private digit; below, the mean of its class. Slant and thickness come back.',
      ask: 'Which digits are better than the mean of their class?',
    },
    {
      focus: 'lanes',
      say: 'Three scores tell less. A label tells the class, and the network can do no better than the mean picture of it.',
    },
    {
      focus: 'verdict',
      say: 'Each score that is not given is a little less of the picture. Where an application needs only the name, give only the name.',
    },
  ],
  notes:
    'The baseline is what makes it honest: whoever hears “a four” can draw an average four. Only what is better than that was in the scores. Labels only lands exactly on the baseline.',
  experiment: {
    data: { id: 'mnist', members: 1000, nonMembers: 0, population: 3000, test: 1000 },
    model: { id: 'softmax' },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 20 },
    attack: { id: 'inversion-network', overheard: 200, hidden: 128, epochs: 20 },
    lanes: [
      { name: 'ten scores', defenses: [] },
      { name: 'three scores', defenses: [{ id: 'top-k', k: 3 }] },
      { name: 'labels only', defenses: [{ id: 'labels-only' }] },
    ],
    seed: 1,
  },
  band: {
    'ten scores': { correlation: [0.69, 0.79], mse: [0.036, 0.048] },
    'three scores': { correlation: [0.65, 0.75], mse: [0.042, 0.054] },
    'labels only': { correlation: [0.63, 0.72], mse: [0.046, 0.059] },
  },
};
export default scenario;
