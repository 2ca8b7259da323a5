/**
 * Where our own kernels meet TF.js's wasm backend: its types, which it does not export, and our module, which works in its memory.
 * Addresses change when the memory grows or a tensor goes, so they are asked for at every call.
 */
import * as tf from '@tensorflow/tfjs';
import { type Kernels, kernelsIn } from './kernels.ts';

interface WasmBackend {
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  incRef(dataId: object): void;
  makeOutput(shape: readonly number[], dtype: 'float32'): tf.TensorInfo;
  wasm: {
    HEAPU8: Uint8Array;
    asm: { memory: object };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
}

/** What a kernel of ours is given to work with. */
export interface Wasm {
  readonly kernels: Kernels;
  address(tensor: tf.TensorInfo): number;
  /** What stands in a tensor, where it stands: until the next output is made, which may move the memory. */
  values(tensor: tf.TensorInfo): Float32Array;
  /** The whole memory, likewise. */
  readonly memory: ArrayBufferLike;
  output(...shape: readonly number[]): tf.TensorInfo;
  /** Memory for the time of one call. */
  withScratch(bytes: number, work: (address: number) => void): void;
  /** Copies floats within the memory; addresses in bytes. */
  copy(from: number, to: number, values: number): void;
}

const instances = new WeakMap<object, Wasm>();

function wasmOf(backend: WasmBackend): Wasm {
  const known = instances.get(backend);
  if (known) return known;
  const wasm: Wasm = {
    kernels: kernelsIn(backend.wasm.asm.memory),
    address: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset >>> 0, // beyond 2 GiB it comes as a negative number
    values: (tensor) => new Float32Array(backend.wasm.HEAPU8.buffer, wasm.address(tensor), tf.util.sizeFromShape(tensor.shape)),
    get memory() {
      return backend.wasm.HEAPU8.buffer;
    },
    output(...shape) {
      const out = backend.makeOutput(shape, 'float32');
      refuseNothing(wasm.address(out), 4 * tf.util.sizeFromShape([...shape]));
      return out;
    },
    withScratch(bytes, work) {
      const address = backend.wasm._malloc(bytes) >>> 0;
      refuseNothing(address, bytes);
      try {
        work(address);
      } finally {
        backend.wasm._free(address);
      }
    },
    copy: (from, to, values) => backend.wasm.HEAPU8.copyWithin(to, from, from + 4 * values),
  };
  instances.set(backend, wasm);
  shareClones();
  return wasm;
}

/** Memory that is used up gives address 0, where TF.js's own data lies. */
function refuseNothing(address: number, bytes: number): void {
  if (address === 0 && bytes > 0) throw new Error(`out of memory: WebAssembly has no ${Math.ceil(bytes / 2 ** 20)} MiB left`);
}

/**
 * TF.js's own clone copies on wasm, and everything that a backward pass keeps is cloned: 11 % of a step. A clone may share, as it does
 * on every other backend. Done once the backend is up, because its own kernels are registered when it loads.
 */
function shareClones(): void {
  tf.unregisterKernel('Identity', 'wasm');
  tf.registerKernel({
    kernelName: 'Identity',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) => {
      const x = inputs.x as tf.TensorInfo;
      (backend as unknown as WasmBackend).incRef(x.dataId);
      return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
    },
  });
}

type Inputs = Readonly<Record<string, tf.TensorInfo>>;

/** Registers a kernel of our own on the wasm backend. */
export function onWasm(
  kernelName: string,
  kernel: (wasm: Wasm, inputs: Inputs, attrs: tf.NamedAttrMap) => tf.TensorInfo | tf.TensorInfo[],
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) =>
      kernel(wasmOf(backend as unknown as WasmBackend), inputs as Inputs, attrs as tf.NamedAttrMap),
  });
}

/** Whether the backend in use has a kernel of our own for this; where it has not, plain operations do the same. */
export const hasKernel = (kernelName: string) => tf.getKernel(kernelName, tf.getBackend()) !== undefined;
