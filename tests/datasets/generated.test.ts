import { describe, expect, it } from 'vitest';
import blobs from '../../datasets/blobs/index.ts';
import purchases from '../../datasets/purchases/index.ts';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean, variance } from '../../src/core/statistics.ts';

const noFile = async () => {
  throw new Error('a generated dataset reads no file');
};
const clouds = (options = {}, seed = 1) => blobs.load({ ...initialValues(blobs.params), ...options }, noFile, randomOf(seed));
const shoppers = (options = {}, seed = 1) =>
  purchases.load({ ...initialValues(purchases.params), ...options }, noFile, randomOf(seed));

// As bytes, because a matcher walks a million numbers one by one for seconds.
const bytesOf = ({ inputs }: Examples) => Buffer.from(inputs.buffer);

function expectSame(a: Examples, b: Examples): void {
  expect(bytesOf(a).equals(bytesOf(b))).toBe(true);
  expect(a.labels).toEqual(b.labels);
}

/** Every class within five binomial deviations of its share. */
function expectBalance({ labels, count }: Examples, classes: number): void {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  expect(counts.length).toBe(classes); // no label beyond
  const share = 1 / classes;
  for (const found of counts) expect(Math.abs(found - count * share)).toBeLessThan(5 * Math.sqrt(count * share * (1 - share)));
}

const half = ({ inputs, labels, count, size }: Examples, second: boolean) => {
  const [from, to] = second ? [count / 2, count] : [0, count / 2];
  return examplesOf(inputs.slice(from * size, to * size), labels.slice(from, to));
};

function meanOf({ inputs, labels, count, size }: Examples, label: number): Float64Array {
  const sum = new Float64Array(size);
  let members = 0;
  for (let i = 0; i < count; i++) {
    if (labels[i] !== label) continue;
    members++;
    for (let j = 0; j < size; j++) sum[j] = (sum[j] as number) + (inputs[i * size + j] as number);
  }
  return sum.map((total) => total / members);
}

/** Accuracy on the second half of the nearest of the class means of the first. */
function nearestMean(examples: Examples, classes: number): number {
  const { size } = examples;
  const [seen, unseen] = [half(examples, false), half(examples, true)];
  const means = Array.from({ length: classes }, (_, label) => meanOf(seen, label));
  let right = 0;
  const asked = Math.min(unseen.count, 2000);
  for (let i = 0; i < asked; i++) {
    let [best, nearest] = [-1, Number.POSITIVE_INFINITY];
    for (let c = 0; c < classes; c++) {
      let distance = 0;
      for (let j = 0; j < size; j++) {
        distance += ((unseen.inputs[i * size + j] as number) - (means[c]?.[j] as number)) ** 2;
      }
      if (distance < nearest) [best, nearest] = [c, distance];
    }
    right += Number(best === unseen.labels[i]);
  }
  return right / asked;
}

describe('clouds of points', () => {
  it('have the declared shape, balanced classes, and repeat by seed', async () => {
    const [once, again, other] = await Promise.all([clouds(), clouds(), clouds({}, 2)]);
    expect([once.count, once.size]).toEqual([blobs.available(initialValues(blobs.params)), 2]);
    expectSame(again, once);
    expect(bytesOf(other).equals(bytesOf(once))).toBe(false);
    expectBalance(once, 3);
    expectBalance(await clouds({ classes: 10 }), 10);
  });

  it('are round and as wide as declared, about centres on a circle of radius 2', async () => {
    const { inputs, labels } = await clouds({ classes: 4, spread: 0.5 });
    for (const label of [0, 1, 2, 3]) {
      const members = [...labels.keys()].filter((i) => labels[i] === label);
      for (const [axis, centre] of [2 * Math.cos((label * Math.PI) / 2), 2 * Math.sin((label * Math.PI) / 2)].entries()) {
        const values = members.map((i) => inputs[2 * i + axis] as number);
        expect(Math.abs(mean(values) - centre)).toBeLessThan((5 * 0.5) / Math.sqrt(values.length)); // standard error σ/√n
        expect(Math.abs(variance(values) / 0.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length)); // standard error √(2/n)
      }
    }
  });

  it('are told apart as often as Bayes’ rule can', async () => {
    // Two clouds 4 apart, each of deviation 1: the nearer centre is right with probability Φ(2) = 0.9772.
    const accuracy = nearestMean(await clouds({ classes: 2 }), 2);
    expect(Math.abs(accuracy - 0.9772)).toBeLessThan(5 * Math.sqrt((0.9772 * 0.0228) / 2000));
  });

  it('do not overlap where the spread is small', async () => {
    expect(nearestMean(await clouds({ classes: 6, spread: 0.2 }), 6)).toBeGreaterThan(0.999); // centres 2 = 10 deviations apart
  });
});

describe('purchases', () => {
  it('have the declared shape, zeros and ones, balanced classes, and repeat by seed', async () => {
    const options = { classes: 20, products: 50 };
    const [once, again, other] = await Promise.all([shoppers(options), shoppers(options), shoppers(options, 2)]);
    expect([once.count, once.size]).toEqual([20000, 50]);
    expect(new Set(once.inputs)).toEqual(new Set([0, 1]));
    expectSame(again, once);
    expect(bytesOf(other).equals(bytesOf(once))).toBe(false);
    expectBalance(once, 20);
  });

  it('are half bought, whatever the leaning', async () => {
    for (const leaning of [0, 0.5, 1]) {
      const { inputs } = await shoppers({ classes: 20, products: 600, leaning });
      // Tastes are uniform, or the mean of two uniforms, about 1/2: at most as unsure as 600 popularities are, √(1/12/600) = 0.012.
      expect(Math.abs(mean(inputs) - 0.5)).toBeLessThan(5 * 0.012);
    }
  });

  it('are told apart by what was bought as far as tastes lean', async () => {
    const options = { classes: 10, products: 100 };
    const alike = nearestMean(await shoppers({ ...options, leaning: 0 }), 10);
    const apart = nearestMean(await shoppers({ ...options, leaning: 1 }), 10);
    expect(Math.abs(alike - 0.1)).toBeLessThan(5 * Math.sqrt(0.09 / 2000)); // chance
    // Tastes of two classes differ by 1/6 in square over each of 100 products: a margin of some five deviations.
    expect(apart).toBeGreaterThan(0.99);
  });
});
