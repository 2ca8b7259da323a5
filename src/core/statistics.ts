/**
 * The arithmetic of honest numbers: means, quantiles and the distribution functions that intervals need. No imports.
 * Accuracies are those of double precision unless a line says otherwise.
 */

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Of two lists that are as long as each other. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** Divides by n − `lost`: 1 for a sample's variance, 0 for a population's. */
export function variance(values: ArrayLike<number>, lost = 1): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - centre) ** 2;
  return sum / (values.length - lost);
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms; relative error about 1e-15). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  let sum = coefficients[0] as number;
  for (let i = 1; i < 9; i++) sum += (coefficients[i] as number) / (shifted + i);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** I_x(a, b), the regularised incomplete beta function (continued fraction, Numerical Recipes § 6.4). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a); // converges fast only on this side
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(front) * fraction) / a;

  function guarded(value: number): number {
    return Math.abs(value) < tiny ? tiny : value;
  }
}

/** The x in [low, high] where an increasing function reaches `level`, by bisection to the last bit. */
export function invert(increasing: (x: number) => number, level: number, low: number, high: number): number {
  for (let i = 0; i < 200 && low < high; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (increasing(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The x with I_x(a, b) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return invert((x) => incompleteBeta(x, a, b), p, 0, 1);
}

/** P(T ≤ t) of Student's t with that many degrees of freedom. */
export function studentCdf(t: number, freedom: number): number {
  const tail = 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

export function studentQuantile(p: number, freedom: number): number {
  return invert((t) => studentCdf(t, freedom), p, -1e4, 1e4);
}

/** The standard normal's 0.975 quantile: half the width of a 95 % interval in standard errors. */
export const z95 = 1.959963984540054;

/** ln of the normal density. */
export function logNormalDensity(x: number, centre: number, deviation: number): number {
  const z = (x - centre) / deviation;
  return -0.5 * z * z - Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
}

/** ln(½ erfc(x)) = ln Φ(−√2 x), also where erfc itself is below the smallest double. */
export function logHalfErfc(x: number): number {
  // Continued fraction of erfc for larger x (Abramowitz & Stegun 7.1.14), power series for smaller.
  if (x > 2) {
    let fraction = 0;
    for (let k = 60; k >= 1; k--) fraction = k / 2 / (x + fraction);
    return -x * x - Math.log(2 * Math.sqrt(Math.PI)) - Math.log(x + fraction);
  }
  if (x < -2) return Math.log1p(-Math.exp(logHalfErfc(-x)));
  let term = x;
  let sum = x;
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return Math.log(0.5 - sum / Math.sqrt(Math.PI));
}

/** ln Φ(x) of the standard normal. */
export const logNormalCdf = (x: number): number => logHalfErfc(-x / Math.SQRT2);

/** The class with the largest value in row `row` of a `rows × classes` table; the first of equals. */
export function argMax(table: ArrayLike<number>, row: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if ((table[row * classes + c] as number) > (table[row * classes + best] as number)) best = c;
  }
  return best;
}
