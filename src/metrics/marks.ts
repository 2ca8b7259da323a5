/** Whether a mark is there: what chance alone would show, and how far beyond it something lies. */
import { logNormalCdf } from '../core/statistics.ts';

/**
 * By how many standard deviations more hits there are than chance gives (equation 3 of Kirchenbauer et al. 2023): of `trials`
 * independent ones, each a hit with probability `share`.
 */
export const zScore = (hits: number, trials: number, share: number): number =>
  (hits - share * trials) / Math.sqrt(trials * share * (1 - share));

/** How likely chance gives at least that much: the upper tail of the standard normal. */
export const pValue = (z: number): number => Math.exp(logNormalCdf(-z));

/** The least value that at most this share of the values of unmarked things reach: whoever has as much is called marked. */
export function thresholdOf(unmarked: readonly number[], falseAlarms: number): number {
  const descending = unmarked.toSorted((a, b) => b - a);
  const allowed = Math.floor(falseAlarms * unmarked.length);
  return nextAbove(descending[allowed] as number);
}

const nextAbove = (value: number) => value + 1e-9;
