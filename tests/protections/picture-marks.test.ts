/** Marks of pictures: read as closed forms say, by nobody without the key, and nothing where nothing was written. */
import { describe, expect, it } from 'vitest';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { logNormalCdf, mean } from '../../src/core/statistics.ts';
import { clopperPearson } from '../../src/metrics/intervals.ts';
import { meanSquaredError, psnrOf } from '../../src/metrics/pictures.ts';
import spread from '../../src/protections/dct-watermark.ts';
import { decoded, encoded } from '../../src/protections/hamming.ts';
import visible from '../../src/protections/visible-watermark.ts';
import { wavesIn } from '../../src/protections/waves.ts';
import { ownerOf, resultOf } from './owner.ts';

const [side, deviation] = [16, 0.1];
const shape = [side, side, 1];
/** Pictures of nothing but noise: each wave of them has the same deviation. */
const noise = (count: number, name: string): Examples => {
  const random = randomOf(name);
  const inputs = Float32Array.from({ length: count * side * side }, () => 0.5 + deviation * random.normal());
  return examplesOf(inputs, new Int32Array(count));
};
const examples = noise(300, 'own');
const markedBy = async (options: Partial<Parameters<typeof spread.protect>[0]>, seed: number, own = examples) => {
  const owner = ownerOf({ examples: own, test: own, auxiliary: own, shape, classes: 1, columns: [], random: randomOf(seed) });
  const { released, reader } = await resultOf(spread.protect({ ...initialValues(spread.params), ...options }, owner));
  return { pictures: released.pictures, reader };
};
const shareRight = async ({ reader }: Awaited<ReturnType<typeof markedBy>>, pictures: Float32Array<ArrayBuffer>) => {
  const read = await reader.read(pictures);
  return mean(Array.from(read, (bit, i) => (bit === reader.messageOf(0)[i % reader.bits] ? 1 : 0)));
};

describe('a spread-spectrum mark', () => {
  it.each([0.01, 0.02, 0.04])(
    'of strength %d costs what it says and is read as often as the normal distribution has it',
    async (strength) => {
      const own = await markedBy({ strength }, 1);
      expect(Math.abs(psnrOf(meanSquaredError(own.pictures, examples.inputs)) + 20 * Math.log10(strength))).toBeLessThan(0.05);
      const carriers = wavesIn(examples, shape).carriers.length;
      // Each bit has 1/32 of the carriers, all of the same strength, among noise that is known.
      const amount = (strength * side) / Math.sqrt(carriers);
      const expected = Math.exp(logNormalCdf((amount * Math.sqrt(carriers / 32)) / deviation));
      const [low, high] = [expected - 0.015, expected + 0.015]; // 9,600 bits: ± .005, and what a key of 32 unequal shares adds
      const share = await shareRight(own, own.pictures);
      expect(share).toBeGreaterThan(low);
      expect(share).toBeLessThan(high);
    },
  );

  it('is not read by another key, and unmarked pictures decode at one half', async () => {
    const own = await markedBy({}, 1);
    const other = await markedBy({}, 2);
    // A message is one of many that could be: over 300 pictures of one key bits go together, so each owner gives one picture here.
    let [unmarked, stranger, bits] = [0, 0, 0];
    for (let seed = 10; seed < 50; seed++) {
      const one = await markedBy({}, seed, noise(20, `${seed}`));
      bits += 32;
      unmarked += 32 * (await shareRight(one, noise(1, `unmarked ${seed}`).inputs));
      stranger += 32 * (await shareRight(one, own.pictures.slice(seed * side * side, (seed + 1) * side * side)));
    }
    for (const hits of [unmarked, stranger]) {
      const [low, high] = clopperPearson(Math.round(hits), bits);
      expect(low).toBeLessThan(0.5);
      expect(high).toBeGreaterThan(0.5);
    }
    expect(Math.abs((await shareRight(other, own.pictures)) - 0.5)).toBeLessThan(0.1);
  });

  it('is read with the right one of many keys, whether drawn or chosen by the content', async () => {
    const [bits, strength] = [8, 0.06]; // by the closed form above every bit but one in 3,000
    for (const options of [{ keys: 16 }, { key: 'each content' as const }, { corrected: true }]) {
      const own = await markedBy({ ...options, bits, strength }, 3);
      expect(await shareRight(own, own.pictures)).toBeGreaterThan(0.99);
    }
  });

  it('is the same for the same seed', async () => {
    expect((await markedBy({}, 5)).pictures).toEqual((await markedBy({}, 5)).pictures);
  });
});

describe('the code', () => {
  const words = Array.from({ length: 16 }, (_, n) => [n & 1, (n >> 1) & 1, (n >> 2) & 1, (n >> 3) & 1]);

  it('mends every single wrong bit', () => {
    for (const four of words) {
      const sent = Array.from(encoded(four), (bit) => 2 * bit - 1);
      for (let wrong = -1; wrong < 7; wrong++)
        expect(Array.from(decoded(sent.map((bit, i) => (i === wrong ? -bit : bit))))).toEqual(four);
    }
  });

  it('has words that differ in at least three places', () => {
    for (const [i, a] of words.entries())
      for (const b of words.slice(0, i)) {
        const [one, other] = [encoded(a), encoded(b)];
        expect(one.filter((bit, at) => bit !== other[at]).length).toBeGreaterThanOrEqual(3);
      }
  });
});

it('a visible logo covers what lies under it by its opacity, and nothing beside it', async () => {
  const owner = ownerOf({ examples, test: examples, auxiliary: examples, shape, classes: 1, columns: [], random: randomOf(1) });
  const { released, reader } = await resultOf(visible.protect({ logo: 'w./.b', opacity: 0.4 }, owner));
  const change = (row: number, column: number) => {
    const at = row * side + column;
    return [released.pictures[at] as number, examples.inputs[at] as number] as const;
  };
  // Twelve of sixteen pixels are covered: cells of six, from the second on.
  const [white, before] = change(3, 3);
  expect(white).toBeCloseTo(0.6 * before + 0.4, 6);
  const [black, under] = change(12, 12);
  expect(black).toBeCloseTo(0.6 * under, 6);
  for (const [row, column] of [
    [0, 0],
    [3, 12],
    [12, 3],
    [15, 15],
  ] as const) {
    const [now, then] = change(row, column);
    expect(now).toBe(then);
  }
  const read = await reader.read(released.pictures);
  // White and black; the other two are as light as their surroundings on average. A cell is a mean of 36 pixels of noise, .017.
  expect(Array.from(reader.messageOf(0))).toEqual([1, 0]);
  expect(mean(Array.from(read, (bit, i) => (bit === reader.messageOf(0)[i % 2] ? 1 : 0)))).toBeGreaterThan(0.99);
});
