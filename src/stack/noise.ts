/** Noise for a stack of gradients, each network's from its own stream and of its own deviation. */
import * as tf from '@tensorflow/tfjs';
import { layerLimit, layerWidth, normalFrom, type Random } from '../core/random.ts';
import { hasKernel, onWasm, type Wasm } from './wasm.ts';

/** `[K, rows, columns]` plus deviation · normal. */
export function addNoise(x: tf.Tensor3D, deviations: readonly number[], streams: readonly Random[]): tf.Tensor3D {
  if (deviations.every((deviation) => deviation === 0)) return x;
  if (hasKernel('AddNoise')) {
    return tf.engine().runKernel('AddNoise', { x }, { deviations, streams } as unknown as tf.NamedAttrMap) as tf.Tensor3D;
  }
  const size = x.size / x.shape[0];
  const noise = new Float32Array(x.size);
  for (const [k, deviation] of deviations.entries()) {
    if (deviation > 0) (streams[k] as Random).addNormals(noise.subarray(k * size, (k + 1) * size), deviation);
  }
  return x.add(tf.tensor3d(noise, x.shape));
}

onWasm('AddNoise', (wasm, inputs, attrs) => {
  const { deviations, streams } = attrs as unknown as { deviations: readonly number[]; streams: readonly Random[] };
  const x = inputs.x as tf.TensorInfo;
  const out = wasm.output(...x.shape);
  const size = tf.util.sizeFromShape(x.shape) / (x.shape[0] as number);
  wasm.copy(wasm.address(x), wasm.address(out), size * (x.shape[0] as number));
  for (const [k, deviation] of deviations.entries()) {
    if (deviation > 0) addNormals(wasm, wasm.address(out) + 4 * k * size, size, deviation, streams[k] as Random);
  }
  return out;
});

/** As `random.addNormals` on what stands at that address. */
function addNormals(wasm: Wasm, address: number, size: number, scale: number, random: Random): void {
  wasm.withScratch(8 * 128 + 4 * 128 + 4 * 5, (widths) => {
    const limits = widths + 8 * 128;
    const stateAt = limits + 4 * 128;
    new Float64Array(wasm.memory, widths, 128).set(layerWidth);
    new Int32Array(wasm.memory, limits, 128).set(layerLimit);
    const state = new Int32Array(wasm.memory, stateAt, 5);
    const values = new Float32Array(wasm.memory, address, size);
    const { bits } = random;
    state.set(bits.state);
    for (let i = 0; ; i++) {
      i = wasm.kernels.addNormals(address, i, size, scale, stateAt, widths, limits);
      bits.state.set(state.subarray(0, 4));
      if (i === size) return;
      values[i] = (values[i] as number) + scale * normalFrom(state[4] as number, bits);
      state.set(bits.state);
    }
  });
}
