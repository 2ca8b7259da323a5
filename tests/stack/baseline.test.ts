import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { trainWithLayers } from '../../src/stack/baseline.ts';
import { backends, useBackend } from './backend.ts';
import { architectures } from './case.ts';
import { jobOf, trained } from './job.ts';
import { difference } from './numbers.ts';

const clock = () => performance.now();
/** Every batch holds all twenty examples, so that it does not matter in which order they come. */
const whole = { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 6 } as const;

describe.each(backends)('training with TF.js’s own layers on %s', (backend) => {
  useBackend(backend);

  it.each(['sgd', 'momentum'] as const)('ends at the weights at which a stack ends: the MLP with %s', async (optimizer) => {
    const job = jobOf({ ...whole, optimizer }, 2);
    const ours = await trained('mlp', job);
    const { weights, milliseconds } = await trainWithLayers(job, architectures.mlp, clock);
    expect(weights).toHaveLength(2);
    weights.forEach((own, k) => {
      expect(difference(own, ours.weights[k] as Float32Array)).toBeLessThan(1e-5); // six steps in single precision
    });
    expect(milliseconds).toBeGreaterThan(0);
  });

  it('leaves no tensor behind', async () => {
    await trainWithLayers(jobOf(whole, 1), architectures.mlp, clock); // TF.js keeps an epsilon from the first time on
    const before = tf.memory().numTensors;
    await trainWithLayers(jobOf(whole, 2), architectures.mlp, clock);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('training a convolutional network with TF.js’s own layers', () => {
  describe('on cpu', () => {
    useBackend('cpu');
    it('ends at the weights at which a stack ends', async () => {
      const job = jobOf(whole, 1);
      const ours = await trained('cnn', job);
      const { weights } = await trainWithLayers(job, architectures.cnn, clock);
      expect(difference(weights[0] as Float32Array, ours.weights[0] as Float32Array)).toBeLessThan(1e-5);
    });
  });

  describe('on wasm', () => {
    useBackend('wasm');
    it('is not possible, which TF.js says in its own words; all else goes on', async () => {
      await expect(trainWithLayers(jobOf(whole, 1), architectures.cnn, clock)).rejects.toThrow(/Conv2DBackpropFilter/);
      const before = await trained('cnn', jobOf(whole, 1));
      await expect(trainWithLayers(jobOf(whole, 1), architectures.cnn, clock)).rejects.toThrow(/Conv2DBackpropFilter/);
      expect((await trained('cnn', jobOf(whole, 1))).weights).toEqual(before.weights);
    });
  });
});
