import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mulberry32, permutationOf, randomOf } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import mnist from '../reference/mnist_order.json' with { type: 'json' };
import { beyond3, beyondEdge, excessOverEdge, normalTwentieths } from '../reference/statistics.json' with { type: 'json' };
import streams from '../reference/streams.json' with { type: 'json' };

const bump = (counts: number[], at: number) => {
  counts[at] = (counts[at] as number) + 1;
};
const drawn = (count: number, draw: () => number) => Float64Array.from({ length: count }, draw);

describe('mulberry32', () => {
  it('begins with the known numbers of seed 42', () => {
    expect(Array.from({ length: 5 }, mulberry32(42))).toEqual(mnist.mulberry32_first5);
  });

  it('shuffles ten thousand as NumPy and plain JavaScript did', () => {
    const order = permutationOf(10000, mulberry32(42));
    expect([...order.slice(0, 10)]).toEqual(mnist.perm_first10);
    expect([...order.slice(-5)]).toEqual(mnist.perm_last5);
    expect(createHash('sha256').update(new Uint8Array(order.buffer)).digest('hex')).toBe(mnist.sha256_perm_int32le);
  });
});

describe('a stream', () => {
  it('begins with the numbers that cyrb128 and sfc32 give in Python', () => {
    expect([...drawn(5, randomOf(1).uniform)]).toEqual(streams['1']);
    expect([...drawn(5, randomOf(1).stream('split').uniform)]).toEqual(streams['1/split']);
    expect([...drawn(5, randomOf('seed/1').stream('weights').uniform)]).toEqual(streams['seed/1/weights']);
  });

  it('is not moved by drawing from its parent or its siblings, in whatever order', () => {
    const undisturbed = drawn(100, randomOf(3).stream('a').uniform);
    const root = randomOf(3);
    const [b, a] = [root.stream('b'), root.stream('a')];
    const interleaved = drawn(100, () => {
      root.normal();
      b.permutation(5);
      root.stream('a').uniform(); // another generator of the same name
      return a.uniform();
    });
    expect(interleaved).toEqual(undisturbed);
  });

  it('has nothing in common with its parent, its siblings, its cousins or the same name of the next seed', () => {
    const count = 20000;
    const root = randomOf(1);
    const all = [
      root,
      root.stream('a'),
      root.stream('b'),
      root.stream('a').stream('a'),
      root.stream('b').stream('a'),
      randomOf(2).stream('a'),
    ].map((random) => drawn(count, random.uniform));
    for (const [i, one] of all.entries()) {
      for (const other of all.slice(i + 1)) {
        const correlation = 12 * mean(one.map((u, j) => (u - 0.5) * ((other[j] as number) - 0.5))); // a uniform's variance is 1/12
        expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count)); // standard error 1/√n
      }
    }
  });
});

describe('uniform numbers', () => {
  it('lie in [0, 1), evenly', () => {
    const count = 200000;
    const values = drawn(count, randomOf(4).uniform);
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(Math.abs(mean(values) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count)); // variance 1/3 − 1/4
    expect(Math.abs(mean(values.map((u) => u * u)) - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / count)); // 1/5 − 1/9
    const neighbours = mean(values.slice(1).map((u, i) => (u - 0.5) * ((values[i] as number) - 0.5)));
    expect(Math.abs(12 * neighbours)).toBeLessThan(5 / Math.sqrt(count));
  });

  it('make whole numbers below a bound, all equally often', () => {
    const random = randomOf(5);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70000; i++) bump(counts, random.integer(7));
    for (const count of counts) expect(Math.abs(count - 10000)).toBeLessThan(5 * Math.sqrt((70000 * 6) / 49)); // binomial
  });
});

describe('normal numbers', () => {
  const count = 400000;
  const values = drawn(count, randomOf(6).normal);

  it('have the first six moments of the normal', () => {
    // The mean of z^k has variance E z^2k − (E z^k)², with E z² = 1, E z⁴ = 3, E z⁶ = 15, E z⁸ = 105, E z¹⁰ = 945, E z¹² = 10395.
    for (const [power, expected, spread] of [
      [1, 0, 1],
      [2, 1, 3 - 1],
      [3, 0, 15],
      [4, 3, 105 - 9],
      [5, 0, 945],
      [6, 15, 10395 - 225],
    ] as const) {
      expect(Math.abs(mean(values.map((z) => z ** power)) - expected)).toBeLessThan(5 * Math.sqrt(spread / count));
    }
  });

  it('fall into the twentieths of the normal equally often', () => {
    const counts = new Array<number>(20).fill(0);
    for (const z of values) bump(counts, normalTwentieths.filter((edge) => z > edge).length);
    const chiSquared = counts.reduce((sum, found) => sum + (found - count / 20) ** 2 / (count / 20), 0);
    expect(chiSquared).toBeLessThan(19 + 5 * Math.sqrt(38)); // mean 19, variance 38
  });

  it('have the tails of the normal, beyond 3 and beyond the edge of the ziggurat, on both sides', () => {
    const many = 8e6;
    const edge = 3.442619855899;
    const { normal } = randomOf(10);
    let [beyond, above, below, excess] = [0, 0, 0, 0];
    for (let i = 0; i < many; i++) {
      const z = normal();
      if (Math.abs(z) > 3) beyond++;
      if (z > edge) above++;
      if (z < -edge) below++;
      if (Math.abs(z) > edge) excess += Math.abs(z) - edge;
    }
    const fiveErrors = (p: number) => 5 * Math.sqrt((p * (1 - p)) / many); // binomial
    expect(Math.abs(beyond / many - beyond3)).toBeLessThan(fiveErrors(beyond3));
    expect(Math.abs(above / many - beyondEdge / 2)).toBeLessThan(fiveErrors(beyondEdge / 2));
    expect(Math.abs(below / many - beyondEdge / 2)).toBeLessThan(fiveErrors(beyondEdge / 2));
    // The excess over the edge is nearly exponential, so its deviation is at most its mean; some 4600 draws have one.
    const tail = above + below;
    expect(Math.abs(excess / tail - excessOverEdge)).toBeLessThan((5 * excessOverEdge) / Math.sqrt(tail));
  });

  it('are added to what is there, scaled, in the order of single draws', () => {
    const into = Float32Array.of(1, 2, 3, 4);
    randomOf(7).addNormals(into, 0.5);
    const single = randomOf(7);
    expect(into).toEqual(Float32Array.of(1, 2, 3, 4).map((value) => value + 0.5 * single.normal()));
  });
});

describe('a permutation', () => {
  it('holds every number once', () => {
    const random = randomOf(8);
    for (const size of [0, 1, 2, 1000]) {
      expect(random.permutation(size).sort()).toEqual(Int32Array.from({ length: size }, (_, i) => i));
    }
  });

  it('puts every number everywhere equally often', () => {
    const random = randomOf(9);
    const counts = new Array<number>(25).fill(0);
    for (let i = 0; i < 20000; i++) random.permutation(5).forEach((value, place) => bump(counts, 5 * value + place));
    for (const count of counts) expect(Math.abs(count - 4000)).toBeLessThan(5 * Math.sqrt(20000 * 0.2 * 0.8)); // binomial
  });
});
