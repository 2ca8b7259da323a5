/** Bringing TF.js up in a browser's worker, on one rung of the ladder, and looking hard at what came up. */
import * as tf from '@tensorflow/tfjs';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { gradientFault } from '../stack/self-test.ts';
import type { StartBackend } from './trainer.ts';

export const startBrowserBackend: StartBackend = async (rung, softwareGpu, onLost) => {
  try {
    if (rung === 'webgpu') {
      const fault = await webGpuFault(softwareGpu);
      if (fault) return fault;
      await import('@tensorflow/tfjs-backend-webgpu');
    }
    if (rung === 'wasm') {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // gave nothing for small models, and wants workers from blobs
      setWasmPaths({
        'tfjs-backend-wasm.wasm': plainWasm,
        'tfjs-backend-wasm-simd.wasm': simdWasm,
        'tfjs-backend-wasm-threaded-simd.wasm': simdWasm,
      });
    }
    // setBackend answers false rather than throwing, and TF.js would silently go on with another backend.
    if (!(await tf.setBackend(rung)) || tf.getBackend() !== rung) return 'it does not start here';
    const fault = await gradientFault();
    if (fault) return fault;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (rung === 'webgpu') {
    const { device } = tf.backend() as unknown as { device: GPUDevice };
    void device.lost.then(({ message }) => onLost(`the graphics device was lost (${message || 'no reason given'})`));
    // What a device refuses comes out as zeros: TF.js goes on with them.
    device.addEventListener('uncapturederror', ({ error }) => {
      onLost(`the graphics device refused a program (${error.message.split('\n')[0]})`);
    });
  }
  return undefined;
};

/** A software adapter is slower than wasm: it counts only where a test asks for it. */
async function webGpuFault(softwareGpu: boolean): Promise<string | undefined> {
  if (!navigator.gpu) return isSecureContext ? 'this browser does not offer it' : 'it needs https or localhost';
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) return 'no graphics adapter was found';
  const isFallback = adapter.info?.isFallbackAdapter ?? (adapter as { isFallbackAdapter?: boolean }).isFallbackAdapter;
  return isFallback && !softwareGpu ? 'only a software adapter was found, which is slower' : undefined;
}
