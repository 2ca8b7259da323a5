/** Our own kernels (src/wasm), at work in somebody's memory. */
import { kernelModule } from './compiled.ts';

/** What src/wasm exports; addresses in bytes, sizes in values. */
export interface Kernels {
  multiply(
    a: number,
    b: number,
    bias: number,
    out: number,
    rows: number,
    inner: number,
    columns: number,
    rowStride: number,
    step: number,
    relu: boolean,
    scratch: number,
  ): void;
  transpose(x: number, out: number, rows: number, columns: number): void;
  normalize(x: number, out: number, rows: number, width: number): void;
  addTo(x: number, y: number, size: number): void;
  rotate(x: number, angles: number, rows: number, heads: number, size: number, place: number, onward: boolean): void;
  attend(
    queries: number,
    keys: number,
    values: number,
    out: number,
    shares: number,
    rows: number,
    before: number,
    width: number,
    heads: number,
    onward: boolean,
  ): void;
  reluGradient(delta: number, y: number, out: number, size: number): void;
  columnSums(x: number, out: number, rows: number, columns: number): void;
  addNormals(into: number, from: number, size: number, scale: number, state: number, widths: number, limits: number): number;
  sgd(w: number, g: number, nextW: number, size: number, rate: number, decay: number): void;
  momentum(w: number, g: number, v: number, nextW: number, nextV: number, size: number, rate: number, decay: number): void;
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    nextW: number,
    nextM: number,
    nextV: number,
    size: number,
    rate: number,
    decay: number,
    correction: number,
  ): void;
  patches(x: number, out: number, count: number, height: number, width: number, channels: number): void;
  folded(x: number, out: number, count: number, height: number, width: number, channels: number): void;
  maxPool(x: number, out: number, count: number, height: number, width: number, channels: number): void;
  maxPoolGradient(
    delta: number,
    x: number,
    y: number,
    out: number,
    count: number,
    height: number,
    width: number,
    channels: number,
  ): void;
}

/** What of WebAssembly is used; TypeScript knows it only with all of a page's types. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
  Memory: new (size: { initial: number }) => KernelMemory;
};

export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  /** By so many pages of 64 KiB. All views of the buffer end. */
  grow(pages: number): number;
}

/** @throws where there is no WebAssembly with SIMD: browsers before 2023 */
export function kernelsIn(memory: object): Kernels {
  return new WebAssembly.Instance(new WebAssembly.Module(kernelModule), { env: { memory } }).exports as Kernels;
}

export const newMemory = (): KernelMemory => new WebAssembly.Memory({ initial: 1 });
