/**
 * Shuffled blocks put back in order: from the pictures alone, as a jigsaw, or with a few pictures of which the attacker also has the plain
 * ones. It works where many pictures share a key.
 */
import { defineAttack } from '../../core/attack.ts';
import { type BlockKey, blockAt, type Cut, composed, cutOf, moved, pixelsAfter, turned, turns } from '../../core/blocks.ts';
import { ended, note, progress, working } from '../../core/event.ts';
import { leastSquares } from '../../core/least-squares.ts';
import { choice, count, toggle } from '../../core/params.ts';
import { bestAssignment } from '../../metrics/assignment.ts';
import { assembled, type Placed } from './jigsaw.ts';

/** Pictures that a jigsaw is made from: more make it no surer. */
const mostPieces = 200;

export default defineAttack({
  id: 'block-decryption',
  title: 'Blocks put back',
  axis: 'data-to-data',
  family: 'data decryption',
  says: 'Finds the key of shuffled blocks: neighbours are those whose edges rise and fall together from picture to picture, or those that some known pictures show.',
  paper: {
    title: 'Encryption-then-compression systems using grayscale-based image encryption for JPEG images',
    authors: 'Chuman, Sirichotedumrong, Kiya',
    venue: 'TIFS',
    year: 2019,
    arxiv: '1811.00236',
  },
  access: 'encrypted-pictures',
  brings: 'decrypted pictures',
  knows: ['population'],
  params: {
    method: choice({
      label: 'Method',
      says: 'Jigsaw: from the encrypted pictures alone. Known pictures: block by block from some that she had encrypted. Least squares: from those too, without knowing how they are encrypted, only that each pixel is a sum of pixels.',
      choices: ['jigsaw', 'known pictures', 'least squares'],
      initial: 'jigsaw',
    }),
    pairs: count({
      label: 'Known pictures',
      says: 'Pictures that she has both plain and encrypted, where the method needs some.',
      min: 1,
      max: 2000,
      step: 1,
      initial: 10,
    }),
    adaptive: toggle({
      label: 'Knows that keys differ',
      says: 'Solves each picture by itself. One picture shows far less of what lies beside what than hundreds do.',
      initial: false,
    }),
  },
  metrics: ['recoveryRate', 'psnr', 'ssim', 'testAccuracy'],
  refuses({ method }, { shape: [height, width] }) {
    return method === 'jigsaw' && height !== width ? 'a jigsaw is made of square pictures here' : undefined;
  },
  async *run(target, { method, pairs, adaptive }, { auxiliary, shape }) {
    const cut = cutOf(shape, target.side);
    const size = auxiliary.size;
    const encrypted = rowsOf(target.pictures, size);
    const pictures = new Float32Array(target.pictures.length);
    const usual = meanPicture(rowsOf(auxiliary.inputs, size));
    const restore = (row: number, key: BlockKey) => pictures.set(moved(encrypted[row] as Float32Array, cut, key), row * size);
    if (method === 'jigsaw' && adaptive) {
      for (const [row, picture] of encrypted.entries()) {
        restore(row, laidBy(ended(assembled([picture], cut)), [picture], cut, usual));
        if (row % 10 === 0) yield progress('putting pictures together', row, target.count);
      }
    } else if (method === 'jigsaw') {
      const some = encrypted.slice(0, mostPieces);
      const group = yield* working('putting the pictures together', assembled(some, cut));
      const key = laidBy(group, some, cut, usual);
      for (const row of encrypted.keys()) restore(row, key);
    } else {
      const known = Math.min(pairs, auxiliary.count);
      if (known < pairs) yield note(`She has ${known} pictures to have encrypted, not ${pairs}.`);
      const { plain, encrypted: seen } = target.pairs(known);
      if (method === 'known pictures') {
        yield progress('comparing blocks', 0, 1);
        const key = keyFrom(rowsOf(seen, size), rowsOf(plain, size), cut);
        for (const row of encrypted.keys()) restore(row, key);
      } else {
        const back = yield* affineMap(seen, plain, size);
        for (const [row, picture] of encrypted.entries()) pictures.set(back(picture), row * size);
      }
    }
    return { kind: 'decrypted pictures', pictures, side: target.side };
  },
});

/**
 * A jigsaw does not know which way is up, what is a negative, nor where in the picture the blocks belong that it has joined: they are laid where
 * they are most like what lies there in such pictures on average, and then each block that is left over is.
 * @param usual the mean of such pictures
 */
function laidBy(group: readonly Placed[], pictures: readonly Float32Array[], cut: Cut, usual: Float32Array): BlockKey {
  const blocks = cut.rows * cut.columns;
  const mean = meanPicture(pictures);
  const laid = turns.map((turn) => pixelsAfter(turn, cut.side));
  const key: BlockKey = {
    places: new Int32Array(blocks).fill(-1),
    turns: new Int32Array(blocks),
    negated: new Uint8Array(blocks),
  };
  let least = Number.POSITIVE_INFINITY;
  let best: readonly Placed[] = group;
  for (const turn of turns) {
    for (const negative of [false, true]) {
      const whole = group.map(
        (one): Placed => ({
          block: one.block,
          cell: turned(turn, one.cell),
          turn: composed(turn, one.turn),
          negated: one.negated !== negative,
        }),
      );
      for (const placed of offsets(whole, cut)) {
        const error = placed.reduce((sum, { block, cell, turn: own, negated }) => {
          const place = cell[0] * cut.columns + cell[1];
          return sum + errorsOf(mean, usual, cut, laid[own] as Int32Array, block, place)[negated ? 1 : 0];
        }, 0);
        if (error >= least) continue;
        least = error;
        best = placed;
      }
    }
  }
  for (const { block, cell, turn, negated } of best) {
    key.places[block] = cell[0] * cut.columns + cell[1];
    key.turns[block] = turn;
    key.negated[block] = negated ? 1 : 0;
  }
  const left = Array.from(key.places.keys()).filter((block) => (key.places[block] as number) < 0);
  const taken = new Set(key.places);
  const free = Array.from(key.places.keys()).filter((place) => !taken.has(place));
  if (left.length > 0) match(key, left, free, (block, place) => nearestWay([mean], [usual], cut, laid, block, place));
  return key;
}

/** A group everywhere in the picture where it can lie. */
function* offsets(group: readonly Placed[], { rows, columns }: Cut): Generator<readonly Placed[]> {
  const [down, across] = [group.map(({ cell }) => cell[0]), group.map(({ cell }) => cell[1])];
  const [top, left, bottom, right] = [Math.min(...down), Math.min(...across), Math.max(...down), Math.max(...across)];
  for (let row = 0; row + bottom - top < rows; row++)
    for (let column = 0; column + right - left < columns; column++)
      yield group.map((one) => ({ ...one, cell: [one.cell[0] - top + row, one.cell[1] - left + column] }));
}

/** Gives each of these blocks one of these places, all at once, as cheaply as can be. */
function match(key: BlockKey, blocks: readonly number[], places: readonly number[], way: (block: number, place: number) => Way) {
  const ways = blocks.map((block) => places.map((place) => way(block, place)));
  for (const [i, at] of bestAssignment(ways.map((row) => row.map(({ error }) => error))).entries()) {
    const block = blocks[i] as number;
    const { turn, negated } = (ways[i] as Way[])[at] as Way;
    key.places[block] = places[at] as number;
    key.turns[block] = turn;
    key.negated[block] = negated;
  }
}

/** The key that takes encrypted pictures to plain ones as nearly as possible. */
function keyFrom(encrypted: readonly Float32Array[], plain: readonly Float32Array[], cut: Cut): BlockKey {
  const all = Array.from({ length: cut.rows * cut.columns }, (_, block) => block);
  const laid = turns.map((turn) => pixelsAfter(turn, cut.side));
  const key: BlockKey = {
    places: new Int32Array(all.length),
    turns: new Int32Array(all.length),
    negated: new Uint8Array(all.length),
  };
  match(key, all, all, (block, place) => nearestWay(encrypted, plain, cut, laid, block, place));
  return key;
}

interface Way {
  readonly turn: number;
  readonly negated: number;
  readonly error: number;
}

/** How a block must be laid to be most like what lies at a place of other pictures. */
function nearestWay(
  pictures: readonly Float32Array[],
  others: readonly Float32Array[],
  cut: Cut,
  laid: readonly Int32Array[],
  block: number,
  place: number,
): Way {
  let best: Way = { turn: 0, negated: 0, error: Number.POSITIVE_INFINITY };
  for (const [turn, pixels] of laid.entries()) {
    const sums = [0, 0];
    for (const [at, picture] of pictures.entries())
      for (const [i, error] of errorsOf(picture, others[at] as Float32Array, cut, pixels, block, place).entries())
        sums[i] = (sums[i] as number) + error;
    const negated = (sums[1] as number) < (sums[0] as number) ? 1 : 0;
    const error = sums[negated] as number;
    if (error < best.error) best = { turn, negated, error };
  }
  return best;
}

/** What a block that is laid so differs by from what lies at a place of another picture, and what its negative does: sums of squares. */
function errorsOf(
  picture: Float32Array,
  other: Float32Array,
  cut: Cut,
  pixels: Int32Array,
  block: number,
  place: number,
): readonly [number, number] {
  const [from, to] = [blockAt(cut, block), blockAt(cut, place)];
  const { channels } = cut;
  let [same, opposite] = [0, 0];
  for (let i = 0; i < to.length; i++) {
    const source = (pixels[Math.floor(i / channels)] as number) * channels + (i % channels);
    const [x, y] = [picture[from[source] as number] as number, other[to[i] as number] as number];
    same += (x - y) ** 2;
    opposite += (1 - x - y) ** 2;
  }
  return [same, opposite];
}

/** The affine map that takes encrypted pictures to plain ones as nearly as possible; the shortest, where few are known. */
function* affineMap(encrypted: Float32Array, plain: Float32Array, size: number) {
  const count = plain.length / size;
  const inputs = new Float64Array(count * (size + 1)).fill(1);
  for (let row = 0; row < count; row++) inputs.set(encrypted.subarray(row * size, (row + 1) * size), row * (size + 1));
  const right = Array.from({ length: size }, (_, pixel) =>
    Float64Array.from({ length: count }, (_zero, row) => plain[row * size + pixel] as number),
  );
  const solving = leastSquares(inputs, count, size + 1, right);
  const rows = yield* working('solving for the map', solving, Math.min(count, size + 1));
  return (picture: Float32Array) =>
    Float32Array.from(rows, (weights) => {
      let sum = weights[size] as number;
      for (let i = 0; i < size; i++) sum += (weights[i] as number) * (picture[i] as number);
      return Math.min(1, Math.max(0, sum)); // everybody knows that pixels are from 0 to 1
    });
}

const rowsOf = (pictures: Float32Array, size: number) =>
  Array.from({ length: pictures.length / size }, (_, row) => pictures.subarray(row * size, (row + 1) * size));

function meanPicture(pictures: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array((pictures[0] as Float32Array).length);
  for (const picture of pictures) for (const [at, value] of picture.entries()) sum[at] = (sum[at] as number) + value;
  return sum.map((value) => value / pictures.length);
}
