/** Where what lies in a transformer's weights. */
import type { TransformerShape } from './decoder.ts';

/** Where a layer's weights lie, row by row; its bias comes behind them. */
export interface LayerPlace {
  readonly at: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** In the order in which a stack trains them: what is read; of each block queries, keys, values, mixture, up and down; what is told. */
export function layerPlaces({
  blocks,
  width,
  vocabulary,
}: Pick<TransformerShape, 'blocks' | 'width' | 'vocabulary'>): LayerPlace[] {
  let at = 0;
  const place = (inputs: number, outputs: number): LayerPlace => {
    const from = at;
    at += (inputs + 1) * outputs;
    return { at: from, inputs, outputs };
  };
  const block = () => [...Array.from({ length: 4 }, () => place(width, width)), place(width, 4 * width), place(4 * width, width)];
  return [place(vocabulary, width), ...Array.from({ length: blocks }, block).flat(), place(width, vocabulary)];
}

export function weightCount(shape: Parameters<typeof layerPlaces>[0]): number {
  const { at, inputs, outputs } = layerPlaces(shape).at(-1) as LayerPlace;
  return at + (inputs + 1) * outputs;
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
