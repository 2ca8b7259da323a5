/** Comparing tables of numbers, and drawing them as tests/reference/gradients.py does. */
import { expect } from 'vitest';
import type { Uniform } from '../../src/core/random.ts';

/** (2u − 1) · scale, row by row. */
export function draw(uniform: Uniform, count: number, scale = 1): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, () => (2 * uniform() - 1) * scale);
}

/** The largest |a − b| over the largest |b|: differences are judged by the size of the whole table. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let apart = 0;
  let largest = 1e-30;
  for (let i = 0; i < b.length; i++) {
    const d = Math.abs((a[i] as number) - (b[i] as number));
    if (!(d <= apart)) apart = d; // so that NaN stays
    largest = Math.max(largest, Math.abs(b[i] as number));
  }
  return apart / largest;
}
