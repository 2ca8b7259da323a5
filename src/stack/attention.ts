/** What a transformer does beside linear layers: normalisation and causal attention, for K networks at once. */
import * as tf from '@tensorflow/tfjs';
import { rotaryAngles } from '../core/decoder.ts';
import { stackedMatMul } from './matmul.ts';

/** So that a row of zeros stays one. */
const epsilon = 1e-5;

/** `x / √(mean x² + ε)` over the last axis. Its gradient is written out: (dy − y · mean(dy · y)) / √(mean x² + ε). */
export function normalize(x: tf.Tensor): tf.Tensor {
  const normalized = tf.customGrad((given, save) => {
    const scale = (given as tf.Tensor).square().mean(-1, true).add(epsilon).rsqrt();
    const y = (given as tf.Tensor).mul(scale);
    (save as tf.GradSaveFunc)([y, scale]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [kept, by] = saved as [tf.Tensor, tf.Tensor];
      return dy.sub(kept.mul(dy.mul(kept).mean(-1, true))).mul(by);
    };
    return { value: y, gradFunc };
  });
  return normalized(x);
}

export function attend(queries: tf.Tensor, keys: tf.Tensor, values: tf.Tensor, heads: number): tf.Tensor {
  const [stack, batch, length, width] = queries.shape as [number, number, number, number];
  const each = width / heads;
  const byHead = (x: tf.Tensor) =>
    x
      .reshape([stack * batch, length, heads, each])
      .transpose([0, 2, 1, 3])
      .reshape([stack * batch * heads, length, each]) as tf.Tensor3D;
  const scores = stackedMatMul(rotate(byHead(queries)), rotate(byHead(keys)), false, true).mul(each ** -0.5);
  const mixed = stackedMatMul(tf.softmax(scores.add(later(length))) as tf.Tensor3D, byHead(values));
  return mixed
    .reshape([stack * batch, heads, length, each])
    .transpose([0, 2, 1, 3])
    .reshape([stack, batch, length, width]);
}

/**
 * Turns the two halves of each row against each other by angles that grow with its place, so that what a query and a key have in common
 * depends on how far apart they are (RoFormer, Su et al. 2021). The way back is the same turn the other way.
 */
function rotate(x: tf.Tensor3D): tf.Tensor3D {
  const [, length, size] = x.shape;
  const angles = rotaryAngles(length, size);
  const table = (of: (angle: number) => number) => tf.tensor3d(angles.map(of), [1, length, size]);
  const rotated = tf.customGrad((given, save) => {
    const [cosines, sines] = [table(Math.cos), table(Math.sin)];
    (save as tf.GradSaveFunc)([cosines, sines]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => turned(dy, saved[0] as tf.Tensor, (saved[1] as tf.Tensor).neg());
    return { value: turned(given as tf.Tensor, cosines, sines), gradFunc };
  });
  return rotated(x) as tf.Tensor3D;
}

function turned(x: tf.Tensor, cosines: tf.Tensor, sines: tf.Tensor): tf.Tensor {
  const [first, second] = tf.split(x, 2, 2) as [tf.Tensor, tf.Tensor];
  return x.mul(cosines).add(tf.concat([second.neg(), first], 2).mul(sines));
}

/** What each place may not look at, so far down that its share is exactly 0. */
function later(length: number): tf.Tensor3D {
  const mask = new Float32Array(length * length);
  for (let at = 0; at < length; at++) mask.fill(-1e9, at * length + at + 1, (at + 1) * length);
  return tf.tensor3d(mask, [1, length, length]);
}
