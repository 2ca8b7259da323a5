/**
 * Optimisers over stacked parameters: pure functions from (parameters, gradients, state) to the next ones. Each network of the
 * stack has its own learning rate and its own weight decay, an L2 penalty whose gradient `decay · w` joins the loss's.
 *
 * wasm and webgpu have kernels of our own for this: one pass over a parameter's memory there, one dispatch a tensor that moves here.
 * Elsewhere plain operations do the same.
 */
import * as tf from '@tensorflow/tfjs';
import type { OptimizerName } from '../core/training.ts';
import type { Parameters } from './pass.ts';
import { hasKernel, onWasm } from './wasm.ts';
import { onWebGpu, updateOnWebGpu } from './webgpu.ts';

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
      // Adam's two corrections for having begun at 0 (Kingma & Ba 2015, algorithm 1, with β₁ = 0.9, β₂ = 0.999, ε = 1e-8).
      const [first, second] = name === 'adam' ? [1 / (1 - 0.9 ** step), 1 / (1 - 0.999 ** step)] : [1, 1];
      const own = learningRates.flatMap((rate, k) => [rate * first, weightDecays[k] as number, second]);
      const settings = tf.tensor3d(own, [learningRates.length, 1, 3]);
      const count = parameters.length;
      const moved = parameters.map((w, i) => {
        const kept = Array.from({ length: remembered[name] }, (_, part) => state[part * count + i] as tf.Tensor3D);
        return updated(name, w, gradients[i] as tf.Tensor3D, kept, settings);
      });
      return {
        parameters: moved.map(([w]) => w as tf.Tensor3D),
        state: Array.from({ length: remembered[name] }, (_, part) => moved.map((next) => next[1 + part] as tf.Tensor3D)).flat(),
      };
    },
  };
}

/** One number a network as a tensor that meets stacked ones, `[K, 1, 1]`. */
export const knobs = (values: readonly number[]) => tf.tensor3d([...values], [values.length, 1, 1]);

const updateKernel = 'StackedUpdate';

/**
 * The next parameter, then what is remembered of it.
 * @param settings `[K, 1, 3]`: each network's learning rate, with Adam's first correction; its weight decay; Adam's second correction
 */
function updated(
  name: OptimizerName,
  w: tf.Tensor3D,
  g: tf.Tensor3D,
  state: readonly tf.Tensor3D[],
  settings: tf.Tensor3D,
): tf.Tensor3D[] {
  if (hasKernel(updateKernel)) {
    const remembers = Object.fromEntries(state.map((tensor, part) => [`s${part}`, tensor]));
    return tf.engine().runKernel(updateKernel, { w, g, settings, ...remembers }, { name }) as tf.Tensor3D[];
  }
  const [rates, decays, correction] = tf.split(settings, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  const gradient = g.add(w.mul(decays)) as tf.Tensor3D;
  switch (name) {
    case 'sgd':
      return [w.sub(gradient.mul(rates))];
    case 'momentum': {
      const velocity = (state[0] as tf.Tensor3D).mul(0.9).add(gradient) as tf.Tensor3D;
      return [w.sub(velocity.mul(rates)), velocity];
    }
    case 'adam': {
      const first = (state[0] as tf.Tensor3D).mul(0.9).add(gradient.mul(0.1)) as tf.Tensor3D;
      const second = (state[1] as tf.Tensor3D).mul(0.999).add(gradient.square().mul(0.001)) as tf.Tensor3D;
      return [w.sub(first.mul(rates).div(second.mul(correction).sqrt().add(1e-8))), first, second];
    }
    default:
      return name satisfies never;
  }
}

onWebGpu(updateKernel, (backend, inputs, attrs) => {
  const [w, g, settings] = [inputs.w, inputs.g, inputs.settings] as [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo];
  const name = attrs.name as OptimizerName;
  const state = Array.from({ length: remembered[name] }, (_, part) => inputs[`s${part}`] as tf.TensorInfo);
  return updateOnWebGpu(backend, name, w, g, state, settings);
});

onWasm(updateKernel, ({ kernels, address, output, values }, inputs, attrs) => {
  const name = attrs.name as OptimizerName;
  const w = inputs.w as tf.TensorInfo;
  const stack = w.shape[0] as number;
  const size = tf.util.sizeFromShape(w.shape) / stack;
  const next = Array.from({ length: 1 + remembered[name] }, () => output(...w.shape));
  const settings = values(inputs.settings as tf.TensorInfo);
  const [wAt, gAt] = [address(w), address(inputs.g as tf.TensorInfo)];
  const state = next.slice(1).map((_, part) => address(inputs[`s${part}`] as tf.TensorInfo));
  const to = next.map(address);
  for (let k = 0; k < stack; k++) {
    const of = (start: number | undefined) => (start as number) + 4 * k * size;
    const [rate, decay, correction] = settings.subarray(3 * k, 3 * k + 3) as unknown as [number, number, number];
    switch (name) {
      case 'sgd':
        kernels.sgd(of(wAt), of(gAt), of(to[0]), size, rate, decay);
        break;
      case 'momentum':
        kernels.momentum(of(wAt), of(gAt), of(state[0]), of(to[0]), of(to[1]), size, rate, decay);
        break;
      case 'adam':
        kernels.adam(
          of(wAt),
          of(gAt),
          of(state[0]),
          of(state[1]),
          of(to[0]),
          of(to[1]),
          of(to[2]),
          size,
          rate,
          decay,
          correction,
        );
        break;
      default:
        name satisfies never;
    }
  }
  return next;
});
