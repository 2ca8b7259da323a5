import { describe, expect, it } from 'vitest';
import {
  argMax,
  betaQuantile,
  incompleteBeta,
  invert,
  logGamma,
  logNormalDensity,
  mean,
  median,
  studentCdf,
  studentQuantile,
  variance,
  z95,
} from '../../src/core/statistics.ts';
import scipy from '../reference/statistics.json' with { type: 'json' };

const near = (ours: number, theirs: number, relative: number, absolute = 0) =>
  expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(relative * Math.abs(theirs) + absolute);

describe('distribution functions agree with SciPy:', () => {
  it.each(scipy.logGamma)('ln Γ(%d)', (x, expected) => near(logGamma(x as number), expected as number, 1e-14, 2e-15));

  it.each(scipy.incompleteBeta)('I of x = %d, a = %d, b = %d', (x, a, b, expected) => {
    // ln Γ of 10⁴ is some 8·10⁴, known to 1e-15 of itself; its error becomes a relative one of 1e-10 at most.
    near(incompleteBeta(x as number, a as number, b as number), expected as number, 1e-10);
  });

  it.each(scipy.betaQuantile)('the beta quantile %d of a = %d, b = %d', (p, a, b, expected) => {
    near(betaQuantile(p as number, a as number, b as number), expected as number, 1e-10);
  });

  it.each(scipy.studentCdf)('Student’s t below %d with %d degrees of freedom', (t, freedom, expected) => {
    near(studentCdf(t as number, freedom as number), expected as number, 1e-11);
  });

  it('the median of Student’s t, as far as t² shows beside the degrees of freedom: √(2⁻⁵² · 63) = 1e-7', () => {
    expect(Math.abs(studentQuantile(0.5, 63))).toBeLessThan(2e-7);
  });

  it.each(scipy.studentQuantile)('Student’s quantile %d with %d degrees of freedom', (p, freedom, expected) => {
    near(studentQuantile(p as number, freedom as number), expected as number, 1e-9); // flat where p is near 1
  });

  it.each(scipy.logNormalDensity)(
    'ln of the normal density at %d about %d with deviation %d',
    (x, centre, deviation, expected) => {
      near(logNormalDensity(x as number, centre as number, deviation as number), expected as number, 1e-14);
    },
  );

  it('the normal’s 0.975 quantile', () => near(z95, scipy.z95, 1e-15));
});

describe('plain statistics', () => {
  it('are those of a small sample', () => {
    const values = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(values)).toBe(5);
    expect(variance(values, 0)).toBe(4);
    expect(variance(values)).toBe(32 / 7);
    expect(median(values)).toBe(4.5);
    expect(median([9, 1, 10])).toBe(9); // by number, not by text
    expect(median([])).toBeNaN();
  });

  it('keep small differences on a large offset', () => {
    expect(variance([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toBe(30);
  });
});

describe('invert', () => {
  it('finds the place to the last bit, and an end where the level is out of reach', () => {
    expect(invert((x) => x * x, 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(invert((x) => x, 7, 0, 1)).toBeCloseTo(1, 15);
  });
});

describe('argMax', () => {
  it('is the first of the largest values of its row', () => {
    const table = [1, 3, 3, 0, -5, -1, -2, -1];
    expect(argMax(table, 0, 4)).toBe(1);
    expect(argMax(table, 1, 4)).toBe(1);
    expect(argMax(table, 3, 2)).toBe(1);
  });
});
