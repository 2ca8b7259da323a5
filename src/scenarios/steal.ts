/** A model is stolen by asking it: what it gives away with every answer is itself. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'steal',
  title: 'Steal a model by asking it',
  axis: 'model-to-model',
  level: 'first steps',
  says: 'A thief never sees the model, only its answers to two hundred digits of her own. She teaches them to a network of her own, and it says what the model says nearly nine times in ten. Hiding the scores makes the copy worse, but not useless.',
  story: [
    {
      focus: 'data',
      say: 'The model learned from a thousand digits. The thief has two hundred others, and nobody told her what they show.',
    },
    {
      focus: 'attack',
      say: 'She asks about each and trains a copy on the answers.',
      ask: 'How often will the copy agree with the model after 200 questions?',
    },
    {
      focus: 'defense',
      say: 'Then the model rounds its scores to one decimal, or says the class alone, or bends every score as far as the class allows.',
      ask: 'Which of the three costs the thief most?',
    },
    {
      focus: 'evidence',
      say: 'The curve grows with every answer: the first thirteen questions already buy nearly half of the model.',
    },
    {
      focus: 'verdict',
      say: 'A defense of the answers makes a theft dearer, and does not prevent it: what is useful to a customer is useful to a thief.',
    },
    {
      focus: 'lanes',
      say: 'Now she asks a thousand questions instead of two hundred.',
      ask: 'Which of the defenses still stand?',
      set: { 'attack.queries': 1000 },
      band: {
        undefended: { fidelity: [0.9, 0.97] },
        'one decimal': { fidelity: [0.9, 0.97] },
        'labels only': { fidelity: [0.88, 0.95] },
        'poisoned scores': { fidelity: [0.62, 0.73] },
      },
    },
    {
      focus: 'verdict',
      say: 'Rounding is worth nothing any more, and labels alone nearly nothing: patience makes up for what each answer leaves out. Only the bent scores still mislead her.',
    },
  ],
  notes:
    'Ask what the training data cost, and what two hundred questions cost: that ratio is the attack. Then switch on “Knows the defense”: she believes the class and nothing else, and the poisoned scores are worth as much to her as labels.',
  experiment: {
    data: { id: 'mnist', members: 1000, nonMembers: 0, population: 1000, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.002, batchSize: 50, epochs: 20 },
    attack: { id: 'knockoff', queries: 200, steps: 500 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'one decimal', defenses: [{ id: 'output-rounding', decimals: 1 }] },
      { name: 'labels only', defenses: [{ id: 'labels-only' }] },
      { name: 'poisoned scores', defenses: [{ id: 'prediction-poisoning', budget: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { fidelity: [0.83, 0.92], testAccuracy: [0.85, 0.94] },
    'one decimal': { fidelity: [0.81, 0.92] },
    'labels only': { fidelity: [0.75, 0.88] },
    'poisoned scores': { fidelity: [0.46, 0.6] },
  },
};
export default scenario;
