/** Whether a mark is there: what chance alone would show, and how far beyond it something lies. */
import { incompleteBeta, invert, logNormalCdf } from '../core/statistics.ts';

/**
 * By how many standard deviations more hits there are than chance gives (equation 3 of Kirchenbauer et al. 2023): of `trials`
 * independent ones, each a hit with probability `share`.
 */
export const zScore = (hits: number, trials: number, share: number): number =>
  (hits - share * trials) / Math.sqrt(trials * share * (1 - share));

/** How likely chance gives at least that much: the upper tail of the standard normal. */
export const pValue = (z: number): number => Math.exp(logNormalCdf(-z));

/**
 * The same without a normal curve in its place, which is too light in the tail: of 70 trials at a share of .25, 26 hits are called 1 % by it and
 * are 1.6 %. Of several keys it is the best one’s, as Šidák corrects it.
 */
export function exactPValue(hits: number, trials: number, share: number, keys = 1): number {
  const one = hits > 0 ? incompleteBeta(share, hits, trials - hits + 1) : 1;
  return -Math.expm1(keys * Math.log1p(-one));
}

/** The least value that at most this share of the values of unmarked things reach: whoever has as much is called marked. */
export function thresholdOf(unmarked: readonly number[], falseAlarms: number): number {
  const descending = unmarked.toSorted((a, b) => b - a);
  const allowed = Math.floor(falseAlarms * unmarked.length);
  return nextAbove(descending[allowed] as number);
}

const nextAbove = (value: number) => value + Math.max(1e-9, Math.abs(value) * Number.EPSILON);

/**
 * The same of the best of several keys, of which one should fit: z* with Φ(z*) = Φ(z)ⁿ, as Šidák corrects a p-value. It is a standard normal
 * again where nothing is marked, so that whoever tries more keys raises no more false alarms.
 */
export const zOfBest = (z: number, keys: number): number =>
  keys === 1 ? z : invert(logNormalCdf, keys * logNormalCdf(z), -40, 40);
