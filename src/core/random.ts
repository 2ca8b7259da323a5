/**
 * Seeded randomness. Everything random in Threatloop comes from a named stream of one seed, so a run repeats exactly and
 * one more draw in one place does not move any other place:
 *
 *     const random = randomOf(1).stream('split');
 *     random.permutation(10);
 *
 * No `Math.random`, no `tf.random*` anywhere. These generators are for science, not for secrets.
 */

/** A source of uniform numbers in [0, 1). */
export type Uniform = () => number;

export interface Random {
  /** A generator of its own, derived from this one's seed and the name; drawing from it moves no other stream. */
  stream(name: string): Random;
  /** Uniform in [0, 1). */
  uniform: Uniform;
  /** Standard normal. */
  normal(): number;
  /** Fills `into` with standard normals times `scale`, adding to what is there. */
  addNormals(into: Float32Array, scale: number): void;
  /** The generator itself, for a kernel that draws many at once. */
  readonly bits: Sfc32;
  /** A whole number in [0, below). */
  integer(below: number): number;
  /** 0 … count−1 in random order (Fisher–Yates). */
  permutation(count: number): Int32Array;
}

/**
 * mulberry32 (Tommy Ettinger): 32 bits of state. Small and exactly portable, so the fixed order of the MNIST digits is
 * defined by it. Its first values for seed 42 are 0.6011037519201636, 0.44829055899754167, …
 */
export function mulberry32(seed: number): Uniform {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Fisher–Yates from the end: for i = n−1 … 1, swap i with ⌊u·(i+1)⌋. */
export function permutationOf(count: number, uniform: Uniform): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

/** The root of all streams of one seed. */
export function randomOf(seed: number | string): Random {
  return randomFrom(String(seed));
}

function randomFrom(path: string): Random {
  const bits = sfc32(hash(path));
  const uniform = () => (bits.next() >>> 0) / 4294967296;
  return {
    bits,
    stream: (name) => randomFrom(`${path}/${name}`),
    uniform,
    normal: () => normalFrom(bits.next(), bits),
    addNormals: (into, scale) => addNormals(into, scale, bits),
    integer: (below) => Math.floor(uniform() * below),
    permutation: (count) => permutationOf(count, uniform),
  };
}

/** Four 32-bit words from a text, after bryc's cyrb128; 96 of the 128 bits are independent. A stream's name becomes its state. */
function hash(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** sfc32 (Chris Doty-Humphrey's Small Fast Counter): 128 bits of state, passes PractRand; signed 32-bit results. */
export interface Sfc32 {
  /** Three words that mix and a counter. */
  readonly state: Int32Array;
  next(): number;
}

function sfc32(seed: readonly number[]): Sfc32 {
  const state = Int32Array.from(seed);
  const next = () => {
    const a = state[0] as number;
    const b = state[1] as number;
    const c = state[2] as number;
    const counter = state[3] as number;
    const result = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + result;
    state[3] = counter + 1;
    return result;
  };
  for (let i = 0; i < 15; i++) next(); // the author's warm-up: spreads a poor seed over the whole state
  return { state, next };
}

// Ziggurat tables for the normal density (Marsaglia & Tsang 2000, 128 layers): DP-SGD draws 10⁵ normals a step, and this
// is several times faster than Box–Muller. `edge` is where the tail begins, `area` the area of every layer.
const edge = 3.442619855899;
const area = 9.91256303526217e-3;
export const layerLimit = new Int32Array(128);
export const layerWidth = new Float64Array(128);
const layerDensity = new Float64Array(128);
{
  let width = edge;
  let previous = edge;
  const scale = 2147483648;
  const base = area / Math.exp(-0.5 * edge * edge);
  layerLimit[0] = (edge / base) * scale;
  layerLimit[1] = 0;
  layerWidth[0] = base / scale;
  layerWidth[127] = edge / scale;
  layerDensity[0] = 1;
  layerDensity[127] = Math.exp(-0.5 * edge * edge);
  for (let i = 126; i >= 1; i--) {
    width = Math.sqrt(-2 * Math.log(area / width + Math.exp(-0.5 * width * width)));
    layerLimit[i + 1] = (width / previous) * scale;
    previous = width;
    layerDensity[i] = Math.exp(-0.5 * width * width);
    layerWidth[i] = width / scale;
  }
}

/** Uniform in (0, 1), never 0: it goes into a logarithm. */
const openUniform = (bits: Sfc32) => ((bits.next() >>> 0) + 0.5) / 4294967296;

/** A standard normal from these bits, and in one case of forty from more of them. */
export function normalFrom(drawn: number, bits: Sfc32): number {
  for (;;) {
    // Seven bits choose the layer and the other 25 the place in it: sharing bits would correlate the two (Doornik 2005).
    const layer = drawn & 127;
    const draw = drawn & ~127;
    const x = draw * (layerWidth[layer] as number);
    if (Math.abs(draw) < (layerLimit[layer] as number)) return x;
    if (layer === 0) {
      let beyond: number;
      let height: number;
      do {
        beyond = -Math.log(openUniform(bits)) / edge;
        height = -Math.log(openUniform(bits));
      } while (2 * height < beyond * beyond);
      return draw > 0 ? edge + beyond : -edge - beyond;
    }
    const upper = layerDensity[layer - 1] as number;
    const lower = layerDensity[layer] as number;
    if (lower + openUniform(bits) * (upper - lower) < Math.exp(-0.5 * x * x)) return x;
    drawn = bits.next();
  }
}

/**
 * The same normals, many at once. The generator is written out here a second time, with its state in local variables: DP-SGD draws
 * 10⁵ of them a step, and so they take half the time.
 */
function addNormals(into: Float32Array, scale: number, bits: Sfc32): void {
  const { state } = bits;
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let counter = state[3] as number;
  for (let i = 0; i < into.length; i++) {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    const layer = drawn & 127;
    const draw = drawn & ~127;
    let x = draw * (layerWidth[layer] as number);
    if (Math.abs(draw) >= (layerLimit[layer] as number)) {
      state[0] = a;
      state[1] = b;
      state[2] = c;
      state[3] = counter;
      x = normalFrom(drawn, bits);
      a = state[0] as number;
      b = state[1] as number;
      c = state[2] as number;
      counter = state[3] as number;
    }
    into[i] = (into[i] as number) + scale * x;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}
