/** One sentence that says what happened, made from the numbers of the lanes and honest about their intervals. */
import type { MetricName, MetricValue } from '../core/event.ts';

export interface LaneResult {
  readonly name: string;
  readonly metrics: ReadonlyMap<MetricName, MetricValue>;
}

/** `The attacker tells members from others 81 % of the time (a coin: 50 %). With DP-SGD 55 %; … points of accuracy are the price.` */
export function verdictOf(lanes: readonly LaneResult[]): string {
  const [first, ...others] = lanes;
  const auc = first?.metrics.get('auc');
  if (!first || !auc || auc.value === null) return 'Nothing was measured.';
  const found = beatsChance(auc)
    ? `Shown one member and one other, the attacker picks the member ${percent(auc.value)} of the time (a coin: 50 %)`
    : `The attacker does no better than a coin (${percent(auc.value)}, interval ${interval(auc)})`;
  return [`${found}.`, ...others.map((lane) => comparison(first, lane))].join(' ');
}

function comparison(first: LaneResult, lane: LaneResult): string {
  const before = first.metrics.get('auc');
  const after = lane.metrics.get('auc');
  if (before?.value == null || after?.value == null) return '';
  const name = `With ${lane.name}`;
  let effect: string;
  if (differ(before, after) && after.value < before.value) effect = `${name} it falls to ${percent(after.value)}`;
  else if ((after.low as number) > (before.high as number))
    effect = `${name} it rises to ${percent(after.value)}: a false friend`;
  else if (percent(after.value) === percent(before.value)) effect = `${name} it stays at ${percent(after.value)}`;
  else effect = `${name} it is ${percent(after.value)}, which this sample cannot tell from ${percent(before.value)}`;
  const coin = !beatsChance(after) && beatsChance(before) ? ', no better than a coin' : '';
  return `${effect}${coin}${price(first, lane)}.`;
}

function price(first: LaneResult, lane: LaneResult): string {
  const before = first.metrics.get('testAccuracy');
  const after = lane.metrics.get('testAccuracy');
  if (before?.value == null || after?.value == null) return '';
  const points = Math.round(100 * before.value) - Math.round(100 * after.value); // as the page shows both
  if (points === 0) return '; accuracy stays the same';
  if (!differ(before, after)) return '; accuracy changes by less than this sample can show';
  const amount = `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} of accuracy`;
  return points > 0 ? `; the price is ${amount}` : `, and accuracy gains ${amount.replace(' of accuracy', '')}`;
}

/** Further apart than the errors of both allow. The lanes share their examples, so this asks rather too much than too little. */
const differ = (a: MetricValue, b: MetricValue) =>
  Math.abs((a.value as number) - (b.value as number)) > Math.hypot(halfWidth(a), halfWidth(b));
const halfWidth = ({ low, high }: MetricValue) => ((high as number) - (low as number)) / 2;
const beatsChance = (auc: MetricValue) => (auc.low as number) > 0.5;
const percent = (share: number) => `${Math.round(100 * share)} %`;
const interval = (auc: MetricValue) => `${percent(auc.low as number)} to ${percent(auc.high as number)}`;
