/**
 * A transformer that reads one character after another, for whoever writes with it: what it has read is kept as keys and values, so that
 * each further character costs one place, not all (models/transformer.ts has the same network for a whole stack). It runs on one core,
 * in WebAssembly: for a hundred thousand parameters that is quicker than asking any device character by character.
 */
import type { Decoder, Past, Reading, TransformerShape } from '../core/decoder.ts';
import { rotaryAngles } from '../core/decoder.ts';
import type { Weights } from '../core/training.ts';
import { layerPlaces, weightCount } from '../core/transformer-weights.ts';
import { type KernelMemory, type Kernels, kernelsIn, newMemory } from './kernels.ts';

/**
 * One memory for all decoders of a thread, because browsers allow only some dozens. It holds the weights of one of them, and what
 * that one has read.
 */
interface Desk {
  readonly memory: KernelMemory;
  readonly kernels: Kernels;
  /** Whose weights lie there. */
  weights?: Weights;
  /** Whose keys and values lie there, each under the number of characters with which it ends. */
  pasts: Past[];
}

let shared: Desk | undefined;

function desk(): Desk {
  if (!shared) {
    const memory = newMemory();
    shared = { memory, kernels: kernelsIn(memory), pasts: [] };
  }
  return shared;
}

/** A linear layer in the memory, addresses in bytes. */
interface Linear {
  readonly weights: number;
  readonly bias: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** @param weights of the whole network, layer by layer, as a stack trains them */
export function decoderOf(shape: TransformerShape, weights: Weights): Decoder {
  const { blocks, width, heads, length, vocabulary } = shape;
  const places = layerPlaces(shape);
  const count = weightCount(shape);
  if (count !== weights.length) throw new RangeError(`a transformer of this shape has ${count} weights, not ${weights.length}`);

  const size = width / heads;
  const most = Math.max(length, vocabulary); // characters at once
  let end = 16; // 0 would be no address
  const room = (values: number) => {
    const from = end;
    end += 4 * Math.ceil(values / 4) * 4;
    return from;
  };
  const weightsAt = room(count);
  const layers = places.map<Linear>((place) => {
    const from = weightsAt + 4 * place.at;
    return { ...place, weights: from, bias: from + 4 * place.inputs * place.outputs };
  });
  const embedding = layers[0] as Linear;
  const last = layers.at(-1) as Linear;
  const [angles, shares] = [room(length * size), room(length + most + 4)];
  const parts = Array.from({ length: 2 * blocks }, () => room((length + most) * width)); // each block's keys, then its values
  const [x, seen, queries, mixed] = [0, 0, 0, 0].map(() => room(most * width)) as [number, number, number, number];
  const [inner, logits] = [room(4 * most * width), room(most * vocabulary)];
  const scratch = room(4 * most * width + 2 * most + 8);

  /** The memory with this decoder's weights and those keys and values in it. */
  function prepared(past: Past | undefined): Desk {
    const own = desk();
    if (own.weights !== weights) {
      const missing = end - own.memory.buffer.byteLength;
      if (missing > 0) own.memory.grow(Math.ceil(missing / 65536));
      const all = new Float32Array(own.memory.buffer);
      all.set(weights, weightsAt / 4);
      const half = size / 2;
      for (const [i, angle] of rotaryAngles(length, size).entries())
        all[angles / 4 + i] = i % size < half ? Math.cos(angle) : Math.sin(angle);
      own.weights = weights;
      own.pasts = [];
    }
    const all = new Float32Array(own.memory.buffer);
    const missing: Past[] = [];
    let known = past;
    for (; known && own.pasts[known.count] !== known; known = known.before) missing.push(known);
    own.pasts.length = (known?.count ?? 0) + 1;
    for (const one of missing.reverse()) {
      for (const [part, at] of parts.entries())
        all.set(one.kept[part] as Float32Array, at / 4 + (one.before?.count ?? 0) * width);
      own.pasts[one.count] = one;
    }
    return own;
  }

  /** Each of these behind what was read, and behind one another if they go onward. */
  function read(ids: ArrayLike<number>, past: Past | undefined, onward: boolean): Desk {
    const own = prepared(past);
    const { kernels } = own;
    const [rows, before] = [ids.length, past?.count ?? 0];
    const apply = (layer: Linear, from: number, to: number, relu = false) =>
      kernels.multiply(
        from,
        layer.weights,
        layer.bias,
        to,
        rows,
        layer.inputs,
        layer.outputs,
        4 * layer.inputs,
        4,
        relu,
        scratch,
      );
    const all = new Float32Array(own.memory.buffer);
    for (let i = 0; i < rows; i++) {
      const row = embedding.weights / 4 + (ids[i] as number) * width;
      for (let o = 0; o < width; o++)
        all[x / 4 + i * width + o] = (all[row + o] as number) + (all[embedding.bias / 4 + o] as number);
    }
    for (let block = 0; block < blocks; block++) {
      const [q, k, v, mixture, up, down] = layers.slice(1 + 6 * block) as [Linear, Linear, Linear, Linear, Linear, Linear];
      const [keys, values] = [parts[2 * block] as number, parts[2 * block + 1] as number];
      const behind = 4 * before * width;
      kernels.normalize(x, seen, rows, width);
      apply(q, seen, queries);
      apply(k, seen, keys + behind);
      apply(v, seen, values + behind);
      kernels.rotate(queries, angles, rows, heads, size, before, onward);
      kernels.rotate(keys + behind, angles, rows, heads, size, before, onward);
      kernels.attend(queries, keys, values, mixed, shares, rows, before, width, heads, onward);
      apply(mixture, mixed, seen);
      kernels.addTo(x, seen, rows * width);
      kernels.normalize(x, seen, rows, width);
      apply(up, seen, inner, true);
      apply(down, inner, seen);
      kernels.addTo(x, seen, rows * width);
    }
    kernels.normalize(x, seen, rows, width);
    apply(last, seen, logits);
    return own;
  }

  /** What was made of some of the characters that were read last. */
  function reading({ memory }: Desk, first: number, rows: number, past: Past | undefined): Reading {
    const all = new Float32Array(memory.buffer);
    const before = past?.count ?? 0;
    const from = logits / 4 + first * vocabulary;
    const kept = parts.map((at) => all.slice(at / 4 + (before + first) * width, at / 4 + (before + first + rows) * width));
    return {
      logits: Float64Array.from(all.subarray(from, from + rows * vocabulary)),
      past: { count: before + rows, before: past, kept },
    };
  }

  const refuse = (count: number) => {
    if (count > length) throw new RangeError(`this model reads ${length} characters, not ${count}`);
  };
  return {
    shape,
    read(ids, past) {
      refuse((past?.count ?? 0) + ids.length);
      const own = read(ids, past, true);
      const whole = reading(own, 0, ids.length, past);
      own.pasts[whole.past.count] = whole.past;
      return whole;
    },
    readEach(ids, past) {
      refuse(past.count + 1);
      const own = read(ids, past, false);
      return Array.from(ids, (_, i) => reading(own, i, 1, past));
    },
  };
}
