/** Metrics at several places as one line of a curve, each with its interval. */
import type { MetricValue } from '../core/event.ts';
import type { Line } from '../core/evidence.ts';

/** @param metrics all of them measured */
export function metricLine(name: string, x: readonly number[], metrics: readonly MetricValue[]): Line {
  return {
    name,
    x,
    y: metrics.map(({ value }) => value as number),
    low: metrics.map(({ low }) => low as number),
    high: metrics.map(({ high }) => high as number),
  };
}
