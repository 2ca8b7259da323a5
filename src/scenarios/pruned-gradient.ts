/** A defense that works against whoever does not know of it. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'pruned-gradient',
  title: 'What was left out gives it away',
  axis: 'model-to-data',
  level: 'deeper',
  says: 'A participant sends only the largest entries of her gradient. The attacker knows that, compares only those, and takes a pixel that left no trace for black: most of the picture comes back.',
  story: [
    {
      focus: 'defense',
      say: 'Of 101,770 numbers 10 in 100, 3 in 100 or 1 in 100 are sent, the largest. This is done to save bandwidth anyway.',
      ask: 'How few must be sent until a digit can no longer be read?',
    },
    {
      focus: 'attack',
      say: 'The attacker reads the label off the last layer, then searches. She knows of the pruning: a zero says nothing to her, and a pixel without a single number was dark.',
    },
    {
      focus: 'evidence',
      say: 'With 1 in 100 the strokes break: there the picture ends, not much earlier.',
    },
    {
      focus: 'verdict',
      say: 'Switch “Knows the defense” off and run again: then 3 in 100 seem to protect well. A defense is worth what is left of it once it is known.',
    },
  ],
  notes:
    'Run it twice, first with the switch off, and let them decide which share to send; then switch it on. The numbers to compare are the successes of the lane that keeps 3 in 100. Why a pixel without a trace is dark: its row in the first layer’s gradient is the pixel times what each unit was pulled by.',
  experiment: {
    data: { id: 'mnist', members: 20, nonMembers: 10, population: 100, test: 500 },
    model: { id: 'mlp', hidden: [128], activation: 'sigmoid' },
    training: { epochs: 0 },
    attack: { id: 'gradient-leakage', method: 'idlg', optimizer: 'lbfgs', shares: 8, steps: 200, adaptive: true },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: '10 of 100 values', defenses: [{ id: 'gradient-pruning', kept: 0.1 }] },
      { name: '3 of 100 values', defenses: [{ id: 'gradient-pruning', kept: 0.03 }] },
      { name: '1 of 100 values', defenses: [{ id: 'gradient-pruning', kept: 0.01 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.87, 1], psnr: [105, 140] },
    '10 of 100 values': { attackSuccessRate: [0.87, 1], psnr: [28, 50] },
    '3 of 100 values': { attackSuccessRate: [0.4, 1], psnr: [19, 25] },
    '1 of 100 values': { attackSuccessRate: [0, 0.4], psnr: [14, 20] },
  },
};
export default scenario;
