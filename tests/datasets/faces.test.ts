import { describe, expect, it } from 'vitest';
import { castOf, difference } from '../../datasets/faces/identity.ts';
import faces, { publicFaces } from '../../datasets/faces/index.ts';
import { ellipse, outline, paint, roundedBox, type Shape } from '../../datasets/faces/shapes.ts';
import type { Examples } from '../../src/core/examples.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean, variance } from '../../src/core/statistics.ts';

const people = 40;
const pixels = 32 * 32;
const noFile = async () => {
  throw new Error('a generated dataset reads no file');
};
const load = (seed: number, identities = people) => faces.load({ identities }, noFile, randomOf(seed));
const [once, other] = await Promise.all([load(1), load(2)]);
const strangers = publicFaces(4000, randomOf(1));

// As bytes, because a matcher walks a million numbers one by one for seconds.
const bytesOf = ({ inputs }: Examples) => Buffer.from(inputs.buffer);

const countsOf = ({ labels }: Examples, classes: number) =>
  Array.from({ length: classes }, (_, label) => labels.filter((found) => found === label).length);

/** The mean picture of each person, over the examples from `from` on and before `to`. */
function meansOf({ inputs, labels, count }: Examples, classes: number, from = 0, to = count): Float64Array[] {
  const sums = Array.from({ length: classes }, () => new Float64Array(pixels));
  const members = new Float64Array(classes);
  for (let i = from; i < to; i++) {
    const label = labels[i] as number;
    const sum = sums[label] as Float64Array;
    members[label] = (members[label] as number) + 1;
    for (let j = 0; j < pixels; j++) sum[j] = (sum[j] as number) + (inputs[i * pixels + j] as number);
  }
  return sums.map((sum, label) => sum.map((total) => total / (members[label] as number)));
}

function distance(one: ArrayLike<number>, two: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < one.length; j++) sum += ((one[j] as number) - (two[j] as number)) ** 2;
  return Math.sqrt(sum);
}

function correlation(one: Float64Array, two: Float64Array): number {
  const [meanOne, meanTwo] = [mean(one), mean(two)];
  const products = one.map((value, j) => (value - meanOne) * ((two[j] as number) - meanTwo));
  return mean(products) / Math.sqrt(variance(one, 0) * variance(two, 0));
}

const indexOfLeast = (values: readonly number[]) => values.indexOf(Math.min(...values));

describe('faces', () => {
  it('are 32 × 32 greys from 0 to 1, as many of each person, in mixed order', async () => {
    expect([faces.shape({ identities: people }), faces.classes({ identities: people })]).toEqual([[32, 32, 1], people]);
    expect([once.count, once.size, faces.available({ identities: people })]).toEqual([8000, pixels, 8000]);
    expect(once.inputs.every((grey) => grey >= 0 && grey <= 1)).toBe(true);
    expect(new Set(countsOf(once, people))).toEqual(new Set([200]));
    expect(new Set(once.labels.subarray(0, 200)).size).toBeGreaterThan(30); // sorted, there would be one person

    const few = await load(1, 3);
    expect([few.count, faces.available({ identities: 3 }), faces.classes({ identities: 3 })]).toEqual([600, 600, 3]);
    expect(countsOf(few, 3)).toEqual([200, 200, 200]);
  });

  it('repeat by seed', async () => {
    const [few, again, different] = await Promise.all([load(1, 5), load(1, 5), load(2, 5)]);
    expect(bytesOf(again).equals(bytesOf(few))).toBe(true);
    expect(again.labels).toEqual(few.labels);
    expect(bytesOf(different).equals(bytesOf(few))).toBe(false);
  });

  it('are of the same people with every seed, and however many of them are asked for', async () => {
    const means = meansOf(once, people);
    for (const [person, picture] of meansOf(other, people).entries()) {
      const alike = means.map((candidate) => correlation(picture, candidate));
      expect(alike.indexOf(Math.max(...alike))).toBe(person);
    }
    for (const [person, picture] of meansOf(await load(3, 5), 5).entries()) {
      expect(indexOfLeast(means.map((candidate) => distance(picture, candidate)))).toBe(person);
    }
  });

  it('are told apart by the nearest mean picture far more often than chance, and not always', () => {
    const half = once.count / 2;
    const means = meansOf(once, people, 0, half);
    const asked = 500;
    let right = 0;
    for (let i = half; i < half + asked; i++) {
      const picture = once.inputs.subarray(i * pixels, (i + 1) * pixels);
      right += Number(indexOfLeast(means.map((candidate) => distance(picture, candidate))) === once.labels[i]);
    }
    expect(right / asked).toBeGreaterThan(0.8); // chance is 0.025
    expect(right / asked).toBeLessThan(1);
  });

  it('do not give a person away by the background', () => {
    // Clear of hair and shoulders: the upper left corner. Its grey is uniform from 0.5 to 0.85 (deviation 0.1), and light adds to that.
    const corners = meansOf(once, people).map((picture) => picture[0] as number);
    for (const corner of corners) expect(Math.abs(corner - mean(corners))).toBeLessThan((5 * 0.15) / Math.sqrt(200));
  });
});

describe('public faces', () => {
  it('are as many of each of a hundred people', () => {
    expect([strangers.count, strangers.size]).toEqual([4000, pixels]);
    expect(new Set(countsOf(strangers, 100))).toEqual(new Set([40]));
    expect(countsOf(publicFaces(10, randomOf(1), 4), 4)).toEqual([3, 3, 2, 2]);
  });

  it('are of nobody private: the nearest stranger is further from a private person than that person’s other pictures are', () => {
    const theirs = meansOf(strangers, 100);
    const again = meansOf(other, people);
    for (const [person, picture] of meansOf(once, people).entries()) {
      const nearest = Math.min(...theirs.map((stranger) => distance(picture, stranger)));
      expect(nearest).toBeGreaterThan(1.5 * distance(picture, again[person] as Float64Array));
    }
  });
});

describe('a cast', () => {
  it('grows without changing', () => {
    expect(castOf(40, randomOf(1)).slice(0, 7)).toEqual(castOf(7, randomOf(1)));
  });

  it('has nobody twice, nor anybody of another cast', () => {
    const cast = castOf(40, randomOf(1));
    const all = [...cast, ...castOf(60, randomOf(1), cast)]; // the same stream again: only the other cast keeps them apart
    for (const [i, one] of all.entries()) {
      expect(difference(one, one)).toBe(0);
      for (const two of all.slice(0, i)) expect(difference(one, two)).toBeGreaterThan(7); // two drawn at random: 13 or so, and seldom 5
    }
  });
});

describe('painting', () => {
  const painted = (shape: Shape, { roll = 0, scale = 1 } = {}) => {
    const canvas = { pixels: new Float32Array(pixels), side: 32, x: 15.3, y: 16.8, roll, scale };
    paint(canvas, shape, 1);
    return canvas.pixels.reduce((sum, grey) => sum + grey, 0);
  };

  it('covers as many pixels as the shape has area, turned and enlarged too', () => {
    const [disc, box, ring] = [ellipse(0, 0, 6, 6), roundedBox(1, 2, 5, 3, 1), outline(ellipse(0, 0, 6, 6), 2)];
    const areas = [Math.PI * 36, 60 - (4 - Math.PI), Math.PI * (49 - 25)];
    for (const [i, shape] of [disc, box, ring].entries()) {
      const area = areas[i] as number;
      expect(Math.abs(painted(shape) / area - 1)).toBeLessThan(0.02);
      expect(Math.abs(painted(shape, { roll: 0.4, scale: 1.3 }) / (area * 1.69) - 1)).toBeLessThan(0.02);
    }
  });
});
