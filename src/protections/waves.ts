/**
 * Pictures as sums of waves, seen by whoever hides a mark in them: which waves carry it, what each usually is in such pictures, and how
 * far one can rely on it.
 */
import { cosineTransform } from '../core/cosine.ts';
import type { Examples } from '../core/examples.ts';
import { mean, variance } from '../core/statistics.ts';

/** How many half periods down and across together carry a mark, as shares of the longer side. */
const [lowest, highest] = [0.25, 1];
/** Added to each wave's variance: no wave is relied on without end. */
const leastVariance = 1e-5;

export interface Waves {
  /** All waves of a picture's lightness, `height · width`. */
  of(picture: Float32Array): Float64Array;
  /** Those that carry a mark. */
  readonly carriers: Int32Array;
  /** What each carrier is in such pictures on average, and 1 over its variance. */
  readonly usual: Float64Array;
  readonly trust: Float64Array;
  /** Of the waves too slow to carry a mark those that differ most from picture to picture, and each one's mean there. */
  readonly coarse: readonly { readonly at: number; readonly mean: number }[];
  /** What these amounts of the carriers look like together, `height · width`. */
  plane(amounts: Float64Array): Float64Array;
  /** A picture with such a plane laid on, in all channels alike; values stay from 0 to 1. */
  with(picture: Float32Array, plane: Float64Array): Float32Array<ArrayBuffer>;
}

/** @param shape `[height, width, channels]` */
export function wavesIn({ inputs, count, size }: Examples, [height, width, channels]: readonly number[]): Waves {
  const [rows, columns, depth] = [height as number, width as number, channels as number];
  const transform = cosineTransform(rows, columns);
  const of = (picture: Float32Array) =>
    transform.forward(
      Float64Array.from({ length: rows * columns }, (_, at) => mean(picture.subarray(at * depth, (at + 1) * depth))),
    );
  const side = Math.max(rows, columns);
  const all = Array.from({ length: rows * columns }, (_, at) => at);
  const speedOf = (at: number) => (Math.floor(at / columns) + (at % columns)) / side;
  const carriers = Int32Array.from(all.filter((at) => speedOf(at) >= lowest && speedOf(at) < highest));
  const seen = Array.from({ length: count }, (_, row) => of(inputs.subarray(row * size, (row + 1) * size)));
  const column = (at: number) => seen.map((waves) => waves[at] as number);
  const spread = (at: number) => variance(column(at), 0);
  const slow = all.filter((at) => at > 0 && speedOf(at) < lowest);
  return {
    of,
    carriers,
    usual: Float64Array.from(carriers, (at) => mean(column(at))),
    trust: Float64Array.from(carriers, (at) => 1 / (spread(at) + leastVariance)),
    coarse: slow.toSorted((a, b) => spread(b) - spread(a)).map((at) => ({ at, mean: mean(column(at)) })),
    plane(amounts) {
      const added = new Float64Array(rows * columns);
      for (const [i, at] of carriers.entries()) added[at] = amounts[i] as number;
      return transform.inverse(added);
    },
    with: (picture, plane) =>
      Float32Array.from(picture, (value, at) => Math.min(1, Math.max(0, value + (plane[Math.floor(at / depth)] as number)))),
  };
}
