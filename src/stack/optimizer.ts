/**
 * Optimisers over stacked parameters: pure functions from (parameters, gradients, state) to the next ones. Each network of the
 * stack has its own learning rate and its own weight decay, an L2 penalty whose gradient `decay · w` joins the loss's.
 *
 * wasm: one pass over memory a parameter, by kernels of our own. Elsewhere plain operations.
 */
import * as tf from '@tensorflow/tfjs';
import type { OptimizerName } from '../core/training.ts';
import type { Parameters } from './pass.ts';
import { hasKernel, onWasm } from './wasm.ts';

export interface OptimizerStep {
  readonly parameters: Parameters;
  readonly state: Parameters;
}

export interface Optimizer {
  initialState(parameters: Parameters): Parameters;
  /** Call inside `tf.tidy`. @param step counts from 1 */
  update(parameters: Parameters, gradients: Parameters, state: Parameters, step: number): OptimizerStep;
}

/** How many tensors like the parameters an optimiser remembers. */
const remembered: Readonly<Record<OptimizerName, number>> = { sgd: 0, momentum: 1, adam: 2 };

/** @param learningRates @param weightDecays one number a network */
export function optimizerOf(name: OptimizerName, learningRates: readonly number[], weightDecays: readonly number[]): Optimizer {
  return {
    initialState: (parameters) =>
      Array.from({ length: remembered[name] }, () => parameters.map((parameter) => tf.zerosLike(parameter))).flat(),
    update(parameters, gradients, state, step) {
      const count = parameters.length;
      const moved = parameters.map((w, i) => {
        const g = gradients[i] as tf.Tensor3D;
        const own = Array.from({ length: remembered[name] }, (_, part) => state[part * count + i] as tf.Tensor3D);
        return hasKernel(updateKernel)
          ? (tf
              .engine()
              .runKernel(updateKernel, { w, g, ...Object.fromEntries(own.map((tensor, part) => [`s${part}`, tensor])) }, {
                name,
                learningRates,
                weightDecays,
                step,
              } as unknown as tf.NamedAttrMap) as tf.Tensor3D[])
          : plainUpdate(name, w, g, own, knobs(learningRates), knobs(weightDecays), step);
      });
      return {
        parameters: moved.map(([w]) => w as tf.Tensor3D),
        state: Array.from({ length: remembered[name] }, (_, part) => moved.map((own) => own[1 + part] as tf.Tensor3D)).flat(),
      };
    },
  };
}

/** One number a network as a tensor that meets stacked ones, `[K, 1, 1]`. */
export const knobs = (values: readonly number[]) => tf.tensor3d([...values], [values.length, 1, 1]);

/** Adam's two corrections for having begun at 0 (Kingma & Ba 2015, algorithm 1, with β₁ = 0.9, β₂ = 0.999, ε = 1e-8). */
const corrections = (step: number) => [1 / (1 - 0.9 ** step), 1 / (1 - 0.999 ** step)] as const;

/** The next parameter, then what is remembered of it. */
function plainUpdate(
  name: OptimizerName,
  w: tf.Tensor3D,
  gradient: tf.Tensor3D,
  state: readonly tf.Tensor3D[],
  rates: tf.Tensor3D,
  decays: tf.Tensor3D,
  step: number,
): tf.Tensor3D[] {
  const g = gradient.add(w.mul(decays)) as tf.Tensor3D;
  switch (name) {
    case 'sgd':
      return [w.sub(g.mul(rates))];
    case 'momentum': {
      const velocity = (state[0] as tf.Tensor3D).mul(0.9).add(g) as tf.Tensor3D;
      return [w.sub(velocity.mul(rates)), velocity];
    }
    case 'adam': {
      const [firstCorrection, secondCorrection] = corrections(step);
      const first = (state[0] as tf.Tensor3D).mul(0.9).add(g.mul(0.1)) as tf.Tensor3D;
      const second = (state[1] as tf.Tensor3D).mul(0.999).add(g.square().mul(0.001)) as tf.Tensor3D;
      const denominator = second.mul(secondCorrection).sqrt().add(1e-8);
      return [w.sub(first.mul(rates.mul(firstCorrection)).div(denominator)), first, second];
    }
    default:
      return name satisfies never;
  }
}

const updateKernel = 'StackedUpdate';

onWasm(updateKernel, ({ kernels, address, output }, inputs, attrs) => {
  const { name, learningRates, weightDecays, step } = attrs as unknown as {
    name: OptimizerName;
    learningRates: readonly number[];
    weightDecays: readonly number[];
    step: number;
  };
  const w = inputs.w as tf.TensorInfo;
  const stack = w.shape[0] as number;
  const size = tf.util.sizeFromShape(w.shape) / stack;
  const next = Array.from({ length: 1 + remembered[name] }, () => output(...w.shape));
  const [wAt, gAt] = [address(w), address(inputs.g as tf.TensorInfo)];
  const own = next.slice(1).map((_, part) => address(inputs[`s${part}`] as tf.TensorInfo));
  const to = next.map(address);
  const [firstCorrection, secondCorrection] = corrections(step);
  for (let k = 0; k < stack; k++) {
    const of = (start: number | undefined) => (start as number) + 4 * k * size;
    const [rate, decay] = [learningRates[k] as number, weightDecays[k] as number];
    switch (name) {
      case 'sgd':
        kernels.sgd(of(wAt), of(gAt), of(to[0]), size, rate, decay);
        break;
      case 'momentum':
        kernels.momentum(of(wAt), of(gAt), of(own[0]), of(to[0]), of(to[1]), size, rate, decay);
        break;
      case 'adam':
        kernels.adam(
          of(wAt),
          of(gAt),
          of(own[0]),
          of(own[1]),
          of(to[0]),
          of(to[1]),
          of(to[2]),
          size,
          rate * firstCorrection,
          decay,
          secondCorrection,
        );
        break;
      default:
        name satisfies never;
    }
  }
  return next;
});
