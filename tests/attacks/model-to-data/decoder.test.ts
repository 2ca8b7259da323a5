import { describe, expect, it } from 'vitest';
import { priorOf } from '../../../src/attacks/model-to-data/decoder.ts';
import { cholesky, meanAndCovariance } from '../../../src/attacks/model-to-data/gaussian.ts';
import type { OwnNetwork } from '../../../src/core/network.ts';
import { randomOf } from '../../../src/core/random.ts';

describe('a normal distribution that is fitted to a table', () => {
  it('has the table’s mean and covariance', () => {
    const { mean, covariance } = meanAndCovariance([1, 2, 3, 6, 5, 4], 2); // rows (1, 2), (3, 6), (5, 4)
    expect([...mean]).toEqual([3, 4]);
    expect([...covariance]).toEqual([4, 2, 2, 4]); // NumPy: np.cov([[1, 3, 5], [2, 6, 4]])
  });

  it('is drawn from through a factor whose square is the covariance', () => {
    const random = randomOf('table');
    const table = Float64Array.from({ length: 60 }, () => random.normal());
    const { covariance } = meanAndCovariance(table, 4);
    const factor = cholesky(covariance, 4);
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        let sum = 0;
        for (let k = 0; k < 4; k++) sum += (factor[i * 4 + k] as number) * (factor[j * 4 + k] as number);
        expect(sum).toBeCloseTo(covariance[i * 4 + j] as number, 12);
        if (j > i) expect(factor[i * 4 + j]).toBe(0);
      }
    }
  });
});

describe('a prior of pictures', () => {
  const random = randomOf('decoder');
  const [width, size] = [3, 5];
  const weights = Float64Array.from({ length: width * size }, () => random.normal());
  /** A linear decoder: logits are code · weights. */
  const decoder = {
    logits: async (codes: Float32Array) =>
      Float32Array.from({ length: (codes.length / width) * size }, (_, at) => {
        const [row, i] = [Math.floor(at / size), at % size];
        let sum = 0;
        for (let j = 0; j < width; j++) sum += (codes[row * width + j] as number) * (weights[j * size + i] as number);
        return sum;
      }),
    inputGradients: async (codes: Float32Array, pull: Float32Array) =>
      Float32Array.from(codes, (_code, at) => {
        const [row, j] = [Math.floor(at / width), at % width];
        let sum = 0;
        for (let i = 0; i < size; i++) sum += (weights[j * size + i] as number) * (pull[row * size + i] as number);
        return sum;
      }),
  } as unknown as OwnNetwork;
  const prior = priorOf(decoder, Float64Array.of(0.2, -0.1, 0.4), Float64Array.of(1, 0, 0, 0.5, 0.8, 0, -0.3, 0.2, 0.6));

  it('says how each pixel moves with z, as moving z does', async () => {
    const z = Float32Array.from({ length: 2 * width }, () => random.normal());
    const pull = Float32Array.from({ length: 2 * size }, () => random.normal());
    const slopes = await prior.pullBack(z, await prior.pictures(z), pull);
    const pulled = async (at: number, by: number) => {
      const made = await prior.pictures(z.map((value, i) => (i === at ? value + by : value)));
      return made.reduce((sum, grey, i) => sum + grey * (pull[i] as number), 0);
    };
    for (let at = 0; at < z.length; at++) {
      const slope = ((await pulled(at, 1e-2)) - (await pulled(at, -1e-2))) / 2e-2;
      expect(slopes[at]).toBeCloseTo(slope, 3); // single precision over a step of a hundredth
    }
  });
});
