/**
 * Where a step runs on a GPU, each operation costs its dispatch whatever its size. TF.js's own product takes bias and ReLU along, and
 * a step of an optimiser is one small WGSL program for each tensor that it moves, where plain operations are up to eleven.
 */
import * as tf from '@tensorflow/tfjs';
import type { OptimizerName } from '../core/training.ts';

/** What we use of the webgpu backend, whose types TF.js does not export. */
interface WebGpuBackend {
  runWebGPUProgram(program: object, inputs: tf.TensorInfo[], dtype: 'float32'): tf.TensorInfo;
}

/** Registers a kernel of ours on the webgpu backend. */
export function onWebGpu(
  kernelName: string,
  kernel: (
    backend: WebGpuBackend,
    inputs: Readonly<Record<string, tf.TensorInfo>>,
    attrs: tf.NamedAttrMap,
  ) => tf.TensorInfo | tf.TensorInfo[],
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, backend, attrs }) =>
      kernel(backend as unknown as WebGpuBackend, inputs as Readonly<Record<string, tf.TensorInfo>>, attrs as tf.NamedAttrMap),
  });
}

/** A linear layer as one dispatch: product, bias and ReLU. */
export function fusedLinear(
  backend: WebGpuBackend,
  x: tf.TensorInfo,
  weights: tf.TensorInfo,
  bias: tf.TensorInfo,
  relu: boolean,
) {
  const fused = tf.getKernel('_FusedMatMul', 'webgpu');
  return fused.kernelFunc({
    inputs: { a: x, b: weights, bias },
    backend,
    attrs: { transposeA: false, transposeB: false, activation: relu ? 'relu' : 'linear', leakyreluAlpha: 0 },
  }) as tf.TensorInfo;
}

const threads = 256;
const mostGroups = 65535;

/**
 * One value of a new tensor from the values at the same place of others.
 * @param settings each network's learning rate, weight decay and Adam's second correction, `[K, 1, 3]`
 */
function elementwise(
  backend: WebGpuBackend,
  name: string,
  inputs: Readonly<Record<string, tf.TensorInfo>>,
  settings: tf.TensorInfo,
  expression: string,
): tf.TensorInfo {
  const names = Object.keys(inputs);
  const [like] = Object.values(inputs) as [tf.TensorInfo];
  const groups = Math.ceil(tf.util.sizeFromShape(like.shape) / threads);
  const program = {
    variableNames: [...names, 'settings'],
    outputShape: like.shape,
    workgroupSize: [threads, 1, 1],
    dispatchLayout: { x: [0, 1, 2] },
    dispatch: [Math.min(groups, mostGroups), Math.ceil(groups / mostGroups), 1],
    size: true,
    shaderKey: `threatloop ${name}`,
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let member = index / (uniforms.outShape.y * uniforms.outShape.z);
          let rate = settings[3 * member];
          let decay = settings[3 * member + 1];
          let correction = settings[3 * member + 2];
          ${names.map((input) => `let ${input}Value = ${input}[index];`).join('\n          ')}
          result[index] = ${expression};
        }
      }
    `,
  };
  return backend.runWebGPUProgram(program, [...Object.values(inputs), settings], 'float32');
}

/** The next parameter, then what is remembered of it: see src/stack/optimizer.ts for the formulas. */
export function updateOnWebGpu(
  backend: WebGpuBackend,
  name: OptimizerName,
  w: tf.TensorInfo,
  g: tf.TensorInfo,
  state: readonly tf.TensorInfo[],
  settings: tf.TensorInfo,
): tf.TensorInfo[] {
  const gradient = '(gValue + decay * wValue)';
  switch (name) {
    case 'sgd':
      return [elementwise(backend, 'sgd', { w, g }, settings, `wValue - rate * ${gradient}`)];
    case 'momentum': {
      const v = elementwise(backend, 'momentum', { w, g, v: state[0] as tf.TensorInfo }, settings, `0.9 * vValue + ${gradient}`);
      return [elementwise(backend, 'momentum step', { w, v }, settings, 'wValue - rate * vValue'), v];
    }
    case 'adam': {
      const [m, v] = state as [tf.TensorInfo, tf.TensorInfo];
      const first = elementwise(backend, 'adam first', { w, g, m }, settings, `0.9 * mValue + 0.1 * ${gradient}`);
      const square = `0.999 * vValue + 0.001 * ${gradient} * ${gradient}`;
      const second = elementwise(backend, 'adam second', { w, g, v }, settings, square);
      const step = 'wValue - rate * mValue / (sqrt(vValue * correction) + 1e-8)';
      return [elementwise(backend, 'adam step', { w, m: first, v: second }, settings, step), first, second];
    }
    default:
      return name satisfies never;
  }
}
