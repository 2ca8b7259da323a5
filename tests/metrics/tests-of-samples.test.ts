import { describe, expect, it } from 'vitest';
import { shapiroWilk } from '../../src/metrics/normality.ts';
import { welchTest } from '../../src/metrics/t-test.ts';
import reference from '../reference/tests-of-samples.json' with { type: 'json' };

const sample = (name: string) => reference.shapiro.find((row) => row.name === name)?.values as number[];

describe('Shapiro and Wilk’s W', () => {
  it.each(reference.shapiro.map(({ name, values, w }) => [name, values, w] as const))('is SciPy’s: %s', (_, values, w) => {
    expect(Math.abs(shapiroWilk(values) - w)).toBeLessThan(2e-6); // quantiles of seven digits on either side
  });
  it('does not mind where a sample lies or how wide it is', () => {
    const values = sample('normal, 50');
    expect(shapiroWilk(values.map((value) => 1000 - 7 * value))).toBeCloseTo(shapiroWilk(values), 10);
  });
  it('is no number where there is nothing to see', () => expect(shapiroWilk([2, 2, 2, 2])).toBeNaN());
});

describe('Welch’s test', () => {
  it.each(reference.welch.map(({ first, second, t, p }) => [first, second, t, p] as const))(
    'is SciPy’s: %s against %s',
    (first, second, t, p) => {
      const own = welchTest(sample(first), sample(second));
      expect(own.t).toBeCloseTo(t, 9);
      expect(own.p).toBeCloseTo(p, 9);
    },
  );
});
