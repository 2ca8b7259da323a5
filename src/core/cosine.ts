/**
 * The two-dimensional cosine transform (type II, orthonormal): pictures as sums of waves, in which JPEG throws away what eyes miss and
 * watermarks hide.
 */

/** `side × side`: row u is the wave of frequency u. Orthonormal, so its transpose undoes it. */
function cosines(side: number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, at) => {
    const [u, x] = [Math.floor(at / side), at % side];
    return Math.sqrt((u === 0 ? 1 : 2) / side) * Math.cos((Math.PI * (2 * x + 1) * u) / (2 * side));
  });
}

export interface CosineTransform {
  /** Waves of one channel: `height × width`, down and to the right more and more of them. */
  forward(plane: ArrayLike<number>): Float64Array;
  inverse(waves: ArrayLike<number>): Float64Array;
}

export function cosineTransform(height: number, width: number): CosineTransform {
  const [down, across] = [cosines(height), cosines(width)];
  return {
    forward: (plane) => product(down, product(plane, across, height, width, width, true), height, height, width, false),
    inverse: (waves) =>
      product(transposed(down, height), product(waves, across, height, width, width, false), height, height, width, false),
  };
}

/** `a (rows × inner)` times `b (inner × columns)`, or times its transpose. */
function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rows: number,
  inner: number,
  columns: number,
  isTransposed: boolean,
): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let i = 0; i < inner; i++)
        sum += (a[row * inner + i] as number) * (b[isTransposed ? column * inner + i : i * columns + column] as number);
      out[row * columns + column] = sum;
    }
  }
  return out;
}

const transposed = (square: Float64Array, side: number) =>
  square.map((_, at) => square[(at % side) * side + Math.floor(at / side)] as number);
