/** A mark that nobody sees and no noise removes, taken off by averaging. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'averaged-mark',
  title: 'A mark that six hundred pictures share',
  axis: 'data-to-data',
  level: 'first steps',
  says: 'An agency hides its name in every picture: 32 bits, spread over the middle waves, where nobody sees them and noise does not reach them. Who collects its pictures can take them off all the same.',
  story: [
    {
      focus: 'data',
      say: 'The mark changes a pixel by a fiftieth of white. Noise strong enough to drown it would drown the picture.',
    },
    {
      focus: 'attack',
      say: 'One key for all pictures: so all of them carry the same faint pattern. She averages six hundred, and six hundred others that carry none.',
      ask: 'What is left when one mean is taken from the other?',
    },
    {
      focus: 'evidence',
      say: 'The mark. Along the curve she has 10, 40, 160 and 600 pictures: fewer bits are read each time, and the picture only gets better.',
    },
    {
      focus: 'defense',
      say: 'The second lane chooses each picture’s key by what is on it, the third draws one of eight.',
      ask: 'What does an average of many patterns look like?',
    },
    {
      focus: 'verdict',
      say: 'Like nothing: patterns of many keys average out. Neither defense makes the mark any stronger against noise.',
    },
    {
      focus: 'lanes',
      say: 'Now the agency makes its mark twice as strong.',
      ask: 'In which lane does that help?',
      set: { 'protection.strength': 0.04 },
      band: {
        'one key': { attackSuccessRate: [0.85, 1], bitAccuracy: [0.5, 0.57], psnr: [39, 44] },
        'keys by content': { attackSuccessRate: [0, 0.03], bitAccuracy: [0.96, 1] },
        'eight keys': { attackSuccessRate: [0, 0.03], bitAccuracy: [0.96, 1] },
      },
    },
    {
      focus: 'verdict',
      say: 'Not with one key: what all pictures share shows all the more clearly in the mean, and comes off as before. Only where the keys differ is a stronger mark a safer one, and there it is seen more, too.',
    },
  ],
  notes:
    'The estimate’s error falls as one over the square root of the number of pictures: that is all the theory there is to it. The attacker needs pictures of the same kind without a mark; she needs no copy of a marked one. Try “signal processing” instead: noise, blur and JPEG ruin the picture first; cropping moves every pixel and finishes the mark at once, because its reader does not look for it elsewhere. Keys by content have a price: whoever changes the content changes the key. “Error correction” is a false friend here: at the same strength each bit is fainter, and the mark is missed more often, not less.',

  experiment: {
    data: { id: 'faces', identities: 10, members: 600, nonMembers: 0, population: 600, test: 400 },
    protection: { id: 'dct-watermark' },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, epochs: 10 },
    attack: { id: 'collusion', pictures: 600 },
    lanes: [
      { name: 'one key', defenses: [] },
      { name: 'keys by content', defenses: [{ id: 'content-keys' }] },
      { name: 'eight keys', defenses: [{ id: 'multi-key' }] },
    ],
    seed: 1,
  },
  band: {
    'one key': { attackSuccessRate: [0.8, 1], bitAccuracy: [0.52, 0.62], psnr: [40, 44] },
    'keys by content': { attackSuccessRate: [0, 0.08], bitAccuracy: [0.89, 0.94] },
    'eight keys': { attackSuccessRate: [0, 0.13], bitAccuracy: [0.85, 0.93] },
  },
};
export default scenario;
