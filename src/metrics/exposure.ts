/**
 * Exposure (Carlini et al., The Secret Sharer, USENIX Security 2019): by how many bits a model makes a secret easier to guess than trying
 * all there are. A secret at rank r of n has log2(n) − log2(r) of them: log2(n) where it is the first guess, 0 where it is the last.
 */
import { logNormalCdf, mean, variance } from '../core/statistics.ts';
import { lowest } from './simplex.ts';

/** @param rank 1 for the likeliest @param space how many secrets there could be */
export const exposureOfRank = (rank: number, space: number): number => Math.log2(space) - Math.log2(rank);

/**
 * What a secret that nobody ever saw has on average: its rank is any, so the mean of log2(n / r) over all ranks; 1.44 bits, 1 / ln 2, for a
 * large space.
 */
export function expectedExposure(space: number): number {
  let sum = 0;
  for (let rank = 1; rank <= space; rank++) sum += exposureOfRank(rank, space);
  return sum / space;
}

/** By interpolation: the rank among secrets of the same kind that were never there. @param references their perplexities */
export function exposureAmong(references: ArrayLike<number>, perplexity: number): number {
  const below = Array.from(references).filter((reference) => reference < perplexity).length;
  return exposureOfRank(below + 1, references.length);
}

/** A skew-normal distribution (Azzalini 1985): density 2/ω φ(z) Φ(αz) at z = (x − ξ) / ω. */
export interface SkewNormal {
  readonly location: number;
  readonly scale: number;
  readonly shape: number;
}

/** The likeliest skew-normal of a sample, from the one with its first moments on, by Nelder and Mead's simplex (1965). */
export function fitSkewNormal(sample: ArrayLike<number>): SkewNormal {
  const values = Array.from(sample);
  const [centre, deviation] = [mean(values), Math.sqrt(variance(values, 0))];
  const third = mean(values.map((x) => ((x - centre) / deviation) ** 3));
  // δ from the skewness, which a skew-normal has no more of than 0.995.
  const power = Math.min(Math.abs(third), 0.9) ** (2 / 3);
  const delta = Math.sign(third) * Math.sqrt(((Math.PI / 2) * power) / (power + ((4 - Math.PI) / 2) ** (2 / 3)));
  const scale = deviation / Math.sqrt(1 - (2 * delta * delta) / Math.PI);
  const start = [centre - scale * delta * Math.sqrt(2 / Math.PI), Math.log(scale), delta / Math.sqrt(1 - delta * delta)];
  const of = ([location, logScale, shape]: readonly number[]): SkewNormal => ({
    location: location as number,
    scale: Math.exp(logScale as number),
    shape: shape as number,
  });
  return of(lowest((point) => -values.reduce((sum, x) => sum + logDensity(of(point), x), 0), start, [scale / 4, 0.25, 0.5]));
}

/** log2 of one over the share of the distribution that is at most `perplexity`. */
export function exposureUnder(distribution: SkewNormal, perplexity: number): number {
  return -Math.log2(cumulative(distribution, perplexity));
}

function logDensity({ location, scale, shape }: SkewNormal, x: number): number {
  const z = (x - location) / scale;
  return Math.LN2 - Math.log(scale) - 0.5 * z * z - 0.5 * Math.log(2 * Math.PI) + logNormalCdf(shape * z);
}

/** By Simpson's rule from twelve scales below, where nothing is left. */
function cumulative(distribution: SkewNormal, x: number): number {
  const from = distribution.location - 12 * distribution.scale;
  const pieces = 4000;
  const step = (x - from) / pieces;
  if (step <= 0) return Number.MIN_VALUE;
  let sum = 0;
  for (let i = 0; i <= pieces; i++) {
    const weight = i === 0 || i === pieces ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * Math.exp(logDensity(distribution, from + i * step));
  }
  return Math.min(1, Math.max(Number.MIN_VALUE, (sum * step) / 3));
}
