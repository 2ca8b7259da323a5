/**
 * How many networks fit on the device at once. What one of them takes is measured, by taking one step with it; what there is
 * depends on the backend.
 */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import type { TrainingJob } from '../core/training.ts';
import { openStack } from './stack.ts';

const mebibyte = 2 ** 20;

interface Budget {
  /** For everything that a step holds at its fullest moment, in bytes. */
  readonly total: number;
  /** For any one tensor. */
  readonly tensor: number;
}

/**
 * Beside the data, which is there in any case. WebAssembly addresses 4 GiB, every trainer has a memory of its own, and larger stacks
 * gain nothing there. A GPU does not say how much it has, but how large one buffer may be.
 */
function budgetOf(backend: string): Budget {
  if (backend !== 'webgpu') return { total: 512 * mebibyte, tensor: 256 * mebibyte };
  const { limits } = (tf.backend() as unknown as { device: { limits: { maxStorageBufferBindingSize: number } } }).device;
  return { total: 2048 * mebibyte, tensor: limits.maxStorageBufferBindingSize };
}

/**
 * How many members of this job may be trained at once, between 1 and all of them.
 * @param budget what there is, if not what the backend has
 */
export async function fittingAtOnce(
  job: TrainingJob,
  architecture: Architecture,
  budget: Budget = budgetOf(tf.getBackend()),
): Promise<number> {
  const count = job.members.length;
  if (count === 1) return 1;
  const one = openStack({ ...job, members: job.members.slice(0, 1) }, architecture);
  try {
    if (one.steps === 0) return count;
    const before = tf.memory().numBytes;
    const { peakBytes, kernels } = await tf.profile(() => one.step(0) as unknown as tf.TensorContainer);
    const largest = Math.max(
      ...kernels.flatMap(({ outputShapes }) => outputShapes.map((shape) => 4 * tf.util.sizeFromShape(shape))),
    );
    const fits = Math.floor(Math.min(budget.total / (peakBytes - before), budget.tensor / largest));
    return Math.max(1, Math.min(count, fits));
  } finally {
    (tf.engine() as unknown as { state: { profiling: boolean } }).state.profiling = false; // TF.js forgets to if a step fails
    one.dispose();
  }
}
