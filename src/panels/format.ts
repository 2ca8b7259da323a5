/** Numbers as a reader of a chart wants them: as few digits as still tell two of them apart. */
import { type MetricName, plainMetrics } from '../core/event.ts';
import { texts } from '../store/texts.ts';

export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100000)) return value.toExponential(1);
  return String(Number(value.toPrecision(size >= 100 ? 4 : 3)));
}

export const percent = (share: number) => `${Number((share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0))} %`;

/** Rates read best in per cent; an area or a budget is a plain number. */
export function metricText(name: MetricName, value: number): string {
  if (name === 'queries') return texts.metric.whole(value);
  if (name === 'mse') return short(value);
  if (name === 'exposure') return value.toFixed(1);
  if (name === 'psnr') return value.toFixed(1);
  return plainMetrics.includes(name) ? value.toFixed(Math.abs(value) >= 100 ? 0 : 2) : percent(value);
}

/** A difference of two numbers of that name, with its sign; of two shares in points. */
export const differenceText = (name: MetricName, value: number): string =>
  plainMetrics.includes(name) ? differenceNumber(name, value) : texts.metric.points(differenceNumber(name, value));

/** The same with no unit, as the ends of its interval are said. */
export function differenceNumber(name: MetricName, value: number): string {
  const size = Math.abs(value);
  const number = plainMetrics.includes(name) ? metricText(name, size) : String(Number((100 * size).toFixed(size < 0.1 ? 1 : 0)));
  return `${value < 0 ? '−' : value > 0 ? '+' : ''}${number}`;
}
