/** What a transformer does between its products when it reads a few characters more: see src/stack/decoder.ts. */

const epsilon: f32 = 1e-5;

/** `out [rows, width]`: each row of `x` divided by the root of its mean square. @param width a multiple of 4 */
export function normalize(x: usize, out: usize, rows: i32, width: i32): void {
  const stride = width << 2;
  for (let r = 0; r < rows; r++) {
    const row = x + r * stride;
    let squares = f32x4.splat(0);
    for (let i = 0; i < stride; i += 16) {
      const values = v128.load(row + i);
      squares = f32x4.add(squares, f32x4.mul(values, values));
    }
    const scale = f32x4.splat(1 / sqrt(sumOf(squares) / f32(width) + epsilon));
    for (let i = 0; i < stride; i += 16) v128.store(out + r * stride + i, f32x4.mul(v128.load(row + i), scale));
  }
}

/** `x += y`, both of so many values. @param size a multiple of 4 */
export function addTo(x: usize, y: usize, size: i32): void {
  for (let i = 0; i < size << 2; i += 16) v128.store(x + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
}

/**
 * Turns each head of each row by the angles of its place, where it stands.
 * @param angles for each place the cosines of a head's first half, then the sines
 * @param place of the first row; @param onward 1 where each row stands one place further, 0 where all stand at the same
 */
export function rotate(x: usize, angles: usize, rows: i32, heads: i32, size: i32, place: i32, onward: bool): void {
  const half = (size >> 1) << 2;
  for (let r = 0; r < rows; r++) {
    const own = angles + (place + (onward ? r : 0)) * (size << 2);
    for (let head = 0; head < heads; head++) {
      const at = x + (r * heads + head) * (size << 2);
      for (let i = 0; i < half; i += 4) {
        const cosine = load<f32>(own + i);
        const sine = load<f32>(own + half + i);
        const a = load<f32>(at + i);
        const b = load<f32>(at + half + i);
        store<f32>(at + i, a * cosine - b * sine);
        store<f32>(at + half + i, b * cosine + a * sine);
      }
    }
  }
}

/**
 * `out [rows, width]`: what each row makes of the values of those rows that it looks at.
 * @param keys `[before + rows, width]`, as `values`: what was read before, then the rows themselves
 * @param shares where `before + rows + 4` values may be written
 * @param onward 1 where each row sees those above it too, 0 where it sees of the new ones only itself
 */
export function attend(
  queries: usize,
  keys: usize,
  values: usize,
  out: usize,
  shares: usize,
  rows: i32,
  before: i32,
  width: i32,
  heads: i32,
  onward: bool,
): void {
  const size = width / heads;
  const stride = width << 2;
  const scale: f32 = 1 / sqrt(f32(size));
  for (let r = 0; r < rows; r++) {
    const first = (before + (onward ? 0 : r)) * stride;
    const others = onward ? r + 1 : 1;
    for (let skip = 0; skip < stride; skip += size << 2) {
      const query = queries + r * stride + skip;
      products(query, keys + skip, shares, before, size, stride, scale);
      products(query, keys + skip + first, shares + (before << 2), others, size, stride, scale);
      const sum = exponentials(shares, before + others);
      let i = 0;
      for (; i <= size - 4; i += 4) {
        const column = values + skip + (i << 2);
        let mixed = mixture(f32x4.splat(0), column, shares, before, stride);
        mixed = mixture(mixed, column + first, shares + (before << 2), others, stride);
        v128.store(out + r * stride + skip + (i << 2), f32x4.div(mixed, f32x4.splat(sum)));
      }
      for (; i < size; i++) {
        const column = values + skip + (i << 2);
        let mixed: f32 = 0;
        for (let j = 0; j < before; j++) mixed += load<f32>(shares + (j << 2)) * load<f32>(column + j * stride);
        for (let j = 0; j < others; j++) {
          mixed += load<f32>(shares + ((before + j) << 2)) * load<f32>(column + first + j * stride);
        }
        store<f32>(out + r * stride + skip + (i << 2), mixed / sum);
      }
    }
  }
}

/** The inner products of a query and so many keys, scaled. */
function products(query: usize, keys: usize, out: usize, count: i32, size: i32, stride: i32, scale: f32): void {
  for (let j = 0; j < count; j++) {
    const key = keys + j * stride;
    let sums = f32x4.splat(0);
    let i = 0;
    for (; i <= size - 4; i += 4) sums = f32x4.add(sums, f32x4.mul(v128.load(query + (i << 2)), v128.load(key + (i << 2))));
    let sum = sumOf(sums);
    for (; i < size; i++) sum += load<f32>(query + (i << 2)) * load<f32>(key + (i << 2));
    store<f32>(out + (j << 2), sum * scale);
  }
}

/** e to each of so many values less the largest, where they stand; returns their sum. Up to three places behind them are written too. */
function exponentials(values: usize, count: i32): f32 {
  let largest = load<f32>(values);
  for (let j = 1; j < count; j++) largest = max(largest, load<f32>(values + (j << 2)));
  const shift = f32x4.splat(largest);
  for (let j = 0; j < count; j += 4) {
    const at = values + (j << 2);
    v128.store(at, exponential(f32x4.sub(v128.load(at), shift)));
  }
  let sum: f32 = 0;
  for (let j = 0; j < count; j++) sum += load<f32>(values + (j << 2));
  return sum;
}

/**
 * e to the power of four numbers that are not positive, to about the last bit: a whole power of two, and a polynomial for the rest
 * (Cephes, expf). Not from the library, whose table would lie where TF.js has its memory.
 */
function exponential(x: v128): v128 {
  const power = f32x4.max(x, f32x4.splat(-87));
  const whole = f32x4.nearest(f32x4.mul(power, f32x4.splat(f32(Math.LOG2E))));
  let rest = f32x4.sub(power, f32x4.mul(whole, f32x4.splat(0.693359375)));
  rest = f32x4.sub(rest, f32x4.mul(whole, f32x4.splat(-2.1219444e-4)));
  let y = f32x4.splat(1.98756915e-4);
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, rest), f32x4.splat(0.50000001201));
  y = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(rest, rest), y), rest), f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23);
  return f32x4.mul(y, exponent);
}

/** `mixed` and four columns of so many rows, each by its share. */
function mixture(mixed: v128, column: usize, shares: usize, count: i32, stride: i32): v128 {
  for (let j = 0; j < count; j++) {
    mixed = f32x4.add(mixed, f32x4.mul(v128.load32_splat(shares + (j << 2)), v128.load(column + j * stride)));
  }
  return mixed;
}

function sumOf(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}
