/** The axes of charts: their ends, and the round numbers at which they are marked. */
import { useMemo } from 'react';

export interface ChartAxis {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
  readonly log: boolean;
}

/** About `count` round numbers between two: multiples of 1, 2 or 5 times a power of ten. */
export function roundTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((multiple) => multiple * power >= rough) ?? 10);
  const [first, last] = [Math.ceil(min / step - 1e-9), Math.floor(max / step + 1e-9)];
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * Numbers in about equal factors, 1 2 5 10 20 …, from below the least to above the most; powers of ten where that were too many.
 * At least a factor of ten lies between their ends, so that noise does not look like a mountain.
 */
export function factorTicks(min: number, max: number, most = 8): number[] {
  const from = Math.floor(Math.log10(min)) - 1;
  const decades = Array.from({ length: Math.ceil(Math.log10(max)) - from + 1 }, (_, i) => 10 ** (from + i));
  const marks = decades.flatMap((power) => [1, 2, 5].map((multiple) => Number((multiple * power).toPrecision(12))));
  const last = marks.findIndex((mark) => mark >= max);
  const first = Math.min(
    marks.findLastIndex((mark) => mark <= min),
    last - 3,
  );
  const ticks = marks.slice(first, last + 1);
  return ticks.length <= most ? ticks : decades.slice(decades.findLastIndex((power) => power <= min));
}

/** One axis for as long as it says the same: an axis that is another makes Recharts compute everything again. */
export function useAxis(label: string, min: number, max: number, ticks: readonly number[], log = false): ChartAxis {
  const marks = ticks.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: ticks are compared by what they are
  return useMemo(() => ({ label, min, max, ticks, log }), [label, min, max, marks, log]);
}

export const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
export const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
