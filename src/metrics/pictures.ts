/** How alike two pictures are. Each number alone misleads: a plain grey one has a small error, and a negative a high one. */

type Pixels = ArrayLike<number>;

/** Mean of squared differences; of values from 0 to 1. */
export function meanSquaredError(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum / a.length;
}

/** Peak signal to noise in decibels, for values from 0 to 1; ∞ where nothing differs. */
export const psnrOf = (error: number): number => -10 * Math.log10(error);

/** Pearson's correlation; 0 where one of them is flat, which says nothing about the other. */
export function correlation(a: Pixels, b: Pixels): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += (a[i] as number) / n;
    meanB += (b[i] as number) / n;
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 1e-12 && bb > 1e-12 ? ab / Math.sqrt(aa * bb) : 0;
}

const windowSide = 7;

/**
 * Structural similarity (Wang et al. 2004) of two pictures with values from 0 to 1, with uniform windows of 7 × 7, unbiased variances
 * and the usual constants, averaged over all places where a window fits, as scikit-image does it by default. Channels are averaged.
 * @param shape `[height, width, channels]`
 */
export function ssim(a: Pixels, b: Pixels, [height, width, channels]: readonly number[]): number {
  const [rows, columns, depth] = [height as number, width as number, channels as number];
  const side = Math.min(windowSide, rows, columns);
  const n = side * side;
  const [c1, c2] = [0.01 ** 2, 0.03 ** 2];
  let [sum, windows] = [0, 0];
  for (let top = 0; top + side <= rows; top++) {
    for (let left = 0; left + side <= columns; left++) {
      for (let channel = 0; channel < depth; channel++) {
        let [sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0];
        for (let r = top; r < top + side; r++) {
          for (let c = left; c < left + side; c++) {
            const at = (r * columns + c) * depth + channel;
            const [x, y] = [a[at] as number, b[at] as number];
            sa += x;
            sb += y;
            saa += x * x;
            sbb += y * y;
            sab += x * y;
          }
        }
        const [meanA, meanB] = [sa / n, sb / n];
        const varianceA = (saa - n * meanA * meanA) / (n - 1);
        const varianceB = (sbb - n * meanB * meanB) / (n - 1);
        const covariance = (sab - n * meanA * meanB) / (n - 1);
        sum +=
          ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
          ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
        windows++;
      }
    }
  }
  return sum / windows;
}
