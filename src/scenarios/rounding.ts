/** Rounding hides the slope from whoever does not know of it. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'rounding',
  title: 'Rounded answers, and safe?',
  axis: 'model-to-data',
  level: 'surprising',
  says: 'An attacker climbs along what the model answers. Rounded to one decimal, the answer no longer moves when a pixel does: there is nothing to climb, and every picture stays black. It looks like perfect protection, and holds exactly until she is told.',
  story: [
    { focus: 'attack', say: 'She moves each pixel so that the answer for her digit rises, again and again.' },
    {
      focus: 'defense',
      say: 'In the second lane answers have one decimal. A staircase is flat nearly everywhere.',
      ask: 'What will her pictures look like?',
    },
    { focus: 'verdict', say: 'All black: the attack is stopped, and accuracy is as before. A perfect defense?' },
    {
      focus: 'attack',
      say: 'Now switch on “Knows the defense” and run again: she takes the staircase for the slope that it was made from.',
      ask: 'How many digits come back?',
    },
  ],
  notes:
    'The most common mistake in papers on defenses: the gradient is masked, not the information (Athalye et al. 2018). With the switch on, both lanes come out nearly alike. Ask which defense of this list would survive the same switch.',
  experiment: {
    data: { id: 'mnist', members: 1000, nonMembers: 0, population: 1000, test: 1000 },
    model: { id: 'softmax' },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 20 },
    attack: { id: 'mi-face', objective: 'probability', stepSize: 0.5, steps: 300, smoothness: 0, until: 0.99 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'one decimal', defenses: [{ id: 'output-rounding', decimals: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { margin: [0.36, 0.5], correlation: [0.68, 0.76], attackSuccessRate: [0.8, 1], testAccuracy: [0.83, 0.92] },
    'one decimal': { margin: [-0.01, 0.01], correlation: [-0.01, 0.01], attackSuccessRate: [0, 0.1], testAccuracy: [0.82, 0.92] },
  },
};
export default scenario;
