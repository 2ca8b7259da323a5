/**
 * Convolution as patches: the 3 × 3 surroundings of every pixel, zero-padded, `[n, height, width, channels] → [n, height,
 * width, 9 · channels]`. A convolution is these patches times a matrix, so it trains on every backend, stacked; TF.js's own
 * convolution has no gradient on wasm. `folded` is the transpose of `patches`, and each is the other's gradient.
 *
 * wasm: slices and concatenations copy value by value there (40 times slower than this loop), so both are kernels of our own.
 */
import * as tf from '@tensorflow/tfjs';
import { valuesIn, type WasmBackend } from './wasm.ts';

export function patches(images: tf.Tensor4D): tf.Tensor4D {
  if (tf.getBackend() === 'wasm') return tf.engine().runKernel('Patches', { x: images }) as tf.Tensor4D;
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

/**
 * Calls `copy(from, to)` for every pixel and every neighbour inside the picture: `from` is where the neighbour's channels
 * begin among the images, `to` where they stand among the patches.
 */
function everyNeighbour([count, height, width, channels]: readonly number[], copy: (from: number, to: number) => void): void {
  const [n, h, w, c] = [count, height, width, channels] as [number, number, number, number];
  for (let image = 0; image < n; image++) {
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const to = ((image * h + y) * w + x) * 9 * c;
        for (let i = 0; i < 9; i++) {
          const [row, column] = [y + ((i / 3) | 0) - 1, x + (i % 3) - 1];
          if (row >= 0 && row < h && column >= 0 && column < w) copy(((image * h + row) * w + column) * c, to + i * c);
        }
      }
    }
  }
}

tf.registerKernel({
  kernelName: 'Patches',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend }) => {
    const backend = anyBackend as unknown as WasmBackend;
    const x = inputs.x as tf.TensorInfo;
    const channels = x.shape[3] as number;
    const out = backend.makeOutput([...x.shape.slice(0, 3), 9 * channels], 'float32');
    const [images, spread] = [valuesIn(backend, x), valuesIn(backend, out)];
    spread.fill(0);
    everyNeighbour(x.shape, (from, to) => {
      for (let c = 0; c < channels; c++) spread[to + c] = images[from + c] as number;
    });
    return out;
  },
});

tf.registerKernel({
  kernelName: 'FoldedPatches',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend }) => {
    const backend = anyBackend as unknown as WasmBackend;
    const x = inputs.x as tf.TensorInfo;
    const channels = (x.shape[3] as number) / 9;
    const out = backend.makeOutput([...x.shape.slice(0, 3), channels], 'float32');
    const [spread, images] = [valuesIn(backend, x), valuesIn(backend, out)];
    images.fill(0);
    everyNeighbour(out.shape, (from, to) => {
      for (let c = 0; c < channels; c++) images[from + c] = (images[from + c] as number) + (spread[to + c] as number);
    });
    return out;
  },
});
