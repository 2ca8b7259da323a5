/** The backends that a test can have in Node, set up once a file. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll } from 'vitest';

export const backends = ['cpu', 'wasm'] as const;

/** Every test of the surrounding `describe` runs on this backend. */
export function useBackend(name: (typeof backends)[number]): void {
  beforeAll(async () => {
    if (name === 'wasm')
      setWasmPaths(new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname);
    // setBackend answers false rather than throwing, and TF.js then goes on with another backend.
    if (!(await tf.setBackend(name)) || tf.getBackend() !== name) throw new Error(`no backend ${name} here`);
  });
}
