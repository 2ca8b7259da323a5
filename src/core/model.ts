/**
 * A model is an architecture: the shapes of its parameters, and a forward pass that is a pure function of them. It is
 * written once for one network and runs as a stack of K: every parameter carries a leading stack axis, and the pass that
 * is handed in knows how to apply K of them at once. A model file therefore imports no tensor library.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { Params, Values } from './params.ts';

/** One linear map and its bias. `dense` sees a row; `convolution` sees the 3 × 3 surroundings of each pixel, zero-padded. */
export interface LinearLayer {
  readonly kind: 'dense' | 'convolution';
  /** Values that go in: features, or 9 × input channels. */
  readonly inputs: number;
  /** Values that come out: units, or output channels. */
  readonly outputs: number;
  /** How often it is applied to one example: once, or at every pixel. */
  readonly positions: number;
}

export type Activation = 'none' | 'relu' | 'sigmoid';

/** What a forward pass may do. All tensors carry `[stack, batch, …]`. */
export interface Pass {
  /**
   * The linear layer of that number, and what follows it, in one: a device does the two cheaper together. Dense: `[…, inputs] →
   * […, outputs]`; convolution keeps height and width.
   */
  linear(layer: number, x: Tensor, activation: Activation): Tensor;
  /** 2 × 2 maximum of `[stack, batch, height, width, channels]`; an odd last row or column is dropped. */
  maxPool(x: Tensor): Tensor;
  /** `[stack, batch, …] → [stack, batch, product]`. */
  flatten(x: Tensor): Tensor;
  /** Each last axis over its root mean square (Zhang & Sennrich 2019), without weights: the layer that follows has some. */
  normalize(x: Tensor): Tensor;
  /**
   * Causal attention (Vaswani et al. 2017) with rotary places (Su et al. 2021): each place mixes the values of itself and of those before it,
   * head by head. All
   * `[stack, batch, length, width]`, the width cut into `heads` equal parts.
   */
  attend(queries: Tensor, keys: Tensor, values: Tensor, heads: number): Tensor;
  /** Drops hidden units while training with dropout; passes everything otherwise. `site` counts from 0. */
  dropout(site: number, x: Tensor): Tensor;
}

export interface Architecture {
  readonly layers: readonly LinearLayer[];
  /** Width of each place where dropout may act. */
  readonly dropoutSites: readonly number[];
  /**
   * Reads text: an example is `length` token ids, each shown as one of `vocabulary` numbers that is 1. Logits are then those of every place,
   * `length · vocabulary`.
   */
  readonly reads?: { readonly vocabulary: number; readonly length: number };
  /** Begins with all weights 0, not random ones: where there is one best network, nothing is lost by it. */
  readonly beginsAtZero?: boolean;
  /** Inputs `[stack, batch, …shape]` to logits `[stack, batch, classes]`. */
  forward(pass: Pass, inputs: Tensor): Tensor;
}

export interface Model<P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly params: P;
  /** Whether it reads text, not examples. */
  readonly readsText?: boolean;
  /** Why this architecture cannot take such inputs, or undefined where it can. */
  refuses?(shape: readonly number[]): string | undefined;
  build(options: Values<P>, shape: readonly number[], classes: number): Architecture;
}

export const defineModel = <P extends Params>(model: Model<P>): Model<P> => model;

/** Numbers in one network: what one member of a stack costs. */
export function parameterCount({ layers }: Pick<Architecture, 'layers'>): number {
  return layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}
