/**
 * A transformer that reads one character after another, for whoever writes with it: what it has read is kept as keys and values, so that
 * each further character costs one place, not all (models/transformer.ts has the same network for a whole stack). In JavaScript numbers on
 * one core: for a hundred thousand parameters that is quicker than asking any device character by character.
 */
import type { Weights } from './training.ts';
import { type LayerPlace, layerPlaces } from './transformer-weights.ts';

export interface TransformerShape {
  readonly blocks: number;
  /** A multiple of 4. */
  readonly width: number;
  readonly heads: number;
  /** Characters that it can read. */
  readonly length: number;
  readonly vocabulary: number;
}

interface Linear {
  /** `inputs × outputs`, row by row. */
  readonly weights: Weights;
  readonly bias: Weights;
}

/** What was read so far. It is not changed by reading on: one past can have many futures. */
export interface Past {
  readonly count: number;
  /** Of each block `count × width`. */
  readonly keys: readonly Float64Array[];
  readonly values: readonly Float64Array[];
}

/** The beginning of what was read: each character knows only those before it. */
export function beginning({ count: whole, keys, values }: Past, count: number): Past {
  const cut = (all: Float64Array) => all.subarray(0, (all.length / whole) * count);
  return { count, keys: keys.map(cut), values: values.map(cut) };
}

/** What the model makes of a text. */
export interface Reading {
  /** For each character read, the logits of the next one: `characters × vocabulary`. */
  readonly logits: Float64Array;
  readonly past: Past;
}

export interface Decoder {
  readonly shape: TransformerShape;
  /** Reads on. @throws RangeError where that is more than it can read */
  read(ids: ArrayLike<number>, past?: Past): Reading;
}

/** As in src/stack/attention.ts. */
const epsilon = 1e-5;

/** @param weights of the whole network, layer by layer, as a stack trains them */
export function decoderOf(shape: TransformerShape, weights: Weights): Decoder {
  const { blocks, width, heads, length } = shape;
  const places = layerPlaces(shape);
  const { at, inputs, outputs } = places.at(-1) as LayerPlace;
  const count = at + (inputs + 1) * outputs;
  if (count !== weights.length) throw new RangeError(`a transformer of this shape has ${count} weights, not ${weights.length}`);
  let taken = 0;
  const next = (): Linear => {
    const place = places[taken++] as LayerPlace;
    const end = place.at + place.inputs * place.outputs;
    return { weights: weights.subarray(place.at, end), bias: weights.subarray(end, end + place.outputs) };
  };
  const embedding = next();
  const layers = Array.from({ length: blocks }, () => ({
    queries: next(),
    keys: next(),
    values: next(),
    mixture: next(),
    up: next(),
    down: next(),
  }));
  const last = next();
  const nothing: Past = { count: 0, keys: layers.map(() => new Float64Array(0)), values: layers.map(() => new Float64Array(0)) };

  return {
    shape,
    read(ids, past = nothing) {
      const count = ids.length;
      if (past.count + count > length) throw new RangeError(`this model reads ${length} characters, not ${past.count + count}`);
      const x = new Float64Array(count * width);
      for (let i = 0; i < count; i++) {
        const row = (ids[i] as number) * width;
        for (let o = 0; o < width; o++) x[i * width + o] = (embedding.weights[row + o] as number) + (embedding.bias[o] as number);
      }
      const kept: { keys: Float64Array[]; values: Float64Array[] } = { keys: [], values: [] };
      for (const [b, layer] of layers.entries()) {
        const seen = normalized(x, width);
        const turned = (x: Float64Array) => rotated(x, width, heads, past.count);
        const keys = joined(past.keys[b] as Float64Array, turned(apply(layer.keys, seen, width)));
        const values = joined(past.values[b] as Float64Array, apply(layer.values, seen, width));
        add(x, apply(layer.mixture, attended(turned(apply(layer.queries, seen, width)), keys, values, width, heads), width));
        const inner = apply(layer.up, normalized(x, width), width);
        for (let i = 0; i < inner.length; i++) if ((inner[i] as number) < 0) inner[i] = 0;
        add(x, apply(layer.down, inner, 4 * width));
        kept.keys.push(keys);
        kept.values.push(values);
      }
      return { logits: apply(last, normalized(x, width), width), past: { count: past.count + count, ...kept } };
    },
  };
}

/** `rows × inputs` through a linear layer, four inputs at a time: every sum is then read and written a quarter as often. */
function apply({ weights, bias }: Linear, x: Float64Array, inputs: number): Float64Array {
  const outputs = bias.length;
  const rows = x.length / inputs;
  const y = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    const to = row * outputs;
    for (let o = 0; o < outputs; o++) y[to + o] = bias[o] as number;
    for (let i = 0; i < inputs; i += 4) {
      const at = row * inputs + i;
      const [a, b, c, d] = [x[at] as number, x[at + 1] as number, x[at + 2] as number, x[at + 3] as number];
      const from = i * outputs;
      for (let o = 0; o < outputs; o++) {
        const w = from + o;
        y[to + o] =
          (y[to + o] as number) +
          a * (weights[w] as number) +
          b * (weights[w + outputs] as number) +
          c * (weights[w + 2 * outputs] as number) +
          d * (weights[w + 3 * outputs] as number);
      }
    }
  }
  return y;
}

/**
 * By how much each number of a head is turned at each place: half of them and the other half alike, the first quickly, the last hardly
 * (equation 15 of Su et al. 2021). `length × size`, row by row.
 */
export function rotaryAngles(length: number, size: number): Float32Array {
  const half = size / 2;
  return Float32Array.from({ length: length * size }, (_, i) => Math.floor(i / size) * 10000 ** -((i % half) / half));
}

/** Each head of each row turned by the angles of its place. @param from place of the first row */
function rotated(x: Float64Array, width: number, heads: number, from: number): Float64Array {
  const [rows, size] = [x.length / width, width / heads];
  const half = size / 2;
  const y = new Float64Array(x.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < half; i++) {
      const angle = (from + row) * 10000 ** -(i / half);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let head = 0; head < heads; head++) {
        const a = row * width + head * size + i;
        const b = a + half;
        y[a] = (x[a] as number) * cosine - (x[b] as number) * sine;
        y[b] = (x[b] as number) * cosine + (x[a] as number) * sine;
      }
    }
  }
  return y;
}

function normalized(x: Float64Array, width: number): Float64Array {
  const y = new Float64Array(x.length);
  for (let from = 0; from < x.length; from += width) {
    let squares = 0;
    for (let i = from; i < from + width; i++) squares += (x[i] as number) ** 2;
    const scale = 1 / Math.sqrt(squares / width + epsilon);
    for (let i = from; i < from + width; i++) y[i] = (x[i] as number) * scale;
  }
  return y;
}

/** Each new place looks at all before it and at itself. */
function attended(queries: Float64Array, keys: Float64Array, values: Float64Array, width: number, heads: number): Float64Array {
  const each = width / heads;
  const scale = each ** -0.5;
  const [count, total] = [queries.length / width, keys.length / width];
  const mixed = new Float64Array(queries.length);
  const shares = new Float64Array(total);
  for (let i = 0; i < count; i++) {
    const visible = total - count + i + 1;
    for (let own = i * width; own < (i + 1) * width; own += each) {
      const first = own - i * width;
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < visible; j++) {
        let score = 0;
        for (let o = 0, at = j * width + first; o < each; o++, at++) score += (queries[own + o] as number) * (keys[at] as number);
        score *= scale;
        shares[j] = score;
        if (score > largest) largest = score;
      }
      let sum = 0;
      for (let j = 0; j < visible; j++) {
        const share = Math.exp((shares[j] as number) - largest);
        shares[j] = share;
        sum += share;
      }
      for (let o = 0; o < each; o++) {
        let value = 0;
        for (let j = 0, at = first + o; j < visible; j++, at += width) value += (shares[j] as number) * (values[at] as number);
        mixed[own + o] = value / sum;
      }
    }
  }
  return mixed;
}

function add(x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + (y[i] as number);
}

function joined(before: Float64Array, after: Float64Array): Float64Array {
  const both = new Float64Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}
