/** Federated learning shares gradients instead of data: is that private? */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'gradient',
  title: 'A picture inside a gradient',
  axis: 'model-to-data',
  level: 'surprising',
  says: 'Somebody helps to train a network and keeps her digits to herself: she sends only gradients. Whoever receives one searches for the picture that would have made it, and the picture appears.',
  story: [
    {
      focus: 'data',
      say: 'Each of these digits stays at its owner’s. What leaves the house is a gradient: 101,770 numbers that say how the network should change.',
      ask: 'Can one see in them which digit it was? Its shape? Every pixel?',
    },
    {
      focus: 'attack',
      say: 'The attacker begins with noise and a random label, computes their gradient, and moves both until it is the same gradient.',
    },
    {
      focus: 'evidence',
      say: 'Watch the pictures: most are exact to the last pixel after a few dozen steps. A few searches fly away and never come back.',
      ask: 'What must be done to a gradient so that this fails?',
    },
    {
      focus: 'defense',
      say: 'Three answers: noise on every number, sending only the 3 in 100 largest, and DP-SGD, which clips each example and adds noise.',
    },
    {
      focus: 'verdict',
      say: 'Look at what the shared gradient is still worth. Pruning seems to cost next to nothing: ask what the attacker would do if she knew of it.',
    },
    {
      focus: 'lanes',
      say: 'Now she does not search at all: in the first layer, what the gradient says of a weight, divided by what it says of the bias, is the pixel.',
      ask: 'Which of the three answers still holds?',
      set: { 'attack.method': 'analytic' },
      band: {
        undefended: { attackSuccessRate: [0.95, 1], psnr: [120, 200] },
        noise: { attackSuccessRate: [0, 0.13], gradientCosine: [0.17, 0.23] },
        pruning: { attackSuccessRate: [0.5, 1], gradientCosine: [0.9, 0.97] },
        'DP-SGD': { attackSuccessRate: [0, 0.13], gradientCosine: [-0.01, 0.02] },
      },
    },
    {
      focus: 'verdict',
      say: 'Noise and DP-SGD do. Pruning misled the search and nothing else: by division at least two digits in three come back, for what is sent is exact.',
    },
  ],
  notes:
    'The network is untrained and has sigmoids, as in the paper: there the search is at its best. Switch “Knows the defense” on and run again: pruning falls. Switch to the method “analytic”: no search at all, one division, and the picture is exact to sixteen digits. Students ask whether a larger batch helps: see the scenario about eight at once.',
  experiment: {
    data: { id: 'mnist', members: 20, nonMembers: 10, population: 100, test: 500 },
    model: { id: 'mlp', hidden: [128], activation: 'sigmoid' },
    training: { epochs: 0 },
    attack: { id: 'gradient-leakage', method: 'dlg', optimizer: 'lbfgs', shares: 6, steps: 200 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'noise', defenses: [{ id: 'gradient-noise', deviation: 0.1 }] },
      { name: 'pruning', defenses: [{ id: 'gradient-pruning', kept: 0.03 }] },
      { name: 'DP-SGD', defenses: [{ id: 'dp-sgd', clip: 1, noiseMultiplier: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.5, 1], psnr: [65, 130] },
    noise: { attackSuccessRate: [0, 0.13], gradientCosine: [0.17, 0.23] },
    pruning: { attackSuccessRate: [0, 0.4], gradientCosine: [0.9, 0.97] },
    'DP-SGD': { attackSuccessRate: [0, 0.13], gradientCosine: [-0.01, 0.02], epsilon: [4.1, 4.3] },
  },
};
export default scenario;
