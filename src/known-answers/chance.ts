/** Where all that is random comes from, and the data that is the same for everybody. */
import mnist from '../../datasets/mnist/index.ts';
import { mulberry32, permutationOf, randomOf } from '../core/random.ts';
import { against, type Check } from './check.ts';

const family = 'Chance and data';

const five = (draw: () => number) => Array.from({ length: 5 }, draw);

export const chanceChecks: readonly Check[] = [
  against('streams.json', {
    id: 'streams',
    family,
    says: 'The first numbers of three random streams, by whose names every run repeats.',
    source: 'cyrb128 and sfc32 in Python',
    allowed: { within: 0, of: 'difference', because: 'the same bits' },
    ours: () => [
      ...five(randomOf(1).uniform),
      ...five(randomOf(1).stream('split').uniform),
      ...five(randomOf('seed/1').stream('weights').uniform),
    ],
    theirs: (streams) => [...streams['1'], ...streams['1/split'], ...streams['seed/1/weights']],
  }),
  against('mnist_order.json', {
    id: 'digits',
    family,
    says: 'The ten thousand digits that this page loads: how they are shuffled, how many there are of each, and the mean grey.',
    source: 'NumPy and plain JavaScript',
    allowed: { within: 1e-9, of: 'difference', because: 'greys are kept in single precision' },
    ours: async ({ seed, n }, { read }) => {
      const order = permutationOf(n, mulberry32(seed));
      const { inputs, labels } = await mnist.load({ heldBack: 0 }, read, randomOf('unused'));
      const counts = new Array<number>(10).fill(0);
      for (const label of labels) counts[label] = (counts[label] as number) + 1;
      const grey = inputs.reduce((sum, value) => sum + value, 0) / inputs.length;
      return [...order.slice(0, 10), ...order.slice(-5), ...counts, ...labels.slice(0, 20), grey];
    },
    theirs: ({ perm_first10, perm_last5, counts, first20_labels, mean }) => [
      ...perm_first10,
      ...perm_last5,
      ...counts,
      ...first20_labels,
      mean,
    ],
  }),
];
