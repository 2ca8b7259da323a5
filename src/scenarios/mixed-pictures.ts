/** Pictures mixed into what looks like noise, and taken apart again to the last digit. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'mixed-pictures',
  title: 'Noise that is a sum',
  axis: 'data-to-data',
  level: 'surprising',
  says: 'Twenty private digits are mixed in pairs, and a coin flips the sign of every pixel. Four hundred such mixtures leave the house, for others to train on. An attacker collects them.',
  story: [
    {
      focus: 'data',
      say: 'Each mixture is a weighted sum of two private pictures. Labels are mixed with the same weights. The signs are coins: nothing is left in them.',
      ask: 'There are more pixels than anybody could guess the signs of. Is that a cipher?',
    },
    {
      focus: 'attack',
      say: 'The square of a sum does not depend on its sign, and is linear in the products of the two pictures. Four hundred mixtures are more equations than there are products.',
    },
    {
      focus: 'evidence',
      say: 'Each picture comes back with its sign open, pixel by pixel; but a pixel has the sign of its neighbour, so that is soon known. What comes back is exact.',
    },
    {
      focus: 'defense',
      say: 'The second lane mixes four pictures, two of them public ones that the attacker does not know apart.',
      ask: 'Is that a wall, or a price?',
    },
    {
      focus: 'verdict',
      say: 'It stops her here. With four times as many mixtures she gets about two pictures in three: more mixing asks for more mixtures, and training wants many of those. The network, by the way, learns little from either.',
    },
  ],
  notes:
    'InstaHide offered a prize for a broken challenge and paid it within months. Try ten mixtures of each picture, then five: below as many equations as unknowns nothing comes back. Then take 80 mixtures of each, which takes a minute. Or let the attacker know the public pictures (she would if the owner’s random numbers could be guessed): more mixing then hides almost nothing, because what is known beside a picture tells its sign. Encryption that lets a stranger compute on the data has to be proved, not tried out.',
  experiment: {
    data: { id: 'mnist', members: 20, nonMembers: 0, population: 1000, test: 500 },
    protection: { id: 'instance-encoding' },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, epochs: 30 },
    attack: { id: 'instance-decoding' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'more mixing', defenses: [{ id: 'more-mixing' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.6, 1], testAccuracy: [0.1, 0.4] },
    'more mixing': { attackSuccessRate: [0, 0.1], testAccuracy: [0.08, 0.3] },
  },
};
export default scenario;
