/** Scores decrypted pictures against what they were before they were encrypted, block by block and as a whole. */
import type { EncryptedPictures } from '../core/access.ts';
import type { DecryptedPictures } from '../core/artefact.ts';
import { blockAt, type Cut, cutOf, moved, turns } from '../core/blocks.ts';
import { evidence, type LaneEvent, metric } from '../core/event.ts';
import type { Examples } from '../core/examples.ts';
import type { Random } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import { meanOf } from '../metrics/intervals.ts';
import { meanSquaredError, psnrOf, ssim } from '../metrics/pictures.ts';

/** A block whose mean squared error is at most this looks the same; most that are right are the same to the last bit. */
const sameBlock = 0.0025;
/** The smallest error that is told: 60 dB, where nobody sees anything; one that is right to the last bit has infinitely many. */
const smallest = 1e-6;
const shown = 6;
/** Pictures that are measured: more would only take longer. */
const mostMeasured = 200;

/** @param random draws the keys of somebody who guesses one */
export function* judgePictures(
  { pictures: found, side }: DecryptedPictures,
  released: EncryptedPictures,
  plain: Examples,
  shape: readonly number[],
  random: Random,
): Generator<LaneEvent> {
  const cut = cutOf(shape, side);
  const { size } = plain;
  const rowOf = (table: Float32Array, row: number) => table.subarray(row * size, (row + 1) * size);
  const rows = Array.from({ length: Math.min(mostMeasured, plain.count) }, (_, row) => row);
  // Nobody can tell a face from its mirror image who has seen neither: all pictures are held against what they were, or all against that.
  const ways = [found, mirrored(found, plain.count, shape)].map((pictures) => ({
    pictures,
    shares: rows.map((row) => shareRight(rowOf(pictures, row), rowOf(plain.inputs, row), cut)),
  }));
  const { pictures, shares } = ways.reduce((best, way) => (mean(way.shares) > mean(best.shares) ? way : best));
  const guessed = rows.map((row) => {
    const key = guessedKey(cut, random);
    return shareRight(moved(rowOf(released.pictures, row), cut, key), rowOf(plain.inputs, row), cut);
  });
  const recovered = meanOf(shares, 'pictures, of the blocks in each that are right, perhaps in a mirror', mean(guessed));
  yield metric('recoveryRate', { ...recovered, chanceIs: 'a key at random' });
  const grey = new Float32Array(size).fill(0.5);
  const decibels = (one: (row: number) => Float32Array) =>
    rows.map((row) => psnrOf(Math.max(smallest, meanSquaredError(one(row), rowOf(plain.inputs, row)))));
  const psnr = meanOf(
    decibels((row) => rowOf(pictures, row)),
    'pictures',
    mean(decibels(() => grey)),
  );
  yield metric('psnr', { ...psnr, chanceIs: 'plain grey' });
  yield metric(
    'ssim',
    meanOf(
      rows.map((row) => ssim(rowOf(pictures, row), rowOf(plain.inputs, row), shape)),
      'pictures',
    ),
  );

  const [height, width, channels] = shape as [number, number, 1 | 3];
  const some = rows.slice(0, shown);
  const pixels = new Float32Array(some.length * 3 * size);
  for (const row of some) {
    for (const [at, table] of [released.pictures, pictures, plain.inputs].entries())
      pixels.set(rowOf(table, row), (3 * row + at) * size);
  }
  const items = some.flatMap((row) => {
    const right = shares[row] as number;
    return [
      { caption: 'encrypted' },
      { caption: `${Math.round(100 * right)} % put back`, mark: right > 0.5 ? ('right' as const) : ('wrong' as const) },
      { caption: 'the picture' },
    ];
  });
  const title = 'What leaves the house, what the attacker makes of it, and what it was';
  yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 3, pixels, items });
}

function mirrored(pictures: Float32Array, count: number, [height, width, channels]: readonly number[]): Float32Array {
  const out = new Float32Array(pictures.length);
  const [lines, columns, depth] = [count * (height as number), width as number, channels as number];
  for (let line = 0; line < lines; line++) {
    for (let column = 0; column < columns; column++) {
      const from = (line * columns + columns - 1 - column) * depth;
      out.set(pictures.subarray(from, from + depth), (line * columns + column) * depth);
    }
  }
  return out;
}

function shareRight(picture: Float32Array, plain: Float32Array, cut: Cut): number {
  const blocks = cut.rows * cut.columns;
  let right = 0;
  for (let block = 0; block < blocks; block++) {
    const places = blockAt(cut, block);
    let error = 0;
    for (const at of places) error += ((picture[at] as number) - (plain[at] as number)) ** 2;
    if (error / places.length <= sameBlock) right++;
  }
  return right / blocks;
}

function guessedKey({ rows, columns }: Cut, random: Random) {
  const places = random.permutation(rows * columns);
  return {
    places,
    turns: places.map(() => random.integer(turns.length)),
    negated: Uint8Array.from(places, () => random.integer(2)),
  };
}
