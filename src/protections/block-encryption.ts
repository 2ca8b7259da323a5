/**
 * Learnable encryption of pictures: cut into blocks that are shuffled, turned and made negatives, so that nobody sees what is on them and
 * a network can learn from them all the same.
 */

import { type BlockKey, cutOf, moved, turns } from '../core/blocks.ts';
import { progress } from '../core/event.ts';
import { type Examples, oneHot } from '../core/examples.ts';
import { choice, count, toggle } from '../core/params.ts';
import { defineProtection } from '../core/protection.ts';
import type { Random } from '../core/random.ts';

export default defineProtection({
  id: 'block-encryption',
  title: 'Shuffled blocks',
  says: 'Cuts each picture into blocks and shuffles, turns and negates them by a key. Eyes see nothing on it; a network learns from it nearly as well as from the picture.',
  paper: {
    title: 'Learnable image encryption',
    authors: 'Tanaka',
    venue: 'ICCE-TW',
    year: 2018,
    arxiv: '1804.00490',
  },
  access: 'encrypted-pictures',
  params: {
    side: count({
      label: 'Side of a block',
      says: 'Pixels; it must divide the picture’s height and width. Smaller blocks are more of them to put in order.',
      min: 2,
      max: 16,
      step: 1,
      initial: 4,
    }),
    key: choice({
      label: 'A key for',
      says: 'All pictures, so that a network sees each place of the picture where it was before; or each picture, so that it does not.',
      choices: ['all pictures', 'each picture'],
      initial: 'all pictures',
    }),
    shuffled: toggle({ label: 'Shuffles', says: 'Puts the blocks into another order.', initial: true }),
    turned: toggle({ label: 'Turns', says: 'Lays each block in one of eight ways, mirrored ones among them.', initial: true }),
    negated: toggle({ label: 'Negates', says: 'Makes half of the blocks negatives.', initial: true }),
  },
  refuses({ side }, { shape }) {
    const [height, width] = shape;
    if (shape.length !== 3 || !height || !width) return `its examples have the shape [${shape}], and are no pictures`;
    const fits = height % side === 0 && width % side === 0;
    return fits ? undefined : `pictures of ${height} × ${width} cannot be cut into blocks of ${side} × ${side}`;
  },
  async *protect(options, { examples, test, auxiliary, shape, classes, random }) {
    yield progress('encrypting the pictures', 0, 1);
    const cut = cutOf(shape, options.side);
    const blocks = cut.rows * cut.columns;
    const one = keyOf(options, blocks, random.stream('key'));
    const encrypted = (plain: Examples, of: string) => {
      const out = new Float32Array(plain.inputs.length);
      for (let row = 0; row < plain.count; row++) {
        const key = options.key === 'all pictures' ? one : keyOf(options, blocks, random.stream(`${of}/${row}`));
        out.set(moved(plain.inputs.subarray(row * plain.size, (row + 1) * plain.size), cut, key), row * plain.size);
      }
      return { ...plain, inputs: out };
    };
    const { inputs } = encrypted(examples, 'examples');
    return {
      released: {
        count: examples.count,
        pictures: inputs,
        side: options.side,
        pairs(count) {
          const some = { ...auxiliary, count, inputs: auxiliary.inputs.slice(0, count * auxiliary.size) };
          return { plain: some.inputs, encrypted: encrypted(some, 'pairs').inputs };
        },
      },
      learnable: { shape, inputs, targets: oneHot(examples.labels, classes), test: encrypted(test, 'test') },
      reader: undefined,
    };
  },
});

function keyOf(
  { shuffled, turned, negated }: { readonly shuffled: boolean; readonly turned: boolean; readonly negated: boolean },
  blocks: number,
  random: Random,
): BlockKey {
  const inOrder = Int32Array.from({ length: blocks }, (_, block) => block);
  return {
    places: shuffled ? random.stream('order').permutation(blocks) : inOrder,
    turns: inOrder.map(() => (turned ? random.integer(turns.length) : 0)),
    negated: Uint8Array.from(inOrder, () => (negated ? random.integer(2) : 0)),
  };
}
