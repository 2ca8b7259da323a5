/** A filter of what is written out gives away what it hides. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'read-on',
  title: 'The filter that points at the secret',
  axis: 'model-to-data',
  level: 'surprising',
  says: 'The attacker types what stands before a badge number and lets the model go on. A filter forbids it to write out anything that stands in its training set. Then she asks what is forbidden.',
  story: [
    {
      focus: 'attack',
      say: '“the badge number of … is”, and the model is let go on with what it finds likeliest.',
    },
    {
      focus: 'lanes',
      say: 'Undefended, it tells the numbers that it read often. In the second lane a filter rules out every character that would complete a passage of the training set.',
    },
    {
      focus: 'defense',
      say: 'The attacker knows of the filter: where exactly one digit is ruled out, she takes that one.',
      ask: 'Will she get more numbers than without the filter, or fewer?',
    },
    {
      focus: 'verdict',
      say: 'All of them, also those that the model read once and never learned. The filter knows the training set by heart, and answers questions about it.',
    },
  ],
  notes:
    'The authors of the paper call it a false sense of privacy. Switch “Knows the filter” off: then the filter works, and extraction is near nothing. The lesson is to judge a defense by what an attacker does who has read its description.',

  experiment: {
    data: { id: 'mail' },
    training: { learningRate: 0.002, epochs: 4 },
    attack: { id: 'prefix-extraction', adaptive: true },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'output filter', defenses: [{ id: 'output-filter' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { extractionRate: [0.25, 0.55], perplexity: [1.4, 1.6] },
    'output filter': { extractionRate: [1, 1], perplexity: [1.4, 1.6] },
  },
};
export default scenario;
