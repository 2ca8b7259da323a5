/**
 * Data of the user's own. Files come in as named bytes, leave as plain values, and are never trusted on the way: a length
 * in a header is compared with the bytes there are before anything is allocated, nothing in a file is ever executed, and
 * what is wrong is refused with an InputError of one sentence.
 *
 *     name, bytes ──► unpack (gzip, zip) ──► recognise ──► read: IDX, npy, CSV, pictures by class ──► OwnData
 */
import type { Examples } from '../core/examples.ts';

export interface OwnData {
  /** Inputs in [0, 1] where the file held bytes, otherwise as they were; labels 0 … classes − 1. */
  readonly examples: Examples;
  /** `[height, width, channels]` for pictures, `[features]` otherwise. */
  readonly shape: readonly number[];
  /** What the files call each class, in the order of the labels. */
  readonly classNames: readonly string[];
  /** The name of each feature; none for pictures. */
  readonly columns: readonly string[];
  /** What was read: `images.idx3-ubyte: 10,000 pictures of 28 × 28 with labels of 10 classes`. */
  readonly from: string;
  /** What the user should know of it, a sentence each: what was renumbered, scaled or left out. */
  readonly notes: readonly string[];
}

/** A file as the host hands it in. `name` may be a path: pictures of a class lie in a folder of its name. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file of which only the name is known until somebody asks for more: a browser's `Blob` as `content`. */
export interface UnreadFile {
  readonly name: string;
  readonly content: { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> };
}

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]`: red, green, blue and opacity, 0 … 255. */
  readonly rgba: Uint8ClampedArray;
}

/** Decoding a PNG or a JPEG is the host's business; it rejects what it cannot decode. */
export type Decode = (bytes: Uint8Array<ArrayBuffer>) => Promise<Pixels>;
