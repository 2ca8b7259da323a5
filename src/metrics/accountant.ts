/** The privacy accountant: what (ε, δ) a training with DP-SGD guarantees. */
import { epsilonAtOrder, rdpOfStep } from './rdp.ts';

/** Fractional orders first: whole ones alone gave ε 50.7 where 31.1 is true. Opacus's grid, and a few beyond it for strong noise. */
export const orders: readonly number[] = [
  ...Array.from({ length: 99 }, (_, i) => 1 + (i + 1) / 10), // 1.1, 1.2, … 10.9
  ...Array.from({ length: 52 }, (_, i) => 12 + i), // 12 … 63
  80,
  96,
  128,
  256,
  512,
  1024,
];

export interface PrivacyLoss {
  readonly epsilon: number;
  /** The Rényi order that gave the smallest ε. */
  readonly order: number;
  readonly accountant: 'rdp';
}

/**
 * @param noiseMultiplier σ: the noise's deviation over the clipping norm
 * @param rate q: the probability with which an example joins a batch; Poisson sampling is assumed
 */
export function epsilonOf(noiseMultiplier: number, rate: number, steps: number, delta: number): PrivacyLoss {
  if (noiseMultiplier === 0 && steps > 0 && rate > 0) return { epsilon: Number.POSITIVE_INFINITY, order: 1.1, accountant: 'rdp' };
  let best: PrivacyLoss = { epsilon: Number.POSITIVE_INFINITY, order: orders[0] as number, accountant: 'rdp' };
  for (const order of orders) {
    const epsilon = Math.max(0, epsilonAtOrder(steps * rdpOfStep(rate, noiseMultiplier, order), order, delta));
    if (epsilon < best.epsilon) best = { epsilon, order, accountant: 'rdp' };
  }
  return best;
}
