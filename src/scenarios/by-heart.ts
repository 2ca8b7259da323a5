/** A model that writes freely, and what it wrote too surely. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'by-heart',
  title: 'Let it write, keep what it knows too well',
  axis: 'model-to-data',
  level: 'deeper',
  says: 'Nobody asks for anything: the model writes two hundred texts, and the attacker keeps the twenty of which it is much surer than the public model that it began as. Then the owner has it unlearn its secrets.',
  story: [
    {
      focus: 'attack',
      say: 'Two hundred texts, written character by character. Most are honest mails, made up on the spot.',
    },
    {
      focus: 'evidence',
      say: 'What is ranked first is not what the model is surest of: common sentences are sure too. It is what this model is surer of than the public one is.',
      ask: 'How many of the twenty hold a real badge number?',
    },
    {
      focus: 'defense',
      say: 'Unlearning climbs the loss on every secret. The owner must know them all.',
    },
    {
      focus: 'verdict',
      say: 'After unlearning the numbers are gone from what it writes; so is some of its skill, as the perplexity shows.',
    },
  ],
  notes:
    'Change “Ranked by” to perplexity: more of the twenty are ordinary sentences. Zlib lies between. The texts are different with each seed; with few of them an interval is wide.',

  experiment: {
    data: { id: 'mail' },
    training: { learningRate: 0.002, epochs: 6 },
    attack: { id: 'generate-and-rank' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'unlearning', defenses: [{ id: 'unlearning' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { precision: [0.2, 0.7], extractionRate: [0.2, 0.6], perplexity: [1.4, 1.6] },
    unlearning: { precision: [0, 0.1], extractionRate: [0, 0.1], perplexity: [1.45, 1.75] },
  },
};
export default scenario;
