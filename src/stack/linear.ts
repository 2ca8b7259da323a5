/**
 * A linear layer of K networks: product, bias and ReLU in one kernel where the backend has one of ours, in plain operations where
 * it has not. Its backward pass is lazy too: nobody computes the gradient of the pictures unless someone asks for it.
 */
import * as tf from '@tensorflow/tfjs';
import type { Activation } from '../core/model.ts';
import { multiplyAll, stackedMatMul } from './matmul.ts';
import { hasKernel, onWasm } from './wasm.ts';
import { fusedLinear, onWebGpu } from './webgpu.ts';

const kernelName = 'StackedLinear';

/** `[K, B, I] × [K, I, O] + [K, 1, O] → [K, B, O]`; inputs of stack 1 are shared by all K. */
export function linear(x: tf.Tensor3D, weights: tf.Tensor3D, bias: tf.Tensor3D, activation: Activation): tf.Tensor3D {
  const relu = activation === 'relu';
  if (hasKernel(kernelName)) return tf.engine().runKernel(kernelName, { x, weights, bias }, { relu }) as tf.Tensor3D;
  const y = stackedMatMul(x, weights).add(bias) as tf.Tensor3D;
  return relu ? tf.relu(y) : y;
}

tf.registerGradient({
  kernelName,
  inputsToSave: ['x', 'weights'],
  outputsToSave: [true],
  gradFunc: (dyTensor, saved, attrs) => {
    const [x, weights, y] = saved as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const delta = attrs.relu ? reluGradient(dyTensor as tf.Tensor3D, y) : (dyTensor as tf.Tensor3D);
    return {
      x: () => {
        const gradient = stackedMatMul(delta, weights, false, true);
        return x.shape[0] === weights.shape[0] ? gradient : gradient.sum(0, true);
      },
      weights: () => stackedMatMul(x, delta, true, false),
      bias: () => columnSums(delta),
    };
  },
});

onWasm(kernelName, (wasm, { x, weights, bias }, { relu }) =>
  multiplyAll(wasm, x as tf.TensorInfo, weights as tf.TensorInfo, bias as tf.TensorInfo, false, false, Boolean(relu)),
);

onWebGpu(kernelName, (backend, { x, weights, bias }, { relu }) =>
  fusedLinear(backend, x as tf.TensorInfo, weights as tf.TensorInfo, bias as tf.TensorInfo, Boolean(relu)),
);

/**
 * The sum of tensors of one shape, of however many. `tf.addN` binds a buffer to each of them, of which a GPU has eight at once: beyond
 * that it only tells the console, and answers zeros.
 */
export function total<T extends tf.Tensor>(terms: readonly T[]): T {
  return terms.reduce((sum, term) => sum.add(term));
}

/** `dy` where `y`, what a ReLU let through, is positive. */
function reluGradient(dy: tf.Tensor3D, y: tf.Tensor3D): tf.Tensor3D {
  if (hasKernel('ReluGradient')) return tf.engine().runKernel('ReluGradient', { dy, y }) as tf.Tensor3D;
  return dy.mul(tf.step(y));
}

tf.registerGradient({
  kernelName: 'ReluGradient',
  inputsToSave: ['y'],
  gradFunc: (dy, saved) => {
    const [y] = saved as [tf.Tensor3D];
    return { dy: () => reluGradient(dy as tf.Tensor3D, y), y: () => tf.zerosLike(y) };
  },
});

onWasm('ReluGradient', (wasm, { dy, y }) => {
  const [delta, kept] = [dy as tf.TensorInfo, y as tf.TensorInfo];
  const out = wasm.output(...kept.shape);
  wasm.kernels.reluGradient(wasm.address(delta), wasm.address(kept), wasm.address(out), tf.util.sizeFromShape(kept.shape));
  return out;
});

/** Sums over the rows, `[K, B, O] → [K, 1, O]`. */
export function columnSums(x: tf.Tensor3D): tf.Tensor3D {
  if (hasKernel('ColumnSums')) return tf.engine().runKernel('ColumnSums', { x }) as tf.Tensor3D;
  return x.sum(1, true);
}

tf.registerGradient({
  kernelName: 'ColumnSums',
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => ({ x: () => tf.broadcastTo(dy as tf.Tensor3D, (saved[0] as tf.Tensor3D).shape) }),
});

onWasm('ColumnSums', (wasm, { x }) => {
  const [stack, rows, columns] = (x as tf.TensorInfo).shape as [number, number, number];
  const out = wasm.output(stack, 1, columns);
  const [from, to] = [wasm.address(x as tf.TensorInfo), wasm.address(out)];
  for (let k = 0; k < stack; k++) {
    wasm.kernels.columnSums(from + 4 * k * rows * columns, to + 4 * k * columns, rows, columns);
  }
  return out;
});
