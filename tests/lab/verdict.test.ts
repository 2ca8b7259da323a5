/** The sentence: says no more than the numbers do. */
import { expect, it } from 'vitest';
import type { MetricName, MetricValue } from '../../src/core/event.ts';
import { verdictOf } from '../../src/lab/verdict.ts';

const membership = { access: 'labels', family: 'membership inference', metrics: ['auc'] } as const;

const around = (value: number, half: number): MetricValue => ({
  value,
  low: value - half,
  high: value + half,
  how: 'by hand',
  sampleSize: 100,
  chance: 0.5,
});
const lane = (name: string, auc: number, accuracy: number, half = 0.02) => ({
  name,
  metrics: new Map<MetricName, MetricValue>([
    ['auc', around(auc, half)],
    ['testAccuracy', around(accuracy, half)],
  ]),
});

it.each([
  [lane('noise', 0.55, 0.7), 'With noise it falls to 55 %, still better than a coin; the price is 10 points of accuracy.'],
  [lane('noise', 0.9, 0.85), 'With noise it rises to 90 %: a false friend, and accuracy gains 5 points.'],
  [lane('noise', 0.8, 0.8), 'With noise it stays at 80 %; accuracy stays the same.'],
  // 0.02 apart with errors of 0.02 each: hypot is 0.028.
  [lane('noise', 0.78, 0.78), 'With noise it is 78 %, no clear difference from 80 %; accuracy stays about the same.'],
  // 0.03 apart: intervals overlap, and yet the difference is larger than its error.
  [lane('noise', 0.77, 0.8), 'With noise it falls to 77 %, still better than a coin; accuracy stays the same.'],
])('compares a defended lane with the first: %#', (defended, sentence) => {
  const verdict = verdictOf([lane('undefended', 0.8, 0.8), defended], membership);
  expect(verdict).toBe(
    `Shown one member and one other, the attacker picks the member 80 % of the time (a coin: 50 %). ${sentence}`,
  );
});

it('says once what is the same of several lanes', () => {
  const verdict = verdictOf([lane('undefended', 0.8, 0.8), lane('one', 0.55, 0.8), lane('two', 0.6, 0.8)], membership);
  expect(verdict).toContain(
    'With one it falls to 55 %, still better than a coin. With two it falls to 60 %, still better than a coin. Accuracy stays the same with each of them.',
  );
});

it('calls a coin a coin', () => {
  expect(verdictOf([lane('undefended', 0.51, 0.8)], membership)).toBe(
    'The attacker does no better than a coin (51 %, interval 49 % to 53 %).',
  );
});
