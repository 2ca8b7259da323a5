import { describe, expect, it } from 'vitest';
import { correlation, meanSquaredError, psnrOf, ssim } from '../../src/metrics/pictures.ts';
import cases from '../reference/pictures.json' with { type: 'json' };

describe.each(cases.map((one) => [`${one.kind}, ${one.shape.join(' × ')}`, one] as const))('two pictures (%s)', (_name, one) => {
  it('are as alike as scikit-image and NumPy say', () => {
    expect(ssim(one.a, one.b, one.shape)).toBeCloseTo(one.ssim, 10);
    expect(correlation(one.a, one.b)).toBeCloseTo(one.correlation, 10);
    expect(meanSquaredError(one.a, one.b)).toBeCloseTo(one.mse, 12);
    expect(psnrOf(meanSquaredError(one.a, one.b))).toBeCloseTo(one.psnr, 8);
  });
});

describe('the same picture twice', () => {
  it('is as alike as can be', () => {
    const [one] = cases as [(typeof cases)[number]];
    expect(ssim(one.a, one.a, one.shape)).toBeCloseTo(1, 12);
    expect(correlation(one.a, one.a)).toBeCloseTo(1, 12);
    expect(psnrOf(meanSquaredError(one.a, one.a))).toBe(Number.POSITIVE_INFINITY);
  });
});
