/** A normal distribution in many dimensions, as it is fitted to a table of examples. */

/** Mean and covariance (over n − 1) of `count × width` values; the covariance is `width × width`. */
export function meanAndCovariance(table: ArrayLike<number>, width: number) {
  const count = table.length / width;
  const mean = new Float64Array(width);
  for (let at = 0; at < table.length; at++) mean[at % width] = (mean[at % width] as number) + (table[at] as number) / count;
  const covariance = new Float64Array(width * width);
  for (let row = 0; row < table.length; row += width) {
    for (let i = 0; i < width; i++) {
      const di = (table[row + i] as number) - (mean[i] as number);
      for (let j = 0; j <= i; j++) {
        const at = i * width + j;
        covariance[at] = (covariance[at] as number) + (di * ((table[row + j] as number) - (mean[j] as number))) / (count - 1);
      }
    }
  }
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) covariance[i * width + j] = covariance[j * width + i] as number;
  return { mean, covariance };
}

/**
 * The lower triangular L with L · Lᵀ = matrix (Cholesky). Directions in which nothing varies get almost nothing.
 * @param matrix symmetric, `width × width`
 */
export function cholesky(matrix: Float64Array, width: number): Float64Array {
  const factor = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * width + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * width + k] as number) * (factor[j * width + k] as number);
      const diagonal = factor[j * width + j] as number;
      factor[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / diagonal;
    }
  }
  return factor;
}
