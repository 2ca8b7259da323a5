import { describe, expect, it } from 'vitest';
import digits8 from '../../datasets/digits8/index.ts';
import mnist from '../../datasets/mnist/index.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { readAsset } from './read.ts';

const loading = Promise.all([mnist, digits8].map((dataset) => dataset.load({ heldBack: 0 }, readAsset, randomOf(1))));

describe('digits at 8 × 8', () => {
  it('are the means of 7 × 7 blocks of the digits with every pixel doubled: 2 · 28 = 7 · 8', async () => {
    const [large, small] = await loading;
    const [whole, few] = [large?.inputs as Float32Array, small?.inputs as Float32Array];
    for (const n of [0, 1, 4321, 9999]) {
      for (let r = 0; r < 8; r++) {
        for (let c = 0; c < 8; c++) {
          let sum = 0;
          for (let y = 7 * r; y < 7 * r + 7; y++) {
            for (let x = 7 * c; x < 7 * c + 7; x++) sum += whole[(n * 28 + (y >> 1)) * 28 + (x >> 1)] as number;
          }
          expect(few[(n * 8 + r) * 8 + c]).toBeCloseTo(sum / 49, 6); // one rounding to float32
        }
      }
    }
  });

  it('keep labels, order and mean grey', async () => {
    const [large, small] = await loading;
    expect(small?.labels).toEqual(large?.labels);
    expect([small?.count, small?.size]).toEqual([10000, 64]);
    expect(mean(small?.inputs ?? [])).toBeCloseTo(mean(large?.inputs ?? []), 7);
  });
});
