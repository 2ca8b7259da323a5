/** DLG and iDLG on digits beside the same searches in PyTorch (`reference/gradient_leakage_mnist.json`). */
import { expect } from 'vitest';
import mnist from '../../datasets/mnist/index.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean, median, variance } from '../../src/core/statistics.ts';
import { newcombe } from '../../src/metrics/intervals.ts';
import { readAsset } from '../datasets/read.ts';
import reference from '../reference/gradient_leakage_mnist.json' with { type: 'json' };
import { welchBound } from './experiments.ts';
import { batchesOf, type Leak, leaked, meanSquared } from './shared-gradients.ts';

export async function searched(leak: Leak) {
  const results = await leaked(leak);
  return {
    errors: results.map(({ batch, recovered }) => meanSquared(recovered.inputs, batch.inputs)),
    labels: results.filter(({ batch, recovered }) => recovered.labels[0] === batch.labels[0]).length,
  };
}

const arrived = (error: number) => error < 1e-3;
const logarithms = (errors: readonly number[]) => errors.filter(arrived).map(Math.log10);
const figure = (values: readonly number[]) => ({ mean: mean(values), sd: Math.sqrt(variance(values)), n: values.length });
export const shown = (errors: readonly number[]) => errors.map((error) => error.toExponential(1)).join(' ');

/** Whether as many searches arrive as there, as exactly, with as many labels. */
export async function expectAsInPyTorch(
  method: 'dlg' | 'idlg',
  optimizer: 'lbfgs' | 'adam',
  precision: 'double' | 'single',
  images: number,
): Promise<void> {
  const digits = await mnist.load({ heldBack: 0 }, readAsset, randomOf('unused'));
  const steps = optimizer === 'adam' ? 1500 : 1000;
  const options = { method, optimizer, precision, steps };
  const batches = batchesOf(digits, images, 1);
  const { errors, labels } = await searched({ batches, shape: [28, 28, 1], hidden: [128], activation: 'sigmoid', options });
  const { mse, label_correct } =
    reference.runs[`${method}|${optimizer}|${precision === 'double' ? 'float64' : 'float32'}` as 'dlg|lbfgs|float64'];
  console.log(
    `${method} ${optimizer} ${precision}: median ${median(errors)}, labels ${labels} of ${images}; ${shown(errors)}\nPyTorch: median ${median(mse)}, labels ${label_correct}; ${shown(mse)}`,
  );

  const theirs = figure(logarithms(mse));
  expect(Math.abs(mean(logarithms(errors)) - theirs.mean)).toBeLessThan(welchBound(logarithms(errors), theirs));
  const rates = (own: number, other: number) => newcombe(own, images, other, mse.length);
  for (const [low, high] of [
    rates(errors.filter(arrived).length, mse.filter(arrived).length),
    rates(labels, 10 * label_correct),
  ]) {
    expect(low).toBeLessThanOrEqual(0);
    expect(high).toBeGreaterThanOrEqual(0);
  }
}
