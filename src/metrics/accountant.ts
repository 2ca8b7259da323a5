/** The privacy accountant: what (ε, δ) a training with DP-SGD guarantees. */
import { epsilonAtOrder, rdpOfStep } from './rdp.ts';

/** Fractional orders first: whole ones alone gave ε 50.7 where 31.1 is true. Opacus's grid, and a few beyond it for strong noise. */
export const orders: readonly number[] = [
  ...Array.from({ length: 99 }, (_, i) => 1 + (i + 1) / 10), // 1.1, 1.2, … 10.9
  ...Array.from({ length: 52 }, (_, i) => 12 + i), // 12 … 63
  ...Array.from({ length: 17 }, (_, i) => 64 + 8 * i), // 64, 72, … 192
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
 * @param releases how often an example's clipped gradient was given away besides, with the same noise and not by chance
 */
export function epsilonOf(noiseMultiplier: number, rate: number, steps: number, delta: number, releases = 0): PrivacyLoss {
  let best: PrivacyLoss = { epsilon: Number.POSITIVE_INFINITY, order: orders[0] as number, accountant: 'rdp' };
  if ((steps === 0 || rate === 0) && releases === 0) return { ...best, epsilon: 0 }; // nobody was looked at; the conversion at δ would say a little
  if (noiseMultiplier === 0) return best;
  for (const order of orders) {
    const training = steps === 0 || rate === 0 ? 0 : steps * rdpOfStep(rate, noiseMultiplier, order);
    const released = releases === 0 ? 0 : releases * rdpOfStep(1, noiseMultiplier, order);
    const epsilon = Math.max(0, epsilonAtOrder(training + released, order, delta));
    if (epsilon < best.epsilon) best = { epsilon, order, accountant: 'rdp' };
  }
  return best;
}
