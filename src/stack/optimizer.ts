/** Optimisers over stacked parameters: pure functions from (parameters, gradients, state) to the next ones. */
import * as tf from '@tensorflow/tfjs';
import type { OptimizerName } from '../core/training.ts';
import type { Parameters } from './pass.ts';

export interface OptimizerStep {
  readonly parameters: Parameters;
  readonly state: Parameters;
}

export interface Optimizer {
  initialState(parameters: Parameters): Parameters;
  /** @param step counts from 1 */
  update(parameters: Parameters, gradients: Parameters, state: Parameters, step: number): OptimizerStep;
}

const zerosLike = (parameters: Parameters) => parameters.map((parameter) => tf.zerosLike(parameter));

export function optimizerOf(name: OptimizerName, learningRate: number): Optimizer {
  switch (name) {
    case 'sgd':
      return {
        initialState: () => [],
        update: (parameters, gradients) => ({
          parameters: parameters.map((parameter, i) => parameter.sub((gradients[i] as tf.Tensor3D).mul(learningRate))),
          state: [],
        }),
      };
    case 'momentum':
      return {
        initialState: zerosLike,
        update: (parameters, gradients, velocity) => {
          const next = velocity.map((v, i) => v.mul(0.9).add(gradients[i] as tf.Tensor3D) as tf.Tensor3D);
          return { parameters: parameters.map((p, i) => p.sub((next[i] as tf.Tensor3D).mul(learningRate))), state: next };
        },
      };
    case 'adam': // Kingma & Ba 2015, algorithm 1, with β₁ = 0.9, β₂ = 0.999, ε = 1e-8
      return {
        initialState: (parameters) => [...zerosLike(parameters), ...zerosLike(parameters)],
        update: (parameters, gradients, state, step) => {
          const length = parameters.length;
          const first = gradients.map((g, i) => (state[i] as tf.Tensor3D).mul(0.9).add(g.mul(0.1)) as tf.Tensor3D);
          const second = gradients.map(
            (g, i) => (state[length + i] as tf.Tensor3D).mul(0.999).add(g.square().mul(0.001)) as tf.Tensor3D,
          );
          const size = learningRate / (1 - 0.9 ** step);
          const correction = 1 / (1 - 0.999 ** step);
          return {
            parameters: parameters.map((p, i) => {
              const denominator = (second[i] as tf.Tensor3D).mul(correction).sqrt().add(1e-8);
              return p.sub((first[i] as tf.Tensor3D).mul(size).div(denominator));
            }),
            state: [...first, ...second],
          };
        },
      };
    default:
      return name satisfies never;
  }
}
