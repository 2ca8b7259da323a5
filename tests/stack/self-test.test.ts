/** The self-test of a device: passes where gradients are right, and tells where they are not. */
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gradientFault } from '../../src/stack/self-test.ts';
import reference from '../reference/self-test.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';

describe.each(backends)('the self-test on %s', (backend) => {
  useBackend(backend);

  it('finds no fault in a device that works, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    expect(await gradientFault()).toBeUndefined();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    ['zero', 0],
    ['a hundredth off', 1.01],
  ])('notices products that are %s', async (_what, factor) => {
    const kernel = tf.getKernel('StackedMatMul', backend);
    tf.unregisterKernel('StackedMatMul', backend);
    const times = (x: tf.TensorInfo) => tf.mul(tf.engine().makeTensorFromTensorInfo(x), factor);
    tf.registerKernel({ ...kernel, kernelFunc: (args) => times(kernel.kernelFunc(args) as tf.TensorInfo) });
    try {
      expect(await gradientFault()).toContain('its gradients are off by');
    } finally {
      tf.unregisterKernel('StackedMatMul', backend);
      tf.registerKernel(kernel);
    }
  });
});

it('holds PyTorch’s numbers', () => {
  const source = readFileSync(new URL('../../src/stack/self-test.ts', import.meta.url), 'utf8');
  for (const value of reference.gradient) expect(source).toContain(String(value));
});
