import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import { optimizers } from '../../src/core/training.ts';
import { optimizerOf } from '../../src/stack/optimizer.ts';
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { difference, draw } from './numbers.ts';

const { seed, learningRate, paths } = reference.optimizers;

describe.each(backends)('optimisers on %s', (backend) => {
  useBackend(backend);

  it.each(optimizers)('%s walks the path of torch.optim down a bowl, two parameters and a stack of two alike', (name) => {
    const uniform = mulberry32(seed);
    const [start, goal] = [draw(uniform, 6), draw(uniform, 6)];
    const shaped = (values: Float32Array) => {
      const both = (from: number, to: number) => tf.tensor3d(values.slice(from, to), [1, 1, to - from]).tile([2, 1, 1]);
      return [both(0, 4), both(4, 6)] as tf.Tensor3D[]; // the six numbers as two parameters
    };
    const [goals, curvatures] = [shaped(goal), shaped(Float32Array.of(0.5, 1, 1.5, 2, 2.5, 3))];
    const optimizer = optimizerOf(name, [learningRate, learningRate], [0, 0]);
    let parameters = shaped(start);
    let state = optimizer.initialState(parameters);
    for (const [step, expected] of paths[name].entries()) {
      const gradients = parameters.map((p, i) => p.sub(goals[i] as tf.Tensor3D).mul(curvatures[i] as tf.Tensor3D) as tf.Tensor3D);
      ({ parameters, state } = optimizer.update(parameters, gradients, state, step + 1));
      for (const member of [0, 1]) {
        const now = parameters.flatMap((p) => [...p.slice(member, 1).dataSync()]);
        expect(difference(now, expected)).toBeLessThan(2e-6); // five steps of float32 rounding
      }
    }
  });
});
