/** Evidence of a mark: the reference's z and p, thresholds that keep their promise, and the best of several keys. */
import { expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { editDistance } from '../../src/metrics/edits.ts';
import { binomialRange } from '../../src/metrics/intervals.ts';
import { exactPValue, pValue, thresholdOf, zOfBest, zScore } from '../../src/metrics/marks.ts';
import reference from '../reference/ci_watermark.json' with { type: 'json' };

const named = Object.entries(reference.values).flatMap(([name, value]) => {
  const found = /^kgw_z_green(\d+)_T(\d+)_gamma(.+)$/.exec(name);
  return found ? [[Number(found[1]), Number(found[2]), Number(found[3]), value as { z: number; p: number }] as const] : [];
});

it('is that of the watermark’s authors', () => {
  expect(named.length).toBe(4);
  for (const [green, words, gamma, { z, p }] of named) {
    expect(zScore(green, words, gamma)).toBeCloseTo(z, 12);
    expect(pValue(zScore(green, words, gamma)) / p).toBeCloseTo(1, 10);
  }
  expect(zScore(36, 56, 0.25)).toBeCloseTo(6.789, 3);
});

it('calls no more unmarked things marked than it may, also where many have the same', () => {
  const random = randomOf('thresholds');
  for (const most of [5, 100, 1e9]) {
    const unmarked = Array.from({ length: 250 }, () => random.integer(most));
    for (const falseAlarms of [0.01, 0.05]) {
      const threshold = thresholdOf(unmarked, falseAlarms);
      expect(unmarked.filter((value) => value >= threshold).length).toBeLessThanOrEqual(falseAlarms * 250);
    }
  }
  expect(thresholdOf([3, 1, 2, 4], 0.25)).toBeCloseTo(3, 6); // only the 4 reaches it
  expect(thresholdOf([3, 1, 2, 4], 0.25)).toBeGreaterThan(3);
});

it('raises no more false alarms with more keys', () => {
  const random = randomOf('keys');
  const bound = -2.326347874040841; // 1 % of a standard normal lies below
  for (const keys of [1, 2, 8, 64]) {
    const best = () => Math.max(...Array.from({ length: keys }, () => random.normal()));
    const alarms = Array.from({ length: 4000 }, () => zOfBest(best(), keys)).filter((z) => z > -bound).length;
    const [low, high] = binomialRange(4000, 0.01);
    expect(alarms).toBeGreaterThanOrEqual(low);
    expect(alarms).toBeLessThanOrEqual(high);
  }
  // Šidák: 1 − (1 − p)ⁿ, which for a small p is n times p.
  expect(pValue(zOfBest(2, 8))).toBeCloseTo(1 - (1 - pValue(2)) ** 8, 10);
  expect(pValue(zOfBest(7, 8)) / pValue(7)).toBeCloseTo(8, 4);
  expect(zOfBest(-1, 1)).toBe(-1);
});

it('is exact in the tail, where a normal curve is too light', () => {
  // Sums of binomial terms in exact arithmetic.
  expect(exactPValue(26, 70, 0.25)).toBeCloseTo(0.016262602192955673, 12);
  expect(exactPValue(43, 125, 0.25)).toBeCloseTo(0.01187774944343906, 12);
  expect(exactPValue(0, 70, 0.25)).toBe(1);
  expect(exactPValue(26, 70, 0.25, 4)).toBeCloseTo(1 - (1 - 0.016262602192955673) ** 4, 12);
});

it('counts words put in, left out and exchanged', () => {
  const words = (text: string) => (text ? text.split(' ') : []);
  const distance = (from: string, to: string) => editDistance(words(from), words(to));
  expect(distance('', 'a b')).toBe(2);
  expect(distance('a b c', 'a c')).toBe(1);
  expect(distance('the keys are in room 4', 'the cups are in room 4')).toBe(1);
  expect(distance('ask ada now', 'please ask ada')).toBe(2);
});
