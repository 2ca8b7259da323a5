/** A transformer's weights for texts of another length: only the rows of its first layer that stand for places differ. */
import type { TransformerShape } from './decoder.ts';
import type { Weights } from './training.ts';

/**
 * What is cut off was never used by shorter texts; places that are new start at 0.
 * @param length of the result
 */
export function withLength(weights: Weights, { width, vocabulary, length: old }: TransformerShape, length: number): Weights {
  const kept = (vocabulary + Math.min(old, length)) * width;
  const resized = new Float32Array(weights.length + (length - old) * width);
  resized.set(weights.subarray(0, kept));
  resized.set(weights.subarray((vocabulary + old) * width), (vocabulary + length) * width);
  return resized;
}

/** Those weights with the places of a shorter network's in front: what it was before, where texts are longer. */
export function withPlacesOf(shorter: Weights, shape: TransformerShape, whole: Weights): Weights {
  const { width, vocabulary, length } = shape;
  const all = (whole.length - shorter.length) / width + length;
  const resized = withLength(shorter, shape, all);
  const from = (vocabulary + length) * width;
  resized.set(whole.subarray(from, (vocabulary + all) * width), from);
  return resized;
}

/** Where a layer's weights lie, row by row; its bias comes behind them. */
export interface LayerPlace {
  readonly at: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** In the order in which a stack trains them: what is read; of each block queries, keys, values, mixture, up and down; what is told. */
export function layerPlaces({ blocks, width, vocabulary, length }: TransformerShape): LayerPlace[] {
  let at = 0;
  const place = (inputs: number, outputs: number): LayerPlace => {
    const from = at;
    at += (inputs + 1) * outputs;
    return { at: from, inputs, outputs };
  };
  const block = () => [...Array.from({ length: 4 }, () => place(width, width)), place(width, 4 * width), place(4 * width, width)];
  return [place(vocabulary + length, width), ...Array.from({ length: blocks }, block).flat(), place(width, vocabulary)];
}

/** What a network of such options is, as a decoder wants to know it. */
export function transformerShape(
  options: Readonly<Record<string, unknown>>,
  length: number,
  vocabulary: number,
): TransformerShape {
  const { blocks, width, heads } = options;
  return { blocks: Number(blocks), width: Number(width), heads: Number(heads), length, vocabulary };
}
