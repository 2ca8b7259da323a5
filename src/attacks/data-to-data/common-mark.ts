/**
 * What a collection of pictures has in common that others of its kind have not: the difference of two means, wave by wave. Most of what it
 * shows is chance; each wave is kept in so far as it is more than that.
 */
import type { MarkedPictures } from '../../core/access.ts';
import type { CleanedPictures } from '../../core/artefact.ts';
import type { AttackEvent } from '../../core/attack.ts';
import { note, progress } from '../../core/event.ts';
import type { Examples } from '../../core/examples.ts';

/** Sums of values and of their squares, over pictures. */
export class Moments {
  count = 0;
  readonly sums: Float64Array;
  readonly squares: Float64Array;

  constructor(size: number) {
    this.sums = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  add(values: ArrayLike<number>): void {
    this.count++;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      this.sums[i] = (this.sums[i] as number) + value;
      this.squares[i] = (this.squares[i] as number) + value * value;
    }
  }

  mean(at: number): number {
    return (this.sums[at] as number) / this.count;
  }

  /** Of a sample. */
  variance(at: number): number {
    return ((this.squares[at] as number) - this.count * this.mean(at) ** 2) / (this.count - 1);
  }
}

/** Twice its standard error is as much as chance shows now and then. */
const doubt = 4;

/**
 * How much more each value is here than elsewhere, shrunk towards 0 by what chance may have added: the positive part of James and Stein's
 * estimator, value by value.
 */
export function commonMark(here: Moments, elsewhere: Moments): Float64Array {
  return here.sums.map((_, at) => {
    const difference = here.mean(at) - elsewhere.mean(at);
    const squaredError = here.variance(at) / here.count + elsewhere.variance(at) / elsewhere.count;
    return difference * Math.max(0, 1 - (doubt * squaredError) / (difference ** 2 + 1e-12));
  });
}

/** From so few pictures on it is shown what she has got rid of, each time with four times as many. */
const fewest = 10;

/**
 * Compares more and more marked pictures with public ones, and cleans all of them by what that shows.
 * @param wanted how many marked ones at most
 * @param seenIn what is compared of a picture
 * @param cleaned the marked pictures by what is known so far
 */
export async function* compared(
  { pictures, count }: MarkedPictures,
  auxiliary: Examples,
  wanted: number,
  seenIn: (picture: Float32Array) => ArrayLike<number>,
  cleaned: (here: Moments, elsewhere: Moments) => Float32Array<ArrayBuffer>,
): AsyncGenerator<AttackEvent, CleanedPictures> {
  const size = pictures.length / count;
  const have = Math.min(wanted, count);
  if (have < wanted) yield note(`She has ${have} marked pictures, not ${wanted}.`);
  const [here, elsewhere] = [new Moments(size), new Moments(size)];
  for (let row = 0; row < auxiliary.count; row++) {
    if (row % 200 === 0) yield progress('looking at pictures without a mark', row, auxiliary.count);
    elsewhere.add(seenIn(auxiliary.inputs.subarray(row * size, (row + 1) * size)));
  }
  let next = fewest;
  for (let row = 0; row < have; row++) {
    if (row % 200 === 0) yield progress('looking at marked pictures', row, have);
    here.add(seenIn(pictures.subarray(row * size, (row + 1) * size)));
    if (here.count < next || here.count === have) continue;
    yield { type: 'artefact', artefact: { kind: 'cleaned pictures', pictures: cleaned(here, elsewhere) } };
    next *= 4;
  }
  return { kind: 'cleaned pictures', pictures: cleaned(here, elsewhere) };
}
