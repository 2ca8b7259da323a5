import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { forward } from '../../src/stack/pass.ts';
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { batchOf, caseOf, parametersOf, referenceCase, referenceIds } from './case.ts';
import { difference } from './numbers.ts';

describe.each(backends)('the forward pass on %s', (backend) => {
  useBackend(backend);

  it.each(referenceIds)('gives the logits of PyTorch for %s', (id) => {
    const small = referenceCase(id);
    const { inputs } = batchOf(small, small.targets);
    const logits = forward(small.architecture, parametersOf(small), inputs);
    expect(difference(logits.dataSync(), reference[id].logits)).toBeLessThan(2e-6); // sums of 64 float32 products
  });

  it.each(referenceIds)('gives inputs of stack 1 to every network of a stack of %s', (id) => {
    const small = referenceCase(id);
    const { inputs } = batchOf(small, small.targets);
    const other = caseOf(small.architecture, small.shape, small.classes, small.size, 99);
    const one = parametersOf(small);
    const two = one.map((parameter, i) => tf.concat([parameter, parametersOf(other)[i] as tf.Tensor3D]));
    const shared = forward(small.architecture, two, inputs);
    const copied = forward(small.architecture, two, tf.concat([inputs, inputs]));
    expect(shared.shape).toEqual([2, small.size, small.classes]);
    expect(shared.dataSync()).toEqual(copied.dataSync());
    expect(difference(shared.slice(0, 1).dataSync(), reference[id].logits)).toBeLessThan(2e-6);
  });

  it('multiplies a dropout site by its mask', () => {
    const small = referenceCase('mlp');
    const { inputs } = batchOf(small, small.targets);
    const dropAll = [tf.zeros<tf.Rank.R3>([1, 6, 16]), tf.zeros<tf.Rank.R3>([1, 6, 8])];
    const parameters = parametersOf(small);
    const logits = forward(small.architecture, parameters, inputs, { masks: dropAll });
    const bias = (parameters.at(-1) as tf.Tensor3D).tile([1, 6, 1]); // all that is left
    expect(logits.dataSync()).toEqual(bias.dataSync());
  });
});
