import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import mlp from '../../models/mlp.ts';
import { meanGradients } from '../../src/stack/gradients.ts';
import { crossEntropy } from '../../src/stack/loss.ts';
import reference from '../reference/self-test.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { batchOf, caseOf, flat, parametersOf } from './case.ts';
import { difference } from './numbers.ts';

describe.each(backends)('the numbers of the start-up self-test on %s', (backend) => {
  useBackend(backend);

  it('are the gradient that the engine computes on a device that works', () => {
    const { inputs, hidden, classes, batch, seed, gradient } = reference;
    const small = caseOf(mlp.build({ hidden }, [inputs], classes), [inputs], classes, batch, seed);
    const ours = tf.tidy(() =>
      flat(meanGradients(small.architecture, parametersOf(small), batchOf(small, small.targets), crossEntropy)),
    );
    expect(difference(ours, gradient)).toBeLessThan(1e-6); // a few float32 roundings of 6e-8
  });
});
