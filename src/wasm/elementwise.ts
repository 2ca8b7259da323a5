/** What happens value by value: the gradient of a ReLU, sums of columns, and a step of each optimiser in one pass over memory. */

/** `out = delta` where `y` is positive, else 0. */
export function reluGradient(delta: usize, y: usize, out: usize, size: i32): void {
  const zero = f32x4.splat(0);
  const bytes = size << 2;
  const whole = bytes & ~15;
  let at = 0;
  for (; at < whole; at += 16) v128.store(out + at, v128.and(v128.load(delta + at), f32x4.gt(v128.load(y + at), zero)));
  for (; at < bytes; at += 4) store<f32>(out + at, load<f32>(y + at) > 0 ? load<f32>(delta + at) : 0);
}

/** Sums of the columns of `[rows, columns]`. */
export function columnSums(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = columns << 2;
  const whole = stride & ~15;
  const last = x + rows * stride;
  let at = 0;
  for (; at < whole; at += 16) {
    let sum = f32x4.splat(0);
    for (let p = x + at; p < last; p += stride) sum = f32x4.add(sum, v128.load(p));
    v128.store(out + at, sum);
  }
  for (; at < stride; at += 4) {
    let sum: f32 = 0;
    for (let p = x + at; p < last; p += stride) sum += load<f32>(p);
    store<f32>(out + at, sum);
  }
}

// Each optimiser's step of one network's values. `decay` is the L2 penalty's share of a weight that joins its gradient.

/** w − rate · (g + decay · w) */
export function sgd(w: usize, g: usize, nextW: usize, size: i32, rate: f32, decay: f32): void {
  const bytes = size << 2;
  const whole = bytes & ~15;
  let at = 0;
  for (; at < whole; at += 16) {
    const weight = v128.load(w + at);
    const gradient = f32x4.add(v128.load(g + at), f32x4.mul(weight, f32x4.splat(decay)));
    v128.store(nextW + at, f32x4.sub(weight, f32x4.mul(gradient, f32x4.splat(rate))));
  }
  for (; at < bytes; at += 4) {
    const weight = load<f32>(w + at);
    const gradient = load<f32>(g + at) + weight * decay;
    store<f32>(nextW + at, weight - gradient * rate);
  }
}

/** v ← 0.9 · v + g, then w − rate · v */
export function momentum(w: usize, g: usize, v: usize, nextW: usize, nextV: usize, size: i32, rate: f32, decay: f32): void {
  const bytes = size << 2;
  const whole = bytes & ~15;
  let at = 0;
  for (; at < whole; at += 16) {
    const weight = v128.load(w + at);
    const gradient = f32x4.add(v128.load(g + at), f32x4.mul(weight, f32x4.splat(decay)));
    const velocity = f32x4.add(f32x4.mul(v128.load(v + at), f32x4.splat(0.9)), gradient);
    v128.store(nextV + at, velocity);
    v128.store(nextW + at, f32x4.sub(weight, f32x4.mul(velocity, f32x4.splat(rate))));
  }
  for (; at < bytes; at += 4) {
    const weight = load<f32>(w + at);
    const velocity: f32 = load<f32>(v + at) * 0.9 + (load<f32>(g + at) + weight * decay);
    store<f32>(nextV + at, velocity);
    store<f32>(nextW + at, weight - velocity * rate);
  }
}

/**
 * m ← 0.9 · m + 0.1 · g, v ← 0.999 · v + 0.001 · g², then w − rate · m / (√(correction · v) + 1e-8)
 * @param rate the learning rate over 1 − 0.9ᵗ
 * @param correction 1 over 1 − 0.999ᵗ
 */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  nextW: usize,
  nextM: usize,
  nextV: usize,
  size: i32,
  rate: f32,
  decay: f32,
  correction: f32,
): void {
  const bytes = size << 2;
  const whole = bytes & ~15;
  let at = 0;
  for (; at < whole; at += 16) {
    const weight = v128.load(w + at);
    const gradient = f32x4.add(v128.load(g + at), f32x4.mul(weight, f32x4.splat(decay)));
    const first = f32x4.add(f32x4.mul(v128.load(m + at), f32x4.splat(0.9)), f32x4.mul(gradient, f32x4.splat(0.1)));
    const squared = f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(0.001));
    const second = f32x4.add(f32x4.mul(v128.load(v + at), f32x4.splat(0.999)), squared);
    v128.store(nextM + at, first);
    v128.store(nextV + at, second);
    const denominator = f32x4.add(f32x4.sqrt(f32x4.mul(second, f32x4.splat(correction))), f32x4.splat(1e-8));
    v128.store(nextW + at, f32x4.sub(weight, f32x4.div(f32x4.mul(first, f32x4.splat(rate)), denominator)));
  }
  for (; at < bytes; at += 4) {
    const weight = load<f32>(w + at);
    const gradient = load<f32>(g + at) + weight * decay;
    const first: f32 = load<f32>(m + at) * 0.9 + gradient * 0.1;
    const second: f32 = load<f32>(v + at) * 0.999 + gradient * gradient * 0.001;
    store<f32>(nextM + at, first);
    store<f32>(nextV + at, second);
    store<f32>(nextW + at, weight - (first * rate) / (sqrt<f32>(second * correction) + 1e-8));
  }
}
