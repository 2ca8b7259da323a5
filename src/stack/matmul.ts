/**
 * The one hot primitive: K matrix products at once, `[K, B, I] × [K, I, O] → [K, B, O]`, with its own gradient.
 *
 * It is a TF.js kernel of our own, so that each backend does it in its best way behind one signature, and so that its
 * gradient is lazy: TF.js computes the product for an input only where somebody asks for it.
 *
 * wasm: TF.js is fast there on plain two-dimensional products only, and 17 times slower on batched or transposed ones. So a stack
 * is K products of our own (src/wasm/products.ts). Elsewhere it is the backend's own batched product.
 */
import * as tf from '@tensorflow/tfjs';
import { onWasm, type Wasm } from './wasm.ts';

const kernelName = 'StackedMatMul';

/**
 * The products of two stacks of matrices. An `a` of stack 1 is shared by all K.
 * @param transposeA take each matrix of `a` as its transpose
 * @param transposeB take each matrix of `b` as its transpose; not both
 */
export function stackedMatMul(a: tf.Tensor3D, b: tf.Tensor3D, transposeA = false, transposeB = false): tf.Tensor3D {
  const inner = a.shape[transposeA ? 1 : 2];
  if ((a.shape[0] !== b.shape[0] && a.shape[0] !== 1) || inner !== b.shape[transposeB ? 2 : 1] || (transposeA && transposeB)) {
    const shown = (x: tf.Tensor, transposed: boolean) => `[${x.shape}]${transposed ? ' transposed' : ''}`;
    throw new Error(`stackedMatMul: ${shown(a, transposeA)} and ${shown(b, transposeB)} do not fit`);
  }
  return tf.engine().runKernel(kernelName, { a, b }, { transposeA, transposeB }) as tf.Tensor3D;
}

tf.registerGradient({
  kernelName,
  inputsToSave: ['a', 'b'],
  gradFunc: (dyTensor, saved, attrs) => {
    const dy = dyTensor as tf.Tensor3D;
    const [a, b] = saved as [tf.Tensor3D, tf.Tensor3D];
    const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
    return {
      a: () => {
        const gradient = transposeA ? stackedMatMul(b, dy, false, true) : stackedMatMul(dy, b, false, !transposeB);
        return a.shape[0] === b.shape[0] ? gradient : gradient.sum(0, true);
      },
      b: () => (transposeB ? stackedMatMul(dy, tiled(a, dy), true, false) : stackedMatMul(a, dy, !transposeA, false)),
    };
  },
});

/** A shared matrix as often as there are others: only needed where it stands on the right. */
const tiled = (shared: tf.Tensor3D, like: tf.Tensor3D) =>
  shared.shape[0] === like.shape[0] ? shared : tf.tile(shared, [like.shape[0], 1, 1]);

// Backends that batch well: their own batched product, which also lets one matrix meet many.
for (const backendName of ['cpu', 'webgl', 'webgpu']) {
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const batched = tf.getKernel('BatchMatMul', backendName);
      return batched.kernelFunc({ inputs, backend, attrs: attrs as tf.NamedAttrMap });
    },
  });
}

onWasm(kernelName, (wasm, { a, b }, { transposeA, transposeB }) =>
  multiplyAll(wasm, a as tf.TensorInfo, b as tf.TensorInfo, undefined, Boolean(transposeA), Boolean(transposeB), false),
);

/** Every member's product, bias and ReLU, one member after another. */
export function multiplyAll(
  wasm: Wasm,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  bias: tf.TensorInfo | undefined,
  transposeA: boolean,
  transposeB: boolean,
  relu: boolean,
): tf.TensorInfo {
  const [, first, second] = a.shape as [number, number, number];
  const [stack, bRows, bColumns] = b.shape as [number, number, number];
  const [rows, inner] = transposeA ? [second, first] : [first, second];
  const columns = transposeB ? bRows : bColumns;
  const [rowStride, step] = transposeA ? [4, 4 * rows] : [4 * inner, 4];
  const out = wasm.output(stack, rows, columns);
  const [aAt, bAt, outAt] = [wasm.address(a), wasm.address(b), wasm.address(out)];
  const biasAt = bias && wasm.address(bias);
  const turnedBytes = transposeB ? 4 * inner * columns : 0;
  const listBytes = 4 * rows * inner + 4 * (rows + 4); // see src/wasm/products.ts
  wasm.withScratch(listBytes + turnedBytes, (scratch) => {
    const lists = scratch + turnedBytes;
    for (let k = 0; k < stack; k++) {
      let from = bAt + 4 * k * inner * columns;
      if (transposeB) {
        wasm.kernels.transpose(from, scratch, columns, inner);
        from = scratch;
      }
      wasm.kernels.multiply(
        a.shape[0] === 1 ? aAt : aAt + 4 * k * rows * inner,
        from,
        biasAt === undefined ? 0 : biasAt + 4 * k * columns,
        outAt + 4 * k * rows * columns,
        rows,
        inner,
        columns,
        rowStride,
        step,
        relu,
        lists,
      );
    }
  });
  return out;
}
