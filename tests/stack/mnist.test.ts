import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import mnist from '../../datasets/mnist/index.ts';
import mlp from '../../models/mlp.ts';
import { oneHot } from '../../src/core/examples.ts';
import { mulberry32, randomOf } from '../../src/core/random.ts';
import { clippedGradients, meanGradients } from '../../src/stack/gradients.ts';
import { crossEntropy, crossEntropyGradient } from '../../src/stack/loss.ts';
import { knobs } from '../../src/stack/optimizer.ts';
import { forward } from '../../src/stack/pass.ts';
import { readAsset } from '../datasets/read.ts';
import known from '../reference/forward_backward.json' with { type: 'json' };
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { batchOf, type Case, parametersOf } from './case.ts';
import { difference, draw } from './numbers.ts';

async function firstDigits(): Promise<Case> {
  const { inputs, labels } = await mnist.load({ heldBack: 0 }, readAsset, randomOf(1));
  const weights = new Float32Array(784 * 128 + 128 + 128 * 10 + 10); // biases stay 0
  const uniform = mulberry32(123);
  weights.set(draw(uniform, 784 * 128, 0.08), 0);
  weights.set(draw(uniform, 128 * 10, 0.2), 784 * 128 + 128);
  expect([...labels.slice(0, 8)]).toEqual(known.labels);
  return {
    architecture: mlp.build({ hidden: [128], activation: 'relu' }, [784], 10),
    shape: [784],
    classes: 10,
    size: 8,
    weights,
    inputs: inputs.slice(0, 8 * 784),
    targets: oneHot(labels.slice(0, 8), 10),
  };
}

const loading = firstDigits(); // once: unpacking takes half a second
const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));

describe.each(backends)('an MLP on the first eight real digits on %s', (backend) => {
  useBackend(backend);

  it('has the logits, losses, gradients and norms that PyTorch and plain JavaScript agreed on', async () => {
    const digits = await loading;
    const [parameters, batch] = [parametersOf(digits), batchOf(digits, digits.targets)];
    const logits = forward(digits.architecture, parameters, batch.inputs);
    expect(difference(logits.dataSync(), known.logits.flat())).toBeLessThan(2e-6); // sums of 784 float32 products
    expect(difference(crossEntropy(logits, batch.targets).dataSync(), known.losses)).toBeLessThan(1e-6);
    const [w1, b1, w2, b2] = tf.tidy(() =>
      meanGradients(digits.architecture, parameters, batch, crossEntropyGradient).map((gradient) => gradient.dataSync()),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    expect(difference(b1.slice(0, 8), known.mean_grad_db1_first8)).toBeLessThan(2e-6);
    expect(difference(b2, known.mean_grad_db2)).toBeLessThan(2e-6);
    expect(norm(w1)).toBeCloseTo(known.mean_grad_W1_l2, 5);
    expect(norm(w2)).toBeCloseTo(known.mean_grad_W2_l2, 5);
    // 100,352 summands with rounding errors of both signs: 6e-8 · √100352 ≈ 2e-5 of their size, about 0.01
    expect(w1.reduce((sum, value) => sum + value, 0)).toBeCloseTo(known.mean_grad_W1_sum, 3);
  });

  it.each(reference.mnistClipped)('has the clipped mean that PyTorch gets one by one at clip $clip', async (expected) => {
    const digits = await loading;
    const { gradients, norms } = clippedGradients(
      digits.architecture,
      parametersOf(digits),
      batchOf(digits, digits.targets),
      crossEntropyGradient,
      knobs([expected.clip]),
    );
    expect(difference(norms.dataSync(), known.per_sample_grad_norm)).toBeLessThan(1e-6);
    const mean = gradients.map((gradient) => gradient.div(8).dataSync());
    expect(norm(mean.map(norm))).toBeCloseTo(expected.meanNorm, 5);
    expect(difference(mean[3] as Float32Array, expected.bias2)).toBeLessThan(2e-6);
  });
});
