import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { oneHot } from '../../src/core/examples.ts';
import { mulberry32 } from '../../src/core/random.ts';
import { crossEntropy, crossEntropyGradient, pull, relaxLossGradient } from '../../src/stack/loss.ts';
import { knobs } from '../../src/stack/optimizer.ts';
import { forward } from '../../src/stack/pass.ts';
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { batchOf, parametersOf, referenceCase, referenceIds } from './case.ts';
import { difference, draw } from './numbers.ts';

const { relaxLoss: relaxed } = reference;
const sixth = () => tf.fill<tf.Rank.R3>([1, 6, 1], 1 / 6);
const logitsOf = () => tf.tensor3d(draw(mulberry32(relaxed.seed), 24, relaxed.scale), [1, 6, 4]);
const targetsOf = () => tf.tensor3d(oneHot(Int32Array.of(0, 1, 2, 3, 0, 1), 4), [1, 6, 4]);
const rounding = 1e-6; // an exponential and a few products in float32

describe.each(backends)('losses on %s', (backend) => {
  useBackend(backend);

  it.each(referenceIds)('of %s are those of PyTorch, for hard and smoothed labels', (id) => {
    const [small, expected] = [referenceCase(id), reference[id]];
    const hard = batchOf(small, small.targets);
    const smooth = batchOf(
      small,
      small.targets.map((t) => 0.8 * t + 0.2 / small.classes),
    );
    const logits = forward(small.architecture, parametersOf(small), hard.inputs);
    expect(difference(crossEntropy(logits, hard.targets).dataSync(), expected.losses)).toBeLessThan(2 * rounding);
    expect(difference(crossEntropy(logits, smooth.targets).dataSync(), expected.smoothLosses)).toBeLessThan(2 * rounding);
  });

  it('stay finite for logits of a thousand', () => {
    const logits = tf.tensor3d([1000, -1000, 0, -1000, 1000, 0], [1, 2, 3]);
    const targets = tf.tensor3d([1, 0, 0, 1, 0, 0], [1, 2, 3]);
    expect([...crossEntropy(logits, targets).add(0).dataSync()]).toEqual([0, 2000]); // + 0 makes −0 plain
    expect([...crossEntropyGradient(logits, targets).dataSync()]).toEqual([0, 0, 0, -1, 1, 0]);
  });

  it.each(relaxed.cases)(
    'RelaxLoss goes the way of the paper $where alpha in epoch $epoch',
    ({ alpha, epoch, logitGradient }) => {
      const loss = relaxLossGradient(knobs([alpha]), epoch % 2 === 0, sixth());
      expect(difference(loss(logitsOf(), targetsOf()).dataSync(), logitGradient)).toBeLessThan(rounding);
    },
  );

  it('RelaxLoss decides for each network of a stack by its own mean loss', () => {
    const logits = tf.concat([logitsOf(), logitsOf().mul(0.01)]) as tf.Tensor3D; // mean losses 2.2 and ln 4 = 1.4
    const [targets, weights] = [tf.concat([targetsOf(), targetsOf()]), tf.concat([sixth(), sixth()])] as [
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const relaxedGradient = relaxLossGradient(knobs([2, 2]), true, weights)(logits, targets);
    const plain = crossEntropyGradient(logits, targets);
    const signs = tf.tensor3d([1, -1], [2, 1, 1]);
    expect(difference(relaxedGradient.dataSync(), plain.mul(signs).dataSync())).toBeLessThan(rounding);
  });

  it('pull with each example’s weight', () => {
    const weights = tf.tensor3d([0.5, 0, 0.1, 0.2, 0, 0.2], [1, 6, 1]);
    const [logits, targets] = [logitsOf(), targetsOf()];
    const gradient = tf.grad((x) => pull(crossEntropyGradient, x as tf.Tensor3D, targets, weights).mul(3))(logits);
    const expected = crossEntropyGradient(logits, targets).mul(weights).mul(3);
    expect(difference(gradient.dataSync(), expected.dataSync())).toBeLessThan(rounding);
  });
});
