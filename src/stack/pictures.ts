/**
 * What a convolutional network needs besides products. Convolution is patches, the 3 × 3 surroundings of every pixel,
 * zero-padded, times a matrix: so it trains on every backend, stacked; TF.js's own has no gradient on wasm. `folded` is the
 * transpose of `patches`, and each is the other's gradient.
 */
import * as tf from '@tensorflow/tfjs';
import { hasKernel, onWasm } from './wasm.ts';

/** `[n, height, width, channels] → [n, height, width, 9 · channels]` */
export function patches(images: tf.Tensor4D): tf.Tensor4D {
  if (hasKernel('Patches')) return tf.engine().runKernel('Patches', { x: images }) as tf.Tensor4D;
  const [, height, width] = images.shape;
  const padded = tf.pad(images, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const shifted: tf.Tensor4D[] = [];
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) shifted.push(tf.slice(padded, [0, row, column, 0], [-1, height, width, -1]));
  }
  return tf.concat(shifted, 3);
}

const folded = (x: tf.Tensor) => tf.engine().runKernel('FoldedPatches', { x }) as tf.Tensor4D;

tf.registerGradient({ kernelName: 'Patches', gradFunc: (dy) => ({ x: () => folded(dy as tf.Tensor) }) });
tf.registerGradient({ kernelName: 'FoldedPatches', gradFunc: (dy) => ({ x: () => patches(dy as tf.Tensor4D) }) });

onWasm('Patches', (wasm, { x }) => {
  const [count, height, width, channels] = (x as tf.TensorInfo).shape as [number, number, number, number];
  const out = wasm.output(count, height, width, 9 * channels);
  wasm.kernels.patches(wasm.address(x as tf.TensorInfo), wasm.address(out), count, height, width, channels);
  return out;
});

onWasm('FoldedPatches', (wasm, { x }) => {
  const [count, height, width, spread] = (x as tf.TensorInfo).shape as [number, number, number, number];
  const out = wasm.output(count, height, width, spread / 9);
  wasm.kernels.folded(wasm.address(x as tf.TensorInfo), wasm.address(out), count, height, width, spread / 9);
  return out;
});

/** Maxima of squares of 2 × 2, `[n, height, width, channels] → [n, ⌊height / 2⌋, ⌊width / 2⌋, channels]`. */
export function maxPool(images: tf.Tensor4D): tf.Tensor4D {
  if (hasKernel('MaxPool2x2')) return tf.engine().runKernel('MaxPool2x2', { x: images }) as tf.Tensor4D;
  return tf.maxPool(images, 2, 2, 'valid');
}

tf.registerGradient({
  kernelName: 'MaxPool2x2',
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, saved) => {
    const [x, y] = saved as [tf.Tensor4D, tf.Tensor4D];
    return { x: () => tf.engine().runKernel('MaxPool2x2Gradient', { dy: dy as tf.Tensor, x, y }) as tf.Tensor4D };
  },
});

/** How a maximum's gradient moves with what it is handed: what it handed on, picked up again where it went. */
function pickedUp(dy: tf.Tensor, wentWhere: tf.Tensor): tf.Tensor {
  return tf.avgPool(dy.mul(wentWhere) as tf.Tensor4D, 2, 2, 'valid').mul(4);
}

tf.registerGradient({
  kernelName: 'MaxPool2x2Gradient',
  inputsToSave: ['x', 'y'],
  gradFunc: (dy, saved) => {
    const [x, y] = saved as [tf.Tensor4D, tf.Tensor4D];
    const went = () => tf.engine().runKernel('MaxPool2x2Gradient', { dy: tf.onesLike(y), x, y }) as tf.Tensor;
    return { dy: () => pickedUp(dy as tf.Tensor, went()), x: () => tf.zerosLike(x), y: () => tf.zerosLike(y) };
  },
});

// The same for the kernel of TF.js, which has none.
tf.registerGradient({
  kernelName: 'MaxPoolGrad',
  inputsToSave: ['input', 'output'],
  gradFunc: (dy, saved, attrs) => {
    const [input, output] = saved as [tf.Tensor4D, tf.Tensor4D];
    const went = () => tf.engine().runKernel('MaxPoolGrad', { dy: tf.onesLike(output), input, output }, attrs) as tf.Tensor;
    return {
      dy: () => pickedUp(dy as tf.Tensor, went()),
      input: () => tf.zerosLike(input),
      output: () => tf.zerosLike(output),
    };
  },
});

onWasm('MaxPool2x2', (wasm, { x }) => {
  const [count, height, width, channels] = (x as tf.TensorInfo).shape as [number, number, number, number];
  const out = wasm.output(count, height >> 1, width >> 1, channels);
  wasm.kernels.maxPool(wasm.address(x as tf.TensorInfo), wasm.address(out), count, height, width, channels);
  return out;
});

onWasm('MaxPool2x2Gradient', (wasm, inputs) => {
  const [dy, x, y] = [inputs.dy, inputs.x, inputs.y] as [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo];
  const [count, height, width, channels] = x.shape as [number, number, number, number];
  const out = wasm.output(...x.shape);
  const at = wasm.address;
  wasm.kernels.maxPoolGradient(at(dy), at(x), at(y), at(out), count, height, width, channels);
  return out;
});
