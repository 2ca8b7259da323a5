/** 95 % intervals, each with the words that say how it came about. */
import type { MetricValue } from '../core/event.ts';
import { betaQuantile, incompleteBeta, mean, studentQuantile, variance, z95 } from '../core/statistics.ts';

type Bounds = readonly [low: number, high: number];

/** Wilson's score interval for a rate (1927): honest at 0 of n, where a bootstrap says [0, 0]. */
export function wilson(hits: number, trials: number): Bounds {
  const share = hits / trials;
  const z2 = z95 * z95;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (z95 / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** Clopper and Pearson's exact interval for a rate (1934): never covers less than it promises. */
export function clopperPearson(hits: number, trials: number): Bounds {
  return [
    hits === 0 ? 0 : betaQuantile(0.025, hits, trials - hits + 1),
    hits === trials ? 1 : betaQuantile(0.975, hits + 1, trials - hits),
  ];
}

/** The counts between which a binomial falls with 95 %: at most 2.5 % lie below, and at most 2.5 % above. */
export function binomialRange(trials: number, share: number): Bounds {
  const atMost = (count: number) => incompleteBeta(1 - share, trials - count, count + 1);
  const quantile = (level: number) => {
    let count = 0;
    while (count < trials && atMost(count) < level) count++;
    return count;
  };
  return [quantile(0.025), quantile(0.975)];
}

/** Newcombe's interval for a difference of two rates from their Wilson intervals (1998, method 10). */
export function newcombe(hits1: number, trials1: number, hits2: number, trials2: number): Bounds {
  const [p1, p2] = [hits1 / trials1, hits2 / trials2];
  const [low1, high1] = wilson(hits1, trials1);
  const [low2, high2] = wilson(hits2, trials2);
  return [p1 - p2 - Math.hypot(p1 - low1, high2 - p2), p1 - p2 + Math.hypot(high1 - p1, p2 - low2)];
}

/** Student's interval for a mean over seeds. */
export function studentInterval(values: readonly number[]): Bounds {
  const centre = mean(values);
  if (values.length < 2) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const half = studentQuantile(0.975, values.length - 1) * Math.sqrt(variance(values) / values.length);
  return [centre - half, centre + half];
}

/** How the words of a rate begin. */
const wilsons = 'Wilson, n = ';

/** A rate as a metric. */
export function rate(hits: number, trials: number, chance?: number, words = ''): MetricValue {
  const [low, high] = wilson(hits, trials);
  const how = `${wilsons}${trials}${words}`;
  return { value: hits / trials, low, high, how, sampleSize: trials, ...(chance !== undefined && { chance }) };
}

/** Something counted, or known: it has no interval. */
export function exact(value: number, how: string): MetricValue {
  return { value, low: value, high: value, how, sampleSize: 1 };
}

/** A mean over things of one kind, with Student's interval; of a single one there is none. */
export function meanOf(values: readonly number[], what: string, chance?: number): MetricValue {
  const [low, high] = values.length > 1 ? studentInterval(values) : [null, null];
  const how = values.length > 1 ? `mean and Student’s t over ${values.length} ${what}` : `one of ${what} only, so no interval`;
  return { value: mean(values), low, high, how, sampleSize: values.length, ...(chance !== undefined && { chance }) };
}

/**
 * e to a model's mean surprise: how many characters the next one might as well be.
 * @param logProbabilities of each text, ln of the probability of each of its characters
 */
export function perplexityOf(logProbabilities: readonly Float64Array[]): MetricValue {
  const { value, low, high, how, sampleSize } = meanOf(
    logProbabilities.map((own) => -mean(own)),
    'texts',
  );
  const power = (surprise: number | null) => (surprise === null ? null : Math.exp(surprise));
  return { value: power(value), low: power(low), high: power(high), how: `e to the surprise, ${how}`, sampleSize };
}

/** A metric that the sample cannot resolve, and why. */
export function unresolved(why: string, sampleSize: number): MetricValue {
  return { value: null, low: null, high: null, how: why, sampleSize };
}

/** The mean of numbers, one a seed, which may be of either sign. */
export function meanOver(values: readonly number[]): MetricValue {
  const [low, high] = values.length > 1 ? studentInterval(values) : [null, null];
  const how = values.length > 1 ? `mean and Student’s t over ${values.length} seeds` : 'one seed only, so no interval';
  return { value: mean(values), low, high, how, sampleSize: values.length };
}

/** One metric's values at several seeds as their mean, with the interval over seeds; unresolved where any seed's is. */
export function overSeeds(values: readonly MetricValue[]): MetricValue {
  const first = values[0] as MetricValue;
  const numbers = values.map((metric) => metric.value);
  if (values.length === 1) return first;
  if (!numbers.every((value) => value !== null)) return values.find(({ value }) => value === null) as MetricValue;
  let [low, high] = studentInterval(numbers);
  // A rate, and an AUC, cannot leave [0, 1]; a difference, which chance puts at 0, may.
  const bounded =
    (first.chance !== 0 || first.how.startsWith(wilsons)) &&
    values.every((metric) => (metric.low as number) >= 0 && (metric.high as number) <= 1);
  if (bounded) [low, high] = [Math.max(0, low), Math.min(1, high)];
  const how = `mean and Student’s t over ${numbers.length} seeds`;
  return { ...first, value: mean(numbers), low, high, how, sampleSize: numbers.length };
}
