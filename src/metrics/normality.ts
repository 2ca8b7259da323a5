/**
 * Is a sample drawn from a normal distribution? Shapiro and Wilk's W (1965) is the squared correlation of the ordered sample with what
 * a normal one would look like: near 1 for a normal sample, lower for any other.
 */

/**
 * Shapiro and Wilk's W with Royston's approximate coefficients (1995, algorithm AS R94), for 3 to 5,000 values.
 * @returns from 0 to 1; NaN for fewer than three values, or where all are alike
 */
export function shapiroWilk(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const weights = normalWeights(n);
  let [mean, cross, spread, weight] = [0, 0, 0, 0];
  for (const value of sorted) mean += value / n;
  for (let i = 0; i < n; i++) {
    const [value, own] = [(sorted[i] as number) - mean, weights[i] as number];
    cross += own * value;
    spread += value * value;
    weight += own * own;
  }
  return spread > 0 ? (cross * cross) / (weight * spread) : Number.NaN;
}

/** The weight of each of n ordered values; the two outermost on either side by Royston's polynomials in 1/√n. */
function normalWeights(n: number): Float64Array {
  const expected = Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  const squares = expected.reduce((sum, m) => sum + m * m, 0);
  const weights = new Float64Array(n);
  const u = 1 / Math.sqrt(n);
  const outermost = (at: number, polynomial: readonly number[]) =>
    (expected[n - at] as number) / Math.sqrt(squares) + polynomial.reduceRight((sum, c) => (sum + c) * u, 0);
  if (n === 3) {
    weights.set([-Math.SQRT1_2, 0, Math.SQRT1_2]);
  } else {
    const fixed = [outermost(1, [0.221157, -0.147981, -2.07119, 4.434685, -2.706056])];
    if (n > 5) fixed.push(outermost(2, [0.042981, -0.293762, -1.752461, 5.682633, -3.582633]));
    let [rest, share] = [squares, 1];
    for (const [i, own] of fixed.entries()) {
      rest -= 2 * (expected[i] as number) ** 2;
      share -= 2 * own * own;
    }
    const scale = Math.sqrt(rest / share);
    for (let i = 0; i < n; i++) weights[i] = (expected[i] as number) / scale;
    for (const [i, own] of fixed.entries()) {
      weights[i] = -own;
      weights[n - 1 - i] = own;
    }
  }
  return weights;
}

/** The standard normal's quantile (Wichura 1988, algorithm AS 241, PPND7: seven digits). */
function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q * (((59.10937472 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)) /
      (((67.1875636 * r + 78.757757664) * r + 17.895169469) * r + 1)
    );
  }
  // The smallest p here is about 1 in 8,000, well within the second of the algorithm's three ranges.
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p))) - 1.6;
  const tail =
    (((0.17023821103 * r + 1.3067284816) * r + 2.75681539) * r + 1.4234372777) / ((0.12021132975 * r + 0.7370016425) * r + 1);
  return Math.sign(q) * tail;
}
