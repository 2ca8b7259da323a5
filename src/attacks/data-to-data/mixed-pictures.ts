/**
 * Pictures out of mixtures, where it is known which two each is made of and how much of each. The sign of a pixel is lost, its square is not,
 * and that is linear in the products of two pictures: least squares finds those, and pictures from them up to a sign a pixel, which
 * neighbours agree on since pictures are smooth. Where it is also known what public pictures add, the square is linear in the private
 * pictures themselves, sign and all.
 */
import { ended } from '../../core/event.ts';
import { leastSquares } from '../../core/least-squares.ts';
import type { Random } from '../../core/random.ts';
import { dot } from '../../core/statistics.ts';

export interface Mixture {
  readonly first: number;
  readonly second: number;
  readonly weights: readonly [first: number, second: number];
  /** Each pixel without its sign. */
  readonly values: Float32Array;
  /** What the public pictures in it add, before it lost its sign: known, or as much of their mean as they weigh. */
  readonly strangers: Float32Array;
}

/** What is known of pictures of the kind, each value from −1 to 1. */
export interface Usual {
  readonly mean: Float32Array;
  readonly shape: readonly number[];
}

/** In double precision, values from −1 to 1: a picture after the other as they leave here, a pixel after the other before. */
export type Pictures = Float64Array[];

/**
 * @param known whether it is known what the public pictures add, and there are any
 * @returns on the way how far it is, from 0 to 1
 */
export function* solved(
  mixtures: readonly Mixture[],
  count: number,
  usual: Usual,
  known: boolean,
  random: Random,
): Generator<number, Pictures> {
  let pictures = known
    ? yield* besideStrangers(mixtures, count, usual.mean.length)
    : yield* fromProducts(mixtures, count, usual, random);
  // With signs as the pictures so far say, mixtures are sums: better pictures, better signs.
  for (let round = 0; round < rounds; round++) {
    yield 0.7 + (0.3 * round) / rounds;
    pictures = fitted(mixtures, count, pictures);
  }
  return Array.from({ length: count }, (_, picture) => Float64Array.from(pictures, (values) => values[picture] as number));
}

const rounds = 6;

/**
 * For each pixel the pictures' values there. Of (λx + μy + s)² all but 2s(λx + μy) and s² are products of private pictures, which are taken
 * to be the same in all mixtures: what is left is linear in x and y, and has their signs.
 */
function* besideStrangers(mixtures: readonly Mixture[], count: number, size: number): Generator<number, Pictures> {
  const unknowns = count + 2;
  const pictures: Pictures = [];
  for (let pixel = 0; pixel < size; pixel++) {
    if (pixel % 50 === 0) yield (0.7 * pixel) / size;
    const matrix = new Float64Array(mixtures.length * unknowns);
    const rest = new Float64Array(mixtures.length);
    for (const [row, { first, second, weights, values, strangers }] of mixtures.entries()) {
      const [one, other] = weights;
      const stranger = strangers[pixel] as number;
      matrix[row * unknowns + first] = 2 * one * stranger;
      matrix[row * unknowns + second] = 2 * other * stranger;
      matrix[row * unknowns + count] = one ** 2 + other ** 2;
      matrix[row * unknowns + count + 1] = 2 * one * other;
      rest[row] = (values[pixel] as number) ** 2 - stranger ** 2;
    }
    const [found] = ended(leastSquares(matrix, mixtures.length, unknowns, [rest]));
    pictures.push((found as Float64Array).slice(0, count).map(bounded));
  }
  return pictures;
}

function* fromProducts(mixtures: readonly Mixture[], count: number, usual: Usual, random: Random): Generator<number, Pictures> {
  const products = yield* productsOf(mixtures, count, usual.mean.length);
  const pictures = products.map((matrix) => rootOf(matrix, count, random));
  signed(pictures, usual);
  return pictures;
}

/** For each pixel the products of each two pictures' values there, `count × count`; 0 where no mixture tells of it. */
function* productsOf(mixtures: readonly Mixture[], count: number, size: number): Generator<number, Float64Array[]> {
  const places = new Map<number, number>();
  const pairOf = ({ first, second }: Mixture) => Math.min(first, second) * count + Math.max(first, second);
  for (const mixture of mixtures) if (!places.has(pairOf(mixture))) places.set(pairOf(mixture), count + places.size);
  // What public pictures add is on average the same everywhere, as far as they weigh the same.
  const unknowns = count + places.size + 1;
  const matrix = new Float64Array(mixtures.length * unknowns);
  for (const [row, mixture] of mixtures.entries()) {
    const [one, other] = mixture.weights;
    matrix[row * unknowns + mixture.first] = one ** 2;
    matrix[row * unknowns + mixture.second] = other ** 2;
    matrix[row * unknowns + (places.get(pairOf(mixture)) as number)] = 2 * one * other;
    matrix[row * unknowns + unknowns - 1] = (1 - one - other) ** 2;
  }
  const known = mixtures.some(({ weights: [one, other] }) => one + other < 0.999);
  const squares = Array.from({ length: size }, (_, pixel) =>
    Float64Array.from(mixtures, ({ values }) => (values[pixel] as number) ** 2),
  );
  const used = known ? unknowns : unknowns - 1;
  const packed = known ? matrix : withoutLast(matrix, mixtures.length, unknowns);
  const solving = leastSquares(packed, mixtures.length, used, squares);
  let step = solving.next();
  while (!step.done) {
    yield (0.7 * step.value) / used;
    step = solving.next();
  }
  return step.value.map((found) => {
    const table = new Float64Array(count * count);
    for (let i = 0; i < count; i++) table[i * count + i] = found[i] as number;
    for (const [pair, place] of places) {
      const [i, j] = [Math.floor(pair / count), pair % count];
      table[i * count + j] = found[place] as number;
      table[j * count + i] = found[place] as number;
    }
    return table;
  });
}

function withoutLast(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows * (columns - 1) }, (_, at) => {
    return matrix[Math.floor(at / (columns - 1)) * columns + (at % (columns - 1))] as number;
  });
}

/** x where a matrix is nearly x xᵀ, up to a sign: its largest eigenvector, by the power method. */
function rootOf(matrix: Float64Array, count: number, random: Random): Float64Array {
  let vector = Float64Array.from({ length: count }, () => random.normal());
  let length = 1;
  // A shift by as much as its diagonal is keeps the largest eigenvalue ahead of negative ones.
  const shift = count * 0.3;
  for (let round = 0; round < 60; round++) {
    const next = vector.map((value) => shift * value);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) next[i] = (next[i] as number) + (matrix[i * count + j] as number) * (vector[j] as number);
    length = Math.hypot(...next);
    vector = next.map((value) => value / length);
  }
  return vector.map((value) => value * Math.sqrt(Math.max(0, length - shift)));
}

/** Gives all pixels' signs to one another along the surest neighbours, then all of them to what such pictures look like. */
function signed(atPixels: readonly Float64Array[], { mean, shape }: Usual): void {
  const [height, width, channels] = shape as [number, number, number];
  const links: { readonly a: number; readonly b: number; readonly cosine: number }[] = [];
  const link = (a: number, b: number) => {
    const [x, y] = [atPixels[a] as Float64Array, atPixels[b] as Float64Array];
    const lengths = Math.sqrt(dot(x, x) * dot(y, y));
    links.push({ a, b, cosine: lengths > 0 ? dot(x, y) / lengths : 0 });
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let k = 0; k < channels; k++) {
        const at = (row * width + column) * channels + k;
        if (column + 1 < width) link(at, at + channels);
        if (row + 1 < height) link(at, at + width * channels);
        if (k + 1 < channels) link(at, at + 1);
      }
    }
  }
  links.sort((one, other) => Math.abs(other.cosine) - Math.abs(one.cosine));
  const groupOf = atPixels.map((_, at) => [at]);
  for (const { a, b } of links) {
    const [one, other] = [groupOf[a] as number[], groupOf[b] as number[]];
    if (one === other) continue;
    const [small, large] = one.length < other.length ? [one, other] : [other, one];
    if (dot(atPixels[a] as Float64Array, atPixels[b] as Float64Array) < 0) for (const at of small) flip(atPixels[at]);
    for (const at of small) {
      large.push(at);
      groupOf[at] = large;
    }
  }
  const likeness = atPixels.reduce((sum, values, at) => sum + (mean[at] as number) * values.reduce((a, b) => a + b, 0), 0);
  if (likeness < 0) for (const values of atPixels) flip(values);
}

/** The pictures whose mixtures are most like those that are seen, once their signs are taken from the pictures so far. */
function fitted(mixtures: readonly Mixture[], count: number, pictures: readonly Float64Array[]): Pictures {
  const matrix = new Float64Array(mixtures.length * count);
  for (const [row, { first, second, weights }] of mixtures.entries()) {
    matrix[row * count + first] = weights[0];
    matrix[row * count + second] = weights[1];
  }
  const sums = pictures.map((values, pixel) =>
    Float64Array.from(mixtures, ({ first, second, weights: [one, other], values: seen, strangers }) => {
      const stranger = strangers[pixel] as number;
      const sum = one * (values[first] as number) + other * (values[second] as number) + stranger;
      return (sum < 0 ? -1 : 1) * (seen[pixel] as number) - stranger;
    }),
  );
  return ended(leastSquares(matrix, mixtures.length, count, sums)).map((values) => values.map(bounded));
}

const bounded = (value: number) => Math.min(1, Math.max(-1, value));

function flip(values: Float64Array | undefined): void {
  values?.forEach((value, i) => {
    values[i] = -value;
  });
}
