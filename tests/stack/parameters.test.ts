import type * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import mlp from '../../models/mlp.ts';
import { parameterCount } from '../../src/core/model.ts';
import { mulberry32, randomOf } from '../../src/core/random.ts';
import { mean, variance } from '../../src/core/statistics.ts';
import { initialWeights, stackWeights, unstackWeights } from '../../src/stack/parameters.ts';
import { backends, useBackend } from './backend.ts';
import { architectures, referenceIds } from './case.ts';
import { draw } from './numbers.ts';

describe('initial weights', () => {
  it('are Glorot-uniform, and biases 0', () => {
    const weights = initialWeights(mlp.build({ hidden: [60], activation: 'relu' }, [100], 10), randomOf(1));
    const first = weights.subarray(0, 6000);
    const limit = Math.sqrt(6 / 160);
    expect(Math.max(...first.map(Math.abs))).toBeLessThan(limit);
    // A uniform's variance is limit² / 3; its estimate from n has a standard error of limit² · √(4 / 45n).
    expect(Math.abs(mean(first))).toBeLessThan(5 * Math.sqrt(limit ** 2 / 3 / 6000));
    expect(Math.abs(variance(first) - limit ** 2 / 3)).toBeLessThan(5 * limit ** 2 * Math.sqrt(4 / 45 / 6000));
    expect(weights.subarray(6000, 6060)).toEqual(new Float32Array(60));
  });

  it('count nine positions in the fan of a convolution', () => {
    const first = initialWeights(architectures.cnn, randomOf(1)).subarray(0, 18); // 9 inputs, 2 outputs
    const limit = Math.sqrt(6 / (9 + 9 * 2));
    const largest = Math.max(...first.map(Math.abs));
    expect(largest).toBeLessThan(limit);
    expect(largest).toBeGreaterThan(0.7 * limit); // all 18 below that: 0.7¹⁸ < 0.002
  });
});

describe.each(backends)('packing on %s', (backend) => {
  useBackend(backend);

  it.each(referenceIds)('gives back the weights of every network of a stack of %s', async (id) => {
    const architecture = architectures[id];
    const uniform = mulberry32(8);
    const members = [0, 1, 2].map(() => draw(uniform, parameterCount(architecture)));
    const parameters = stackWeights(architecture, members);
    const shapes = architecture.layers.flatMap(({ inputs, outputs }) => [
      [3, inputs, outputs],
      [3, 1, outputs],
    ]);
    expect(parameters.map((parameter: tf.Tensor3D) => parameter.shape)).toEqual(shapes);
    expect(await unstackWeights(parameters)).toEqual(members);
  });
});
