/** Somebody who reads a text character by character and remembers it: what an attack asks, and what src/stack/decoder.ts does. */

export interface TransformerShape {
  readonly blocks: number;
  /** A multiple of 4. */
  readonly width: number;
  readonly heads: number;
  /** Characters that it can read. */
  readonly length: number;
  readonly vocabulary: number;
}

/** What was read so far. It is not changed by reading on: one past can have many futures, and they share what they remember. */
export interface Past {
  readonly count: number;
  /** What had been read before the last characters. */
  readonly before: Past | undefined;
  /** Keys and values of the last characters, block by block: `characters × width` each. */
  readonly kept: readonly Float32Array[];
}

/** The beginning of what was read: each character knows only those before it. @param count of its characters, at least 1 */
export function beginning(past: Past, count: number): Past {
  if (past.count <= count) return past;
  const from = past.before?.count ?? 0;
  if (past.before && from >= count) return beginning(past.before, count);
  const cut = (all: Float32Array) => all.subarray(0, (all.length / (past.count - from)) * (count - from));
  return { count, before: past.before, kept: past.kept.map(cut) };
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
  /** Reads on in several ways at once: what it would make of each of these as the next character. At most as many as it knows. */
  readEach(ids: ArrayLike<number>, past: Past): Reading[];
}

/**
 * By how much each number of a head is turned at each place: half of them and the other half alike, the first quickly, the last hardly
 * (equation 15 of Su et al. 2021). `length × size`, row by row.
 */
export function rotaryAngles(length: number, size: number): Float32Array {
  const half = size / 2;
  return Float32Array.from({ length: length * size }, (_, i) => Math.floor(i / size) * 10000 ** -((i % half) / half));
}
