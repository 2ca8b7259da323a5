/** The terminal as a host: TF.js in this process, assets from the disk, this machine's clock. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { ReadAsset } from '../core/dataset.ts';
import { InputError } from '../core/input-error.ts';
import { catalog } from '../lab/catalog.ts';
import type { Host } from '../lab/run.ts';
import type { BenchHost } from '../lab/run-bench.ts';
import { startPool, type TrainerPort } from '../worker/pool.ts';

export const nodeBackends = ['wasm', 'webgpu', 'cpu'] as const;
export type NodeBackend = (typeof nodeBackends)[number];

/** Everything in this very thread. */
export async function nodeHost(backend: NodeBackend): Promise<Host> {
  const { computeHere } = await import('../lab/compute.ts'); // TF.js takes half a second to load: only for those who compute
  await startBackend(backend);
  return { catalog, compute: computeHere(backend, clock), read: readAsset, clock };
}

/** The members of each stack shared among threads; the numbers are those of one thread, bit for bit. */
export async function threadedHost(backend: 'wasm' | 'cpu', threads: number): Promise<Host & { close(): void }> {
  const pool = await startPool(backend, false, Array.from({ length: threads }, startThread));
  if (typeof pool === 'string') throw new InputError(pool);
  return { catalog, compute: pool, read: readAsset, clock, close: () => pool.close() };
}

/** What a benchmark is lent: threads where the backend is on processor cores, this one where it is on a GPU. */
export async function benchHost(backend: NodeBackend, threads: number): Promise<BenchHost & { close?(): void }> {
  if (backend === 'webgpu') {
    const { compute, ...host } = await nodeHost(backend);
    const { baselineHere } = await import('../lab/compute.ts');
    return { ...host, one: compute, baseline: (job) => baselineHere(job, clock) };
  }
  const pool = await startPool(backend, false, Array.from({ length: threads }, startThread));
  if (typeof pool === 'string') throw new InputError(pool);
  return {
    catalog,
    read: readAsset,
    clock,
    one: pool.alone,
    ...(threads > 1 && { all: { compute: pool, threads } }),
    baseline: (job) => pool.baseline(job),
    close: () => pool.close(),
  };
}

/** What the graphics adapter in use calls itself, if it is one in software; undefined where there is none in use, or a real one. */
export async function softwareAdapter(): Promise<string | undefined> {
  const adapter = await (globalThis as { navigator?: { gpu?: GPU } }).navigator?.gpu?.requestAdapter();
  const { info } = adapter ?? {};
  return info?.isFallbackAdapter ? [info.vendor, info.architecture, info.description].filter(Boolean).join(' ') : undefined;
}

function startThread(): TrainerPort {
  const thread = new Worker(new URL('./thread.mjs', import.meta.url));
  return {
    post: (call) => thread.postMessage(call),
    listen(onMessage, onDeath) {
      thread.on('message', onMessage);
      thread.on('error', (error) => onDeath(error.message));
      thread.on('exit', (code) => onDeath(`its thread ended with ${code}`));
    },
    close: () => void thread.terminate(),
  };
}

const clock = () => performance.now();

/** Sets TF.js up on one backend. @throws InputError where this machine does not have it */
export async function startBackend(backend: NodeBackend): Promise<void> {
  const tf = await import('@tensorflow/tfjs');
  if (backend === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(join(dirname(main), '/'));
  }
  if (backend === 'webgpu') await offerWebGpu();
  // setBackend answers false rather than throwing, and TF.js would silently go on with another backend.
  if (!(await tf.setBackend(backend)) || tf.getBackend() !== backend) {
    throw new InputError(`--backend is ${backend}, which this machine does not have; try one of: ${nodeBackends.join(', ')}`);
  }
}

/** Node has no WebGPU of its own; the package `webgpu` (Dawn) brings it where it is installed and finds a driver. */
async function offerWebGpu(): Promise<void> {
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    const gpu = create([]);
    Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'node' }, configurable: true });
    if (!(await gpu.requestAdapter())) throw new Error('no adapter');
  } catch (error) {
    throw new InputError(`--backend is webgpu, which was not found here (${(error as Error).message}); allowed: wasm, cpu`);
  }
  await import('@tensorflow/tfjs-backend-webgpu');
}

const readAsset: ReadAsset = async (name) => {
  const bytes = await readFile(new URL(`../../public/${name}`, import.meta.url));
  return new Uint8Array(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes); // some are packed
};
