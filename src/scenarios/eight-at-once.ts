/** A mean over eight examples does not hide any of them, where the network has ReLUs. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'eight-at-once',
  title: 'Eight pictures in one gradient',
  axis: 'model-to-data',
  level: 'surprising',
  says: 'This participant averages over eight digits before she shares anything. The attacker does not search: she divides, checks, and peels one digit after another off the mean.',
  story: [
    {
      focus: 'data',
      say: 'Eight digits go into one gradient; twelve such gradients are shared. A mean hides the single one, does it not?',
      ask: 'How many of the eight will the attacker get back: none, one or two, most?',
    },
    {
      focus: 'attack',
      say: 'A ReLU unit answers to some digits and not to others. Where it answered to one alone, its weights’ gradient over its bias’s is that digit. Taken out of the mean, it leaves other units alone with another.',
    },
    {
      focus: 'evidence',
      say: 'They are exact, and with their labels: she can check each by computing what it would have done to the network, so she never shows a wrong one.',
    },
    {
      focus: 'defense',
      say: 'The check needs every digit of the numbers. Noise of a ten-thousandth breaks it; whether a search would break that is another question. DP-SGD gives a proof.',
    },
  ],
  notes:
    'Compare one, two, four and eight examples a gradient: spread the option. With sigmoids the same method is refused, for there every unit answers to every digit. Rounding to single precision changes nothing: seven digits are enough.',
  experiment: {
    data: { id: 'mnist', members: 200, nonMembers: 10, population: 100, test: 500 },
    model: { id: 'mlp', hidden: [128], activation: 'relu' },
    training: { epochs: 0 },
    attack: { id: 'gradient-leakage', method: 'analytic', batchSize: 8, shares: 12, precision: 'single' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'a little noise', defenses: [{ id: 'gradient-noise', deviation: 0.001 }] },
      { name: 'DP-SGD', defenses: [{ id: 'dp-sgd', clip: 1, noiseMultiplier: 1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.95, 1], psnr: [140, 165] },
    'a little noise': { attackSuccessRate: [0, 0.02], gradientCosine: [0.99, 1] },
    'DP-SGD': { attackSuccessRate: [0, 0.02], gradientCosine: [-0.01, 0.03], epsilon: [4.1, 4.3] },
  },
};
export default scenario;
