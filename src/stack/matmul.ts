/**
 * The one hot primitive: K matrix products at once, `[K, B, I] × [K, I, O] → [K, B, O]`, with its own gradient.
 *
 * It is a TF.js kernel of our own, so that each backend does it in its best way behind one signature, and so that its
 * gradient is lazy: TF.js computes the product for an input only where somebody asks for it.
 *
 * wasm: XNNPACK multiplies plain two-dimensional matrices 17 times faster than transposed or batched ones. So the stack is
 * taken apart into K plain products. The parts are not copied: each is a second tensor registered on a piece of the
 * same memory. A part's id is used once and given back, because XNNPACK keeps packed weights by id.
 */
import * as tf from '@tensorflow/tfjs';
import type { WasmBackend } from './wasm.ts';

const kernelName = 'StackedMatMul';

/** `[K, B, I] × [K, I, O] → [K, B, O]`; an `a` of stack 1 is shared by all K. */
export function stackedMatMul(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  if ((a.shape[0] !== b.shape[0] && a.shape[0] !== 1) || a.shape[2] !== b.shape[1]) {
    throw new Error(`stackedMatMul: [${a.shape}] and [${b.shape}] do not fit`);
  }
  return tf.engine().runKernel(kernelName, { a, b }) as tf.Tensor3D;
}

/** `[K, A, B] → [K, B, A]`. */
export function transposed(x: tf.Tensor3D): tf.Tensor3D {
  return tf.transpose(x, [0, 2, 1]);
}

tf.registerGradient({
  kernelName,
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, saved) => {
    const [a, b] = saved as [tf.Tensor3D, tf.Tensor3D];
    return {
      a: () => {
        const gradient = stackedMatMul(dy as tf.Tensor3D, transposed(b));
        return a.shape[0] === b.shape[0] ? gradient : gradient.sum(0, true);
      },
      b: () => stackedMatMul(transposed(a), dy as tf.Tensor3D),
    };
  },
});

// Backends that batch well: their own batched product.
for (const backendName of ['cpu', 'webgl', 'webgpu']) {
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, backend }) => {
      const batched = tf.getKernel('BatchMatMul', backendName);
      return batched.kernelFunc({ inputs, backend, attrs: { transposeA: false, transposeB: false } });
    },
  });
}

let product: ((...args: unknown[]) => void) | undefined;

tf.registerKernel({
  kernelName,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend }) => {
    const backend = anyBackend as unknown as WasmBackend;
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const [, rows, inner] = a.shape as [number, number, number];
    const [stack, , columns] = b.shape as [number, number, number];
    const shared = a.shape[0] === 1;
    const out = backend.makeOutput([stack, rows, columns], 'float32');
    product ??= backend.wasm.cwrap('BatchMatMul', null, [
      'number',
      'array',
      'number',
      'number',
      'array',
      'number',
      'number',
      'number',
      'number',
    ]);
    const offsetOf = (tensor: tf.TensorInfo) => backend.dataIdMap.get(tensor.dataId).memoryOffset;
    const [aOffset, bOffset, outOffset] = [offsetOf(a), offsetOf(b), offsetOf(out)];
    const { tfjs } = backend.wasm;
    const aShape = new Uint8Array(new Int32Array([1, rows, inner]).buffer);
    const bShape = new Uint8Array(new Int32Array([1, inner, columns]).buffer);
    const part = (offset: number, size: number, member: number) => {
      const id = backend.dataIdNextNumber++;
      tfjs.registerTensor(id, size, offset + 4 * size * member);
      return id;
    };
    for (let member = 0; member < stack; member++) {
      const aId = part(aOffset, rows * inner, shared ? 0 : member);
      const bId = part(bOffset, inner * columns, member);
      const outId = part(outOffset, rows * columns, member);
      product(aId, aShape, 3, bId, bShape, 3, 0, 0, outId);
      for (const id of [aId, bId, outId]) tfjs.disposeData(id);
    }
    return out;
  },
});
