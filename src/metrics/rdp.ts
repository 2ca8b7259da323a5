/**
 * Rényi differential privacy of the Poisson-subsampled Gaussian mechanism: the mathematics of the accountant.
 * Mironov, Talwar & Zhang 2019 (arXiv 1908.10530): equation numbers refer to it. All in logarithms, for the moments reach e^300.
 */
import { logGamma, logHalfErfc } from '../core/statistics.ts';

/** Rényi divergence of order `alpha` of one step with sampling rate q and noise multiplier σ. */
export function rdpOfStep(q: number, sigma: number, alpha: number): number {
  if (q === 0) return 0;
  if (sigma === 0) return Number.POSITIVE_INFINITY;
  if (q === 1) return alpha / (2 * sigma * sigma);
  const logMoment = Number.isInteger(alpha) ? logMomentInteger(q, sigma, alpha) : logMomentFractional(q, sigma, alpha);
  return logMoment / (alpha - 1);
}

/** ln A_α for whole α (section 3.3): Σ_k C(α, k) (1 − q)^(α−k) q^k exp((k² − k) / 2σ²). */
function logMomentInteger(q: number, sigma: number, alpha: number): number {
  let total = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= alpha; k++) {
    const term = logBinomial(alpha, k) + k * Math.log(q) + (alpha - k) * Math.log1p(-q) + (k * k - k) / (2 * sigma * sigma);
    total = logAdd(total, term);
  }
  return total;
}

/** ln A_α for fractional α (section 3.3): two alternating series, met where the two densities cross, at z₀. */
function logMomentFractional(q: number, sigma: number, alpha: number): number {
  const crossing = sigma * sigma * Math.log(1 / q - 1) + 0.5;
  let [plus, minus] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let coefficientSign = 1;
  let logCoefficient = 0; // of the generalised binomial C(α, i)
  for (let i = 0; i < 10000; i++) {
    const j = alpha - i;
    const left =
      logCoefficient +
      i * Math.log(q) +
      j * Math.log1p(-q) +
      (i * i - i) / (2 * sigma * sigma) +
      logHalfErfc((i - crossing) / (Math.SQRT2 * sigma));
    const right =
      logCoefficient +
      j * Math.log(q) +
      i * Math.log1p(-q) +
      (j * j - j) / (2 * sigma * sigma) +
      logHalfErfc((crossing - j) / (Math.SQRT2 * sigma));
    const term = logAdd(left, right);
    if (coefficientSign > 0) plus = logAdd(plus, term);
    else minus = logAdd(minus, term);
    if (Math.max(left, right) < Math.max(plus, 0) - 40 && i > alpha) break; // e^−40 of the sum: past double precision
    coefficientSign *= Math.sign(alpha - i);
    logCoefficient += Math.log(Math.abs(alpha - i) / (i + 1));
  }
  return logSubtract(plus, minus);
}

/** ε that an RDP curve gives at δ (Balle et al. 2020, theorem 21; the conversion that Opacus and TF Privacy use). */
export function epsilonAtOrder(rdp: number, alpha: number, delta: number): number {
  return rdp + Math.log1p(-1 / alpha) - (Math.log(delta) + Math.log(alpha)) / (alpha - 1);
}

function logBinomial(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

function logAdd(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
}

/** ln(eᵃ − eᵇ) for a > b. */
function logSubtract(a: number, b: number): number {
  return b === Number.NEGATIVE_INFINITY ? a : a + Math.log1p(-Math.exp(b - a));
}
