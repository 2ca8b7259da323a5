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

/** One axis for as long as it says the same: an axis that is another makes Recharts compute everything again. */
export function useAxis(label: string, min: number, max: number, ticks: readonly number[], log = false): ChartAxis {
  const marks = ticks.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: ticks are compared by what they are
  return useMemo(() => ({ label, min, max, ticks, log }), [label, min, max, marks, log]);
}

export const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
export const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
