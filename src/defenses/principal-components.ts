/** The directions in which rows of numbers differ most. */

/**
 * The first `wanted` principal components, by power iteration on the covariance, each kept apart from those before it.
 * @param rows `count × width`
 * @returns scores: how far each centred row lies along each component, `count × components`
 */
export function principalScores(rows: Float32Array, width: number, wanted: number): Float64Array {
  const count = rows.length / width;
  const centred = centredRows(rows, width);
  const covariance = covarianceOf(centred, width);
  const components = Math.min(wanted, width);
  const scores = new Float64Array(count * components);
  const found: Float64Array[] = [];
  for (let component = 0; component < components; component++) {
    const direction = strongest(covariance, found, width);
    found.push(direction);
    for (let row = 0; row < count; row++) {
      let along = 0;
      for (let i = 0; i < width; i++) along += (centred[row * width + i] as number) * (direction[i] as number);
      scores[row * components + component] = along;
    }
  }
  return scores;
}

function centredRows(rows: Float32Array, width: number): Float64Array {
  const count = rows.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) mean[i % width] = (mean[i % width] as number) + (rows[i] as number) / count;
  return Float64Array.from(rows, (value, i) => value - (mean[i % width] as number));
}

/** `width × width` */
function covarianceOf(centred: Float64Array, width: number): Float64Array {
  const covariance = new Float64Array(width * width);
  for (let from = 0; from < centred.length; from += width) {
    for (let i = 0; i < width; i++) {
      const own = centred[from + i] as number;
      if (own === 0) continue; // a ReLU is silent half of the time, and its mean may be 0
      for (let j = 0; j < width; j++) {
        covariance[i * width + j] = (covariance[i * width + j] as number) + own * (centred[from + j] as number);
      }
    }
  }
  return covariance;
}

const mostRounds = 500;
const still = 1e-10;

/** The direction that a symmetric matrix stretches most, of those at right angles to all in `apart`. */
function strongest(matrix: Float64Array, apart: readonly Float64Array[], width: number): Float64Array {
  // A beginning with something of every direction in it, and the same each time.
  let direction = normalised(
    Float64Array.from({ length: width }, (_, i) => 1 + Math.sin(i + 1)),
    apart,
  );
  for (let round = 0; round < mostRounds; round++) {
    const stretched = new Float64Array(width);
    for (let i = 0; i < width; i++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += (matrix[i * width + j] as number) * (direction[j] as number);
      stretched[i] = sum;
    }
    const next = normalised(stretched, apart);
    const turned = next.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
    direction = next;
    if (Math.abs(turned) > 1 - still || turned === 0) break;
  }
  return direction;
}

/** At right angles to the others, and of length 1; all zeros where nothing is left. */
function normalised(vector: Float64Array, apart: readonly Float64Array[]): Float64Array {
  const own = vector.slice();
  for (const other of apart) {
    const along = own.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
    for (let i = 0; i < own.length; i++) own[i] = (own[i] as number) - along * (other[i] as number);
  }
  const length = Math.hypot(...own);
  return length > 1e-12 ? own.map((value) => value / length) : own.fill(0);
}
