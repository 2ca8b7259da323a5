/** A model that knows people by their faces gives the faces away. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'faces',
  title: 'The model gives away a face',
  axis: 'model-to-data',
  level: 'first steps',
  says: 'A model has learned to tell forty people apart, and nobody publishes their pictures. The attacker begins with plain grey and moves it until the model is sure of a person: what appears is her face. DP-SGD blurs it away, and a good part of the model’s skill with it.',
  story: [
    { focus: 'data', say: 'Forty people who do not exist; fifty pictures of each teach the model to tell them apart.' },
    {
      focus: 'attack',
      say: 'She has the model and none of the pictures. She begins with grey and goes uphill: towards what makes the model say one name.',
      ask: 'Will noise appear, or a face?',
    },
    {
      focus: 'evidence',
      say: 'Above, what came out of the model; below it, the training picture most like it, and the mean of that person’s pictures. A name in the model is a face in the model.',
    },
    { focus: 'defense', say: 'With DP-SGD no single picture may pull the model far. What appears is hardly anybody.' },
    {
      focus: 'verdict',
      say: 'The face is gone, and so is a third of the model’s skill: with fifty pictures of each person the price is high.',
    },
  ],
  notes:
    'Let them find the person in the second row before you point. Then choose the multilayer perceptron: its faces are rougher, its accuracy better. The model’s own confidence is no measure of the leak: it is sure of noise, too.',
  experiment: {
    data: { id: 'faces', members: 2000, nonMembers: 0, population: 1000, test: 1000 },
    model: { id: 'softmax' },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 40 },
    attack: { id: 'mi-face', start: 0.5, steps: 100, stepSize: 0.02, smoothness: 1 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'DP-SGD', defenses: [{ id: 'dp-sgd', noiseMultiplier: 1, clip: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { margin: [0.7, 0.82], correlation: [0.7, 0.79], attackSuccessRate: [0.6, 1], testAccuracy: [0.86, 1] },
    'DP-SGD': { margin: [0.4, 0.59], correlation: [0.41, 0.54], attackSuccessRate: [0, 0.2], testAccuracy: [0.36, 0.71] },
  },
};
export default scenario;
