import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import { type Batch, clippedGradients, meanGradients } from '../../src/stack/gradients.ts';
import { crossEntropy, crossEntropyGradient } from '../../src/stack/loss.ts';
import { knobs } from '../../src/stack/optimizer.ts';
import { forward, type Parameters } from '../../src/stack/pass.ts';
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { alone, batchOf, type Case, flat, masksOf, parametersOf, referenceCase, referenceIds } from './case.ts';
import { difference } from './numbers.ts';

const meanOf = ({ architecture }: Case, parameters: Parameters, batch: Batch) =>
  tf.tidy(() => flat(meanGradients(architecture, parameters, batch, crossEntropyGradient)));

const clippedOf = ({ architecture }: Case, parameters: Parameters, batch: Batch, clip: number) =>
  tf.tidy(() => {
    const { gradients, norms } = clippedGradients(architecture, parameters, batch, crossEntropyGradient, knobs([clip]));
    return { sum: flat(gradients), norms: norms.dataSync() };
  });

const softTargets = ({ targets, classes }: Case, share: number) => targets.map((t) => (1 - share) * t + share / classes);

/**
 * The central difference of a float32 loss with kinks. A loss of about 2 is known to some 3e-7, so slopes over h to 6e-7 / h.
 * Where those to the left and to the right differ by more, a ReLU or a maximum switches in between: a smaller h then. What
 * they still differ by bounds what is left of kinks and curvature.
 */
function slopeOf(lossAt: (shift: number) => number): { slope: number; error: number } {
  for (const h of [2e-3, 1e-3, 5e-4, 2.5e-4]) {
    const [before, here, after] = [lossAt(-h), lossAt(0), lossAt(h)] as const;
    const rounding = 6e-7 / h;
    if (Math.abs(after + before - 2 * here) / h < 2 * rounding) return { slope: (after - before) / (2 * h), error: 2 * rounding };
  }
  throw new Error('no smooth neighbourhood here: draw another coordinate');
}

// Against float64: rounding of 6e-8 adds up over sums of some hundred terms, 384 in the CNN's first layer.
const rounding = 3e-6;

describe.each(backends)('gradients on %s', (backend) => {
  useBackend(backend);

  describe.each(referenceIds)('of %s', (id) => {
    const small = referenceCase(id);
    const expected = reference[id];

    it('are the mean gradients of PyTorch', () => {
      const parameters = parametersOf(small);
      expect(difference(meanOf(small, parameters, batchOf(small, small.targets)), expected.gradient)).toBeLessThan(rounding);
    });

    it('are those of PyTorch with smoothed labels too', () => {
      const batch = batchOf(small, softTargets(small, expected.smoothing));
      const parameters = parametersOf(small);
      expect(difference(meanOf(small, parameters, batch), expected.smoothGradient)).toBeLessThan(rounding);
      expect(difference(clippedOf(small, parameters, batch, 1).norms, expected.smoothNorms)).toBeLessThan(rounding);
    });

    it('have the per-example norms and the clipped sum of PyTorch, which goes through the examples one by one', () => {
      const { sum, norms } = clippedOf(small, parametersOf(small), batchOf(small, small.targets), expected.clip);
      expect(difference(norms, expected.norms)).toBeLessThan(rounding);
      expect(difference(sum, expected.clippedSum)).toBeLessThan(rounding);
    });

    it('agree with central differences, through dropout masks', () => {
      const parameters = parametersOf(small);
      const batch = { ...batchOf(small, small.targets), masks: masksOf(small, 5) };
      const gradients = tf.tidy(() => meanGradients(small.architecture, parameters, batch, crossEntropyGradient));
      const lossAt = (moved: Parameters) =>
        tf.tidy(
          () =>
            crossEntropy(forward(small.architecture, moved, batch.inputs, { masks: batch.masks }), batch.targets)
              .mul(batch.weights)
              .sum()
              .dataSync()[0] as number,
        );
      const uniform = mulberry32(17);
      parameters.forEach((parameter, i) => {
        const values = parameter.dataSync();
        for (let repeat = 0; repeat < 4; repeat++) {
          const at = Math.floor(uniform() * parameter.size);
          const shifted = (by: number) => {
            const moved = Float32Array.from(values, (value, j) => (j === at ? value + by : value));
            return lossAt(parameters.map((p, j) => (j === i ? tf.tensor3d(moved, parameter.shape) : p)));
          };
          const gradient = (gradients[i] as tf.Tensor3D).dataSync()[at] as number;
          const { slope, error } = slopeOf(shifted);
          expect(Math.abs(gradient - slope)).toBeLessThan(error);
        }
      });
    });

    it('are per example what a batch of one has, also on dropout masks', () => {
      const parameters = parametersOf(small);
      for (const masks of [undefined, masksOf(small, 6)]) {
        const batch: Batch = { ...batchOf(small, small.targets), ...(masks && { masks }) };
        const each = Array.from({ length: small.size }, (_, i) => meanOf(small, parameters, alone(batch, i)));
        const norms = each.map((gradient) => Math.hypot(...gradient));
        const clip = [...norms].sort((a, b) => a - b)[small.size >> 1] as number; // at the median: some are clipped
        const sum = new Float64Array(small.weights.length);
        each.forEach((gradient, i) => {
          const factor = Math.min(1, clip / (norms[i] as number));
          gradient.forEach((value, j) => {
            sum[j] = (sum[j] as number) + factor * value;
          });
        });
        const ours = clippedOf(small, parameters, batch, clip);
        expect(difference(ours.norms, norms)).toBeLessThan(1e-5);
        expect(difference(ours.sum, sum)).toBeLessThan(1e-5);
        // Where nothing is clipped, the sum over the batch is the mean times its size.
        const unclipped = clippedOf(small, parameters, batch, 1e6).sum.map((value) => value / small.size);
        expect(difference(unclipped, meanOf(small, parameters, batch))).toBeLessThan(1e-5);
      }
    });

    it('do not change with rows of weight 0, whatever stands in them', () => {
      const parameters = parametersOf(small);
      const batch = batchOf(small, small.targets);
      const padding = batchOf({ ...small, inputs: small.inputs.map((x) => 30 * x) }, small.targets);
      const padded: Batch = {
        inputs: tf.concat([batch.inputs, padding.inputs], 1),
        targets: tf.concat([batch.targets, padding.targets], 1),
        weights: tf.concat([batch.weights, tf.zerosLike(batch.weights)], 1),
      };
      const sameTo = 1e-6; // longer sums may be added in another order
      expect(difference(meanOf(small, parameters, padded), meanOf(small, parameters, batch))).toBeLessThan(sameTo);
      const [withRows, without] = [padded, batch].map((b) => clippedOf(small, parameters, b, expected.clip));
      expect(difference(withRows?.sum ?? [], without?.sum ?? [])).toBeLessThan(sameTo);
      expect(withRows?.norms.slice(small.size)).toEqual(new Float32Array(small.size));
    });
  });
});
