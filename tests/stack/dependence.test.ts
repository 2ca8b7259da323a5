import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import mlp from '../../models/mlp.ts';
import { oneHot } from '../../src/core/examples.ts';
import { meanGradients } from '../../src/stack/gradients.ts';
import { crossEntropyGradient } from '../../src/stack/loss.ts';
import { knobs } from '../../src/stack/optimizer.ts';
import { stackWeights } from '../../src/stack/parameters.ts';
import reference from '../reference/hsic.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { flat } from './case.ts';
import { jobOf, planOf, trained } from './job.ts';
import { difference } from './numbers.ts';

const { hidden, size, classes, batch: rows } = reference;
const architecture = mlp.build({ hidden, activation: 'relu' }, [size], classes);
const labels = Int32Array.from({ length: rows }, (_, i) => i % classes);

/** @param filling rows of weight 0 behind the batch, as a short batch has them */
function gradientOf({ inputs, outputs }: { inputs: number; outputs: number }, filling = 0): Float32Array {
  return tf.tidy(() => {
    const all = rows + filling;
    const pictures = new Float32Array(all * size).fill(0.3);
    pictures.set(reference.inputs);
    const targets = new Float32Array(all * classes);
    targets.set(oneHot(labels, classes));
    const weights = Float32Array.from({ length: all }, (_, row) => (row < rows ? 1 / rows : 0));
    const batch = {
      inputs: tf.tensor(pictures, [1, all, size]),
      targets: tf.tensor3d(targets, [1, all, classes]),
      weights: tf.tensor3d(weights, [1, all, 1]),
    };
    const parameters = stackWeights(architecture, [Float32Array.from(reference.weights)]);
    const dependence = { inputs: knobs([inputs]), outputs: knobs([outputs]) };
    return flat(meanGradients(architecture, parameters, batch, crossEntropyGradient, dependence));
  });
}

// Single precision against double: rounding of 6e-8 in squared distances of up to 30, over sums of seven times seven pairs.
const rounding = 2e-5;

describe.each(backends)('the dependence of hidden activations on %s', (backend) => {
  useBackend(backend);

  it('has the gradient that PyTorch gives it', () => {
    expect(difference(gradientOf(reference.knobs), reference.gradient)).toBeLessThan(rounding);
    expect(difference(reference.gradient, reference.plain)).toBeGreaterThan(0.05); // it is not the loss's own
  });

  it('looks at no row that only fills a batch up', () => {
    expect(difference(gradientOf(reference.knobs, 3), reference.gradient)).toBeLessThan(rounding);
  });

  it('is exactly nothing where nobody minds', () => {
    expect(difference(gradientOf({ inputs: 0, outputs: 0 }), reference.plain)).toBeLessThan(rounding);
  });
});

describe('networks that mind and networks that do not', () => {
  useBackend('wasm');

  it('train in one stack as each does alone', async () => {
    const job = jobOf({}, 2);
    const minding = {
      ...job.members[1],
      plan: planOf({ dependence: { inputs: 2, outputs: 4 } }),
    } as (typeof job.members)[number];
    const members = [job.members[0], minding] as typeof job.members;
    const together = (await trained('mlp', { ...job, members })).weights;
    for (const [k, member] of members.entries()) {
      const alone = (await trained('mlp', { ...job, members: [member] })).weights[0] as Float32Array;
      expect(difference(together[k] as Float32Array, alone)).toBeLessThan(1e-6);
    }
    const plain = (await trained('mlp', { ...job, members: [job.members[1]] as typeof job.members })).weights[0] as Float32Array;
    expect(difference(together[1] as Float32Array, plain)).toBeGreaterThan(1e-3); // it was minded
  });
});
