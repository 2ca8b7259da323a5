/** Exposure, beside what TensorFlow Privacy makes of the same numbers. */
import { describe, expect, it } from 'vitest';
import { expectedExposure, exposureAmong, exposureOfRank, exposureUnder, fitSkewNormal } from '../../src/metrics/exposure.ts';
import { lowest } from '../../src/metrics/simplex.ts';
import reference from '../reference/exposure.json' with { type: 'json' };

const levels = Object.keys(reference.secrets) as (keyof typeof reference.secrets)[];

describe('exposure', () => {
  it('is log2 of the space at the first rank, 0 at the last, and 1 / ln 2 on average', () => {
    expect(exposureOfRank(1, 10_000)).toBeCloseTo(13.2877, 4);
    expect(exposureOfRank(10_000, 10_000)).toBe(0);
    expect(expectedExposure(4)).toBeCloseTo((2 + 1 + Math.log2(4 / 3) + 0) / 4, 12);
    expect(expectedExposure(10_000)).toBeCloseTo(1 / Math.LN2, 2);
  });

  it.each(levels)('by rank is TensorFlow Privacy’s interpolation of secrets repeated %s times', (level) => {
    // It returns them in the order of their perplexities.
    const ours = [...reference.secrets[level]].sort((a, b) => a - b).map((one) => exposureAmong(reference.reference, one));
    ours.forEach((one, i) => expect(one).toBeCloseTo(reference.interpolation[level][i] as number, 12));
  });

  // SciPy's optimiser stops where its own simplex is small; both maxima are the same to four digits.
  it.each(levels)('by a skew-normal is its extrapolation of secrets repeated %s times', (level) => {
    const fitted = fitSkewNormal(reference.reference);
    const ours = reference.secrets[level].map((one) => exposureUnder(fitted, one));
    ours.forEach((one, i) => expect(Math.abs(one - (reference.extrapolation[level][i] as number))).toBeLessThan(1e-3));
  });
});

describe('the simplex', () => {
  it('walks to the bottom of Rosenbrock’s valley', () => {
    const [x, y] = lowest(
      ([a, b]) => (1 - (a as number)) ** 2 + 100 * ((b as number) - (a as number) ** 2) ** 2,
      [-1.2, 1],
      [1, 1],
    );
    expect(x).toBeCloseTo(1, 3);
    expect(y).toBeCloseTo(1, 3);
  });
});
