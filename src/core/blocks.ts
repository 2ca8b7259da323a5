/**
 * Pictures cut into square blocks, which may lie elsewhere, turned, mirrored or as negatives: what learnable encryption does to a picture,
 * and what whoever breaks it must undo.
 */

/** One of the eight ways to lay a square: a 2 × 2 matrix, row by row, for (down, right) counted from its middle. */
export type Turn = number;

const matrices: readonly (readonly [number, number, number, number])[] = [
  [1, 0, 0, 1],
  [0, -1, 1, 0],
  [-1, 0, 0, -1],
  [0, 1, -1, 0],
  [1, 0, 0, -1],
  [0, 1, 1, 0],
  [-1, 0, 0, 1],
  [0, -1, -1, 0],
];
export const turns: readonly Turn[] = matrices.map((_, turn) => turn);
/** Those without a mirror, each a quarter of a turn from the one before. */
export const rotations: readonly Turn[] = turns.slice(0, 4);

/** Where a step (down, right) points after a turn. */
export function turned(turn: Turn, [down, right]: readonly [number, number]): [down: number, right: number] {
  const [a, b, c, d] = matrices[turn] as (typeof matrices)[number];
  return [a * down + b * right, c * down + d * right];
}

/** First `second`, then `first`. */
export function composed(first: Turn, second: Turn): Turn {
  const ends = ([down, right]: readonly [number, number]) => turned(first, turned(second, [down, right]));
  const [[a, c], [b, d]] = [ends([1, 0]), ends([0, 1])];
  return matrices.findIndex((one) => one[0] === a && one[1] === b && one[2] === c && one[3] === d);
}

export const inverse = (turn: Turn): Turn => turns.find((other) => composed(other, turn) === 0) as Turn;

/** For each pixel of a turned block, which of the block it is. */
export function pixelsAfter(turn: Turn, side: number): Int32Array {
  const middle = (side - 1) / 2;
  const places = new Int32Array(side * side);
  for (let r = 0; r < side; r++) {
    for (let c = 0; c < side; c++) {
      const [down, right] = turned(turn, [r - middle, c - middle]);
      places[(down + middle) * side + right + middle] = r * side + c;
    }
  }
  return places;
}

/** How pictures are cut: `rows × columns` blocks of `side × side` pixels. */
export interface Cut {
  readonly side: number;
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/** @param shape `[height, width, channels]`, both sides multiples of `side` */
export function cutOf([height, width, channels]: readonly number[], side: number): Cut {
  return {
    side,
    rows: (height as number) / side,
    columns: (width as number) / side,
    channels: channels as number,
  };
}

/** For each block of a picture: where it lies in the other picture, how it is laid there, and whether it is its negative, 1 − x. */
export interface BlockKey {
  readonly places: Int32Array;
  readonly turns: Int32Array;
  readonly negated: Uint8Array;
}

/** Where each value of a block lies in its picture, row by row. */
export function blockAt({ side, columns, channels }: Cut, block: number): Int32Array {
  const [top, left] = [Math.floor(block / columns) * side, (block % columns) * side];
  const width = columns * side * channels;
  return Int32Array.from({ length: side * side * channels }, (_, i) => {
    const [r, rest] = [Math.floor(i / (side * channels)), i % (side * channels)];
    return (top + r) * width + left * channels + rest;
  });
}

/** The picture whose blocks are those of another one, moved by a key. */
export function moved(picture: Float32Array, cut: Cut, key: BlockKey): Float32Array<ArrayBuffer> {
  const out = new Float32Array(picture.length);
  const { side, channels } = cut;
  for (const [block, place] of key.places.entries()) {
    const [from, to] = [blockAt(cut, block), blockAt(cut, place)];
    const pixels = pixelsAfter(key.turns[block] as number, side);
    for (const [pixel, source] of pixels.entries()) {
      for (let k = 0; k < channels; k++) {
        const value = picture[from[source * channels + k] as number] as number;
        out[to[pixel * channels + k] as number] = key.negated[block] ? 1 - value : value;
      }
    }
  }
  return out;
}

/** The key that undoes one. */
export function undone({ places, turns, negated }: BlockKey): BlockKey {
  const back: BlockKey = {
    places: new Int32Array(places.length),
    turns: new Int32Array(places.length),
    negated: new Uint8Array(places.length),
  };
  for (const [block, place] of places.entries()) {
    back.places[place] = block;
    back.turns[place] = inverse(turns[block] as number);
    back.negated[place] = negated[block] as number;
  }
  return back;
}
