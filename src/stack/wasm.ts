/** What our own kernels use of the wasm backend, whose types TF.js does not export. */
import type { TensorInfo } from '@tensorflow/tfjs';

export interface WasmBackend {
  dataIdNextNumber: number;
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: 'float32'): TensorInfo;
  wasm: {
    HEAPU8: Uint8Array;
    cwrap(name: string, returns: null, takes: string[]): (...args: unknown[]) => void;
    tfjs: { registerTensor(id: number, size: number, offset: number): void; disposeData(id: number): void };
  };
}

/** A tensor's values where they lie. Take it after every allocation: growing the memory moves them. */
export function valuesIn(backend: WasmBackend, tensor: TensorInfo): Float32Array {
  const size = tensor.shape.reduce((product, side) => product * side, 1);
  return new Float32Array(backend.wasm.HEAPU8.buffer, backend.dataIdMap.get(tensor.dataId).memoryOffset, size);
}
