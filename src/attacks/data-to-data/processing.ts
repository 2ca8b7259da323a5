/** Pictures with values from 0 to 1, made worse in the usual ways. Shapes are `[height, width, channels]`. */
import { cosineTransform } from '../../core/cosine.ts';
import type { Random } from '../../core/random.ts';

const inRange = (value: number) => Math.min(1, Math.max(0, value));

/** @param deviation of the normal noise that each value gets */
export const noisy = (picture: Float32Array, deviation: number, random: Random): Float32Array<ArrayBuffer> =>
  Float32Array.from(picture, (value) => inRange(value + deviation * random.normal()));

/** Each value as a mean of those around it, weighted by a Gaussian; beyond the rim the picture goes on as it ends. */
export function blurred(picture: Float32Array, shape: readonly number[], deviation: number): Float32Array {
  if (deviation === 0) return picture.slice();
  const [height, width, channels] = shape as [number, number, number];
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (from: Float32Array, at: (line: number, column: number, step: number) => number) =>
    from.map((_, i) => {
      const [pixel, channel] = [Math.floor(i / channels), i % channels];
      const [line, column] = [Math.floor(pixel / width), pixel % width];
      return weights.reduce(
        (sum, weight, k) => sum + (weight / total) * (from[at(line, column, k - reach) * channels + channel] as number),
        0,
      );
    });
  const inside = (place: number, side: number) => Math.min(side - 1, Math.max(0, place));
  const across = along(picture, (line, column, step) => line * width + inside(column + step, width));
  return along(across, (line, column, step) => inside(line + step, height) * width + column);
}

/** The middle of a picture, stretched to its whole size, bilinearly. @param share of each side that is cut off, on both ends together */
export function cropped(picture: Float32Array, shape: readonly number[], share: number): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const placeOf = (at: number, side: number) => ((at + 0.5) * (1 - share) + (side * share) / 2 - 0.5) as number;
  return picture.map((_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const [down, right] = [placeOf(Math.floor(pixel / width), height), placeOf(pixel % width, width)];
    const valueAt = (line: number, column: number) => {
      const [y, x] = [Math.min(height - 1, Math.max(0, line)), Math.min(width - 1, Math.max(0, column))];
      return picture[(y * width + x) * channels + channel] as number;
    };
    const [top, left] = [Math.floor(down), Math.floor(right)];
    const [below, beside] = [down - top, right - left];
    const upper = (1 - beside) * valueAt(top, left) + beside * valueAt(top, left + 1);
    const lower = (1 - beside) * valueAt(top + 1, left) + beside * valueAt(top + 1, left + 1);
    return (1 - below) * upper + below * lower;
  });
}

const block = 8;
/** The grey around which JPEG counts. */
const middle = 128 / 255;
/** The luminance table of the JPEG standard (ITU T.81, annex K). */
const table = [
  [16, 11, 10, 16, 24, 40, 51, 61],
  [12, 12, 14, 19, 26, 58, 60, 55],
  [14, 13, 16, 24, 40, 57, 69, 56],
  [14, 17, 22, 29, 51, 87, 80, 62],
  [18, 22, 37, 56, 68, 109, 103, 77],
  [24, 35, 55, 64, 81, 104, 113, 92],
  [49, 64, 78, 87, 103, 121, 120, 101],
  [72, 92, 95, 98, 112, 100, 103, 99],
].flat();
const transform = cosineTransform(block, block);

/**
 * What JPEG loses, without the file: the waves of each 8 × 8 block, rounded to multiples of the standard's luminance table, in each channel
 * alike; beyond the rim the picture goes on as it ends.
 * @param roughness from 0 for quality 100 to 1 for quality 1, as libjpeg counts it
 */
export function quantised(picture: Float32Array, shape: readonly number[], roughness: number): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const quality = 100 - 99 * roughness;
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50;
  const units = table.map((own) => Math.min(255, Math.max(1, Math.floor(own * scale + 0.5))) / 255);
  const out = new Float32Array(picture.length);
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block) {
      for (let channel = 0; channel < channels; channel++) {
        const placeOf = (at: number) => {
          const line = Math.min(height - 1, top + Math.floor(at / block));
          const column = Math.min(width - 1, left + (at % block));
          return (line * width + column) * channels + channel;
        };
        const plane = Float64Array.from(table, (_, at) => (picture[placeOf(at)] as number) - middle);
        const waves = transform
          .forward(plane)
          .map((wave, at) => Math.round(wave / (units[at] as number)) * (units[at] as number));
        const back = transform.inverse(waves);
        for (let at = back.length - 1; at >= 0; at--) out[placeOf(at)] = inRange((back[at] as number) + middle);
      }
    }
  }
  return out;
}
