/** Pictures whose blocks are in disorder, put together again from nothing but themselves. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'shuffled-faces',
  title: 'A jigsaw with six hundred pictures',
  axis: 'data-to-data',
  level: 'deeper',
  says: 'To have a network learn from faces that nobody may see, their owner cuts each picture into blocks and shuffles, turns and negates them by a secret key. An attacker sees only what leaves the house.',
  story: [
    {
      focus: 'data',
      say: 'Sixteen blocks can be laid in 16! · 8¹⁶ · 2¹⁶ ways: more keys than a cipher of 100 bits has. A network learns from them as well as from the faces.',
    },
    {
      focus: 'attack',
      say: 'One key for all pictures. So what lay side by side lies in the same two places in every one of them, and its edges rise and fall together.',
      ask: 'How many known pictures does she need?',
    },
    {
      focus: 'evidence',
      say: 'None: six hundred encrypted pictures are enough. The left column leaves the house, the middle one is what she makes of it.',
    },
    {
      focus: 'defense',
      say: 'The second lane takes a new key for each picture. Nothing adds up any more.',
      ask: 'For whom does nothing add up?',
    },
    {
      focus: 'verdict',
      say: 'A key for each picture stops her, and the network too: it can no more learn from the disorder than she can. What one of them reads, the other does.',
    },
    {
      focus: 'lanes',
      say: 'Now only sixty encrypted pictures leave the house, a tenth of what it was.',
      ask: 'Who misses the others more, the network or the attacker?',
      set: { 'data.members': 60 },
      band: {
        undefended: { recoveryRate: [0.9, 1], testAccuracy: [0.4, 0.7] },
        'a key for each picture': { recoveryRate: [0, 0.06], testAccuracy: [0.03, 0.22] },
      },
    },
    {
      focus: 'verdict',
      say: 'The network: it tells little more than half of the faces apart, where it had told nearly all. She still puts every block in its place.',
    },
  ],
  notes:
    'Students count keys and feel safe: the number of keys says nothing where data gives away structure. With the method “known pictures” a single one is enough; “least squares” needs some hundred and no idea of blocks, because the encryption is a linear map. At 4 × 4 pixels a block the jigsaw gets a bit more than half right. Mirror images count as right: nobody knows which side a stranger parts her hair.',

  experiment: {
    data: { id: 'faces', identities: 10, members: 600, nonMembers: 0, population: 600, test: 400 },
    protection: { id: 'block-encryption', side: 8 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, epochs: 15 },
    attack: { id: 'block-decryption' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'a key for each picture', defenses: [{ id: 'key-per-image' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { recoveryRate: [0.9, 1], testAccuracy: [0.93, 1] },
    'a key for each picture': { recoveryRate: [0, 0.04], testAccuracy: [0.03, 0.2] },
  },
};
export default scenario;
