/**
 * Products of two plain matrices in 128-bit SIMD, `out [rows, columns] = a [rows, inner] · b [inner, columns] + bias`.
 *
 * Element (r, i) of `a` stands at `a + r · rowStride + i · step`, in bytes. So a matrix is read as it lies (step 4) or as its
 * transpose (rowStride 4), and nobody ever has to write the transpose down.
 *
 * Zeros of `a` are passed over where they are many. Four of five pixels of a digit are black, and half of all ReLUs are
 * shut: neither moves a sum, so leaving them out changes no bit of it. (Zero times infinity would; weights that have come to
 * that are noticed elsewhere.)
 */

/** Below this share of values other than zero, lists of them are faster than all of them. */
const sparse: f32 = 0.5;
/** An entry of a list: where in `b` the row lies, and by what it is multiplied. */
const entryBytes = 8;

/**
 * @param bias a row of `columns` values, or 0
 * @param relu 1 to keep what is positive
 * @param scratch where lists may be written: `4 · rows · inner + 4 · (rows + 4)` bytes, eight for every second value and where they begin
 */
export function multiply(
  a: usize,
  b: usize,
  bias: usize,
  out: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rowStride: i32,
  step: i32,
  relu: bool,
  scratch: usize,
): void {
  if (columns < 4) {
    multiplyOneByOne(a, b, bias, out, rows, inner, columns, rowStride, step, relu);
    return;
  }
  // A list pays where every entry of it serves a few vectors of columns.
  if (columns >= 16 && inner >= 16 && f32(countOf(a, rows * inner)) < sparse * f32(rows * inner)) {
    const lists = scratch + ((rows + 4) << 2);
    if (step === 4) listRows(a, rows, inner, columns << 2, scratch, lists);
    else listColumns(a, rows, inner, columns << 2, scratch, lists);
    multiplyListed(scratch, b, bias, out, rows, columns, relu);
    return;
  }
  if (rows < 4 && columns >= 16) multiplyFew(a, b, bias, out, rows, inner, columns, rowStride, step, relu);
  else multiplyDense(a, b, bias, out, rows, inner, columns, rowStride, step, relu);
}

/** How many of so many values are not 0. */
function countOf(values: usize, size: i32): i32 {
  const zero = f32x4.splat(0);
  let counts = i32x4.splat(0);
  const whole = values + ((size & ~3) << 2);
  let at = values;
  for (; at < whole; at += 16) counts = i32x4.sub(counts, f32x4.ne(v128.load(at), zero));
  let count =
    i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3);
  for (const end = values + (size << 2); at < end; at += 4) if (load<f32>(at) !== 0) count++;
  return count;
}

/** For every row the values that are not 0; row r's list lies between `starts[r]` and `starts[r + 1]`. */
function listRows(a: usize, rows: i32, inner: i32, bStride: i32, starts: usize, lists: usize): void {
  const zero = f32x4.splat(0);
  let end = lists;
  for (let r = 0; r < rows; r++) {
    store<u32>(starts + (r << 2), u32(end));
    const row = a + ((r * inner) << 2);
    let i = 0;
    for (; i <= inner - 4; i += 4) {
      let mask = i32x4.bitmask(f32x4.ne(v128.load(row + (i << 2)), zero));
      while (mask) {
        const at = i + ctz(mask);
        store<u32>(end, at * bStride);
        store<f32>(end, load<f32>(row + (at << 2)), 4);
        end += entryBytes;
        mask &= mask - 1;
      }
    }
    for (; i < inner; i++) {
      const value = load<f32>(row + (i << 2));
      if (value === 0) continue;
      store<u32>(end, i * bStride);
      store<f32>(end, value, 4);
      end += entryBytes;
    }
  }
  store<u32>(starts + (rows << 2), u32(end));
}

/**
 * The same for the transpose: `a` lies as `[inner, rows]`, and its columns become the lists. A counting sort: first how long
 * each list is, then each value to its place. While that goes on, `starts[r + 1]` is where list r goes on; at the end it is where
 * list r ends, which is where list r + 1 begins.
 */
function listColumns(a: usize, rows: i32, inner: i32, bStride: i32, starts: usize, lists: usize): void {
  memory.fill(starts, 0, (rows + 2) << 2);
  for (let i = 0; i < inner; i++) {
    const line = a + ((i * rows) << 2);
    const counts = starts + 8;
    let r = 0;
    for (; r <= rows - 4; r += 4) {
      const present = f32x4.ne(v128.load(line + (r << 2)), f32x4.splat(0));
      v128.store(counts + (r << 2), i32x4.sub(v128.load(counts + (r << 2)), present));
    }
    for (; r < rows; r++) {
      if (load<f32>(line + (r << 2)) !== 0) store<u32>(counts + (r << 2), load<u32>(counts + (r << 2)) + 1);
    }
  }
  let end = u32(lists);
  store<u32>(starts, end);
  store<u32>(starts, end, 4);
  for (let r = 0; r < rows; r++) {
    const at = starts + 8 + (r << 2);
    end += load<u32>(at) * entryBytes;
    store<u32>(at, end);
  }
  for (let i = 0; i < inner; i++) {
    const line = a + ((i * rows) << 2);
    let r = 0;
    for (; r <= rows - 4; r += 4) {
      let mask = i32x4.bitmask(f32x4.ne(v128.load(line + (r << 2)), f32x4.splat(0)));
      while (mask) {
        const at = r + ctz(mask);
        append(starts + 4 + (at << 2), i * bStride, load<f32>(line + (at << 2)));
        mask &= mask - 1;
      }
    }
    for (; r < rows; r++) {
      const value = load<f32>(line + (r << 2));
      if (value !== 0) append(starts + 4 + (r << 2), i * bStride, value);
    }
  }
}

function append(next: usize, offset: u32, value: f32): void {
  const at = load<u32>(next);
  store<u32>(at, offset);
  store<f32>(at, value, 4);
  store<u32>(next, at + entryBytes);
}

/**
 * Each row of `out` from its list, 16 columns at a time: with more sums than four, V8 runs out of registers, and one that lives in
 * memory makes every other one wait. The last columns may overlap those before. Columns are the outer loop, so that the strip of
 * `b` that all lists meet stays near the processor.
 */
function multiplyListed(starts: usize, b: usize, bias: usize, out: usize, rows: i32, columns: i32, relu: bool): void {
  const stride = columns << 2;
  for (let column = 0; column < columns; column += 16) {
    const skip = min(column, columns - 16) << 2;
    for (let r = 0; r < rows; r++) {
      const to = load<u32>(starts + (r << 2), 4);
      let s0 = begin(bias, skip);
      let s1 = begin(bias, skip + 16);
      let s2 = begin(bias, skip + 32);
      let s3 = begin(bias, skip + 48);
      for (let at = load<u32>(starts + (r << 2)); at < to; at += entryBytes) {
        const row = b + skip + load<u32>(at);
        const value = v128.load32_splat(at, 4);
        s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
        s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
        s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
        s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
      }
      const line = out + r * stride + skip;
      finish(line, s0, relu);
      finish(line + 16, s1, relu);
      finish(line + 32, s2, relu);
      finish(line + 48, s3, relu);
    }
  }
}

/**
 * Tiles of four rows and eight columns: eight sums in registers, six loads for sixteen products and sums. At an edge a tile
 * does again what its neighbour has done, which costs less than a loop of its own.
 */
function multiplyDense(
  a: usize,
  b: usize,
  bias: usize,
  out: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rowStride: i32,
  step: i32,
  relu: bool,
): void {
  const bStride = columns << 2;
  for (let r = 0; r < rows; r += 4) {
    const r1 = min(r + 1, rows - 1);
    const r2 = min(r + 2, rows - 1);
    const r3 = min(r + 3, rows - 1);
    for (let c = 0; c < columns; c += 8) {
      const left = min(c, columns - 4) << 2;
      const right = min(c + 4, columns - 4) << 2;
      let s0 = begin(bias, left);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      let t0 = begin(bias, right);
      let t1 = t0;
      let t2 = t0;
      let t3 = t0;
      let p0 = a + r * rowStride;
      let p1 = a + r1 * rowStride;
      let p2 = a + r2 * rowStride;
      let p3 = a + r3 * rowStride;
      let q = b;
      for (const last = b + inner * bStride; q < last; q += bStride) {
        const s = v128.load(q + left);
        const t = v128.load(q + right);
        const v0 = v128.load32_splat(p0);
        const v1 = v128.load32_splat(p1);
        const v2 = v128.load32_splat(p2);
        const v3 = v128.load32_splat(p3);
        s0 = f32x4.add(s0, f32x4.mul(v0, s));
        t0 = f32x4.add(t0, f32x4.mul(v0, t));
        s1 = f32x4.add(s1, f32x4.mul(v1, s));
        t1 = f32x4.add(t1, f32x4.mul(v1, t));
        s2 = f32x4.add(s2, f32x4.mul(v2, s));
        t2 = f32x4.add(t2, f32x4.mul(v2, t));
        s3 = f32x4.add(s3, f32x4.mul(v3, s));
        t3 = f32x4.add(t3, f32x4.mul(v3, t));
        p0 += step;
        p1 += step;
        p2 += step;
        p3 += step;
      }
      finish(out + r * bStride + left, s0, relu);
      finish(out + r * bStride + right, t0, relu);
      finish(out + r1 * bStride + left, s1, relu);
      finish(out + r1 * bStride + right, t1, relu);
      finish(out + r2 * bStride + left, s2, relu);
      finish(out + r2 * bStride + right, t2, relu);
      finish(out + r3 * bStride + left, s3, relu);
      finish(out + r3 * bStride + right, t3, relu);
    }
  }
}

/** Too few rows for a tile: one after another, 16 columns at a time, the last of which may overlap those before. */
function multiplyFew(
  a: usize,
  b: usize,
  bias: usize,
  out: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rowStride: i32,
  step: i32,
  relu: bool,
): void {
  const stride = columns << 2;
  for (let column = 0; column < columns; column += 16) {
    const skip = min(column, columns - 16) << 2;
    for (let r = 0; r < rows; r++) {
      let s0 = begin(bias, skip);
      let s1 = begin(bias, skip + 16);
      let s2 = begin(bias, skip + 32);
      let s3 = begin(bias, skip + 48);
      let from = a + r * rowStride;
      let row = b + skip;
      for (const last = row + inner * stride; row < last; row += stride) {
        const value = v128.load32_splat(from);
        s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
        s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
        s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
        s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
        from += step;
      }
      const line = out + r * stride + skip;
      finish(line, s0, relu);
      finish(line + 16, s1, relu);
      finish(line + 32, s2, relu);
      finish(line + 48, s3, relu);
    }
  }
}

/** Fewer columns than a vector has places. */
function multiplyOneByOne(
  a: usize,
  b: usize,
  bias: usize,
  out: usize,
  rows: i32,
  inner: i32,
  columns: i32,
  rowStride: i32,
  step: i32,
  relu: bool,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum: f32 = bias ? load<f32>(bias + (c << 2)) : 0;
      for (let i = 0; i < inner; i++) sum += load<f32>(a + r * rowStride + i * step) * load<f32>(b + ((i * columns + c) << 2));
      store<f32>(out + ((r * columns + c) << 2), relu ? max<f32>(sum, 0) : sum);
    }
  }
}

function begin(bias: usize, skip: i32): v128 {
  return bias ? v128.load(bias + skip) : f32x4.splat(0);
}

function finish(at: usize, sum: v128, relu: bool): void {
  v128.store(at, relu ? f32x4.max(sum, f32x4.splat(0)) : sum);
}

/** `[rows, columns] → [columns, rows]` */
export function transpose(x: usize, out: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) store<f32>(out + ((c * rows + r) << 2), load<f32>(x + ((r * columns + c) << 2)));
  }
}
