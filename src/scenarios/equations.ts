/** Nothing is trained: the weights are the solution of linear equations, and each answer is nine of them. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'equations',
  title: 'Sixty-five questions, and the weights lie open',
  axis: 'model-to-model',
  level: 'surprising',
  says: 'Softmax regression on digits of 8 × 8 pixels: every answer is nine linear equations in its weights, and 65 answers to plain noise are enough to solve them. The copy is not like the model, it is the model. Rounding seems to stop that, until the attacker finds out about it and asks more often.',
  story: [
    { focus: 'model', say: 'One linear map: 64 weights and a bias for each digit. Its answers are all that it shows.' },
    {
      focus: 'attack',
      say: 'The logarithm of two probabilities, one over the other, is linear in the input. So she solves equations; she has no digits, and asks about noise.',
      ask: 'How many questions does she need for 64 weights and a bias?',
    },
    {
      focus: 'defense',
      say: 'The other lanes keep four decimals, and two.',
      ask: 'How much is left of the copy in each?',
    },
    { focus: 'evidence', say: 'The pictures are the weights: above the model’s, below the copy’s.' },
    {
      focus: 'verdict',
      say: 'Rounding to two decimals spoils a good part of it, where no question is to spare.',
    },
    {
      focus: 'lanes',
      say: 'Now she asks a thousand questions instead of sixty-five, and still nobody has told her of the rounding.',
      ask: 'How much of the copy does rounding still spoil?',
      set: { 'attack.queries': 1000 },
      band: {
        undefended: { fidelity: [0.995, 1], testAccuracy: [0.82, 0.89] },
        'four decimals': { fidelity: [0.99, 1] },
        'two decimals': { fidelity: [0.92, 1] },
      },
    },
    {
      focus: 'verdict',
      say: 'Little: with two decimals, too, the copy says what the model says more than nine times in ten. Rounding set a price in questions; she paid it and did not even have to know.',
    },
  ],
  notes:
    'Do the count with the class: 64 weights and a bias are 65 unknowns for each of nine classes against the first, and each question gives one equation for each of the nine. The second act is the thousand questions: many rounded answers average to what was rounded away, so rounding costs the attacker questions, nothing more. “Knows the defense” gets her the last few points.',
  experiment: {
    data: { id: 'digits8', members: 1000, nonMembers: 0, population: 0, test: 2000 },
    model: { id: 'softmax' },
    training: { optimizer: 'sgd', learningRate: 1, batchSize: 50, epochs: 30 },
    attack: { id: 'equation-solving', queries: 65 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'four decimals', defenses: [{ id: 'output-rounding', decimals: 4 }] },
      { name: 'two decimals', defenses: [{ id: 'output-rounding', decimals: 2 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { fidelity: [0.995, 1], testAccuracy: [0.82, 0.89] },
    'four decimals': { fidelity: [0.95, 1] },
    'two decimals': { fidelity: [0.1, 0.9] },
  },
};
export default scenario;
