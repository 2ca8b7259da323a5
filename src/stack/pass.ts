/**
 * The forward pass of K networks at once. A model file says what happens (`linear`, `relu`, …); here is how it happens to a
 * whole stack. Two taps serve per-example gradients: a zero `probe` added to a linear layer's output, whose gradient is that
 * layer's δ for every example, and `record`, which keeps what went in.
 */
import type * as tf from '@tensorflow/tfjs';
import type { Architecture, Pass } from '../core/model.ts';
import { attend, normalize } from './attention.ts';
import { linear } from './linear.ts';
import { maxPool, patches } from './pictures.ts';

/** Weights `[K, inputs, outputs]` and bias `[K, 1, outputs]` of each linear layer, one after another. */
export type Parameters = tf.Tensor3D[];

export interface Taps {
  /** One mask a dropout site, `[K, batch, width]`, already scaled by 1 / (1 − rate). */
  readonly masks?: readonly tf.Tensor3D[];
  /** One tensor a linear layer, zeros unless its output is to be pushed, `[K, batch · positions, outputs]`. */
  readonly probes?: readonly tf.Tensor3D[];
  /** Told each linear layer's input as rows, `[K, batch · positions, inputs]`. */
  record?(layer: number, rows: tf.Tensor3D): void;
}

/** Logits `[K, batch, classes]` of a stack; inputs of stack 1 are shared by all K. */
export function forward(architecture: Architecture, parameters: Parameters, inputs: tf.Tensor, taps: Taps = {}): tf.Tensor3D {
  return architecture.forward(passOf(architecture, parameters, taps), inputs) as tf.Tensor3D;
}

function passOf(architecture: Architecture, parameters: Parameters, taps: Taps): Pass {
  return {
    linear(layer, x, activation) {
      const { kind, inputs, outputs } = architecture.layers[layer] as Architecture['layers'][number];
      const weights = parameters[2 * layer] as tf.Tensor3D;
      const bias = parameters[2 * layer + 1] as tf.Tensor3D;
      const rows = kind === 'convolution' ? surroundings(x) : (x.reshape([x.shape[0] as number, -1, inputs]) as tf.Tensor3D);
      taps.record?.(layer, rows);
      const probe = taps.probes?.[layer];
      const fused = probe || activation === 'sigmoid' ? 'none' : activation;
      let y: tf.Tensor = linear(rows, weights, bias, fused);
      if (probe) y = y.add(probe);
      if (activation === 'sigmoid') y = y.sigmoid();
      else if (activation !== fused) y = y.relu();
      return y.reshape([y.shape[0] as number, ...x.shape.slice(1, -1), outputs]);
    },
    maxPool: pooled,
    normalize,
    attend,
    flatten: (x) => x.reshape([x.shape[0] as number, x.shape[1] as number, -1]),
    dropout(site, x) {
      const mask = taps.masks?.[site];
      return mask ? x.mul(mask) : x;
    },
  };
}

/** 2 × 2 maxima of `[stack, batch, height, width, channels]`. */
function pooled(x: tf.Tensor): tf.Tensor {
  const [stack, batch, height, width, channels] = x.shape as [number, number, number, number, number];
  const images = x.reshape([stack * batch, height, width, channels]) as tf.Tensor4D;
  return maxPool(images).reshape([stack, batch, height >> 1, width >> 1, channels]);
}

/** Every pixel's 3 × 3 surroundings as a row, `[stack, batch · pixels, 9 · channels]`. */
function surroundings(x: tf.Tensor): tf.Tensor3D {
  const [stack, batch, height, width, channels] = x.shape as [number, number, number, number, number];
  const images = x.reshape([stack * batch, height, width, channels]) as tf.Tensor4D;
  return patches(images).reshape([stack, batch * height * width, 9 * channels]);
}
