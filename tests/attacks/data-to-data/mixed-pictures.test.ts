/** Pictures solved for out of their mixtures: exact where there are enough, and nothing where there are too few or the signs of a picture are open. */
import { describe, expect, it } from 'vitest';
import { type Mixture, solved } from '../../../src/attacks/data-to-data/mixed-pictures.ts';
import { ended } from '../../../src/core/event.ts';
import { randomOf } from '../../../src/core/random.ts';

const side = 8;
const size = side * side;
const count = 5;

/** Smooth pictures, each value from −1 to 1. */
const pictures = Array.from({ length: count }, (_, picture) => {
  const random = randomOf(`picture ${picture}`);
  const [down, right, phase] = [random.uniform() + 0.3, random.uniform() + 0.3, 6 * random.uniform()];
  return Float32Array.from({ length: size }, (_pixel, at) =>
    Math.sin(phase + (down * Math.floor(at / side)) / 2 + (right * (at % side)) / 2),
  );
});
const mean = Float32Array.from({ length: size }, (_, at) => pictures.reduce((sum, own) => sum + (own[at] as number), 0) / count);
const usual = { mean, shape: [side, side, 1] };

const none = new Float32Array(size);

function mixturesOf(many: number): Mixture[] {
  const random = randomOf('mixtures');
  return Array.from({ length: many }, (_, i) => {
    const first = i % count;
    const second = (first + 1 + random.integer(count - 1)) % count;
    const share = 0.35 + 0.3 * random.uniform();
    const values = Float32Array.from(mean, (_mean, at) =>
      Math.abs(share * (pictures[first]?.[at] as number) + (1 - share) * (pictures[second]?.[at] as number)),
    );
    return { first, second, weights: [share, 1 - share], values, strangers: none };
  });
}

/** Of private pictures that are noise, no pixel like its neighbour, in shares of .3 each beside .4 of other noise. */
const noises = pictures.map((_, picture) => {
  const random = randomOf(`noise ${picture}`);
  return Float32Array.from({ length: size }, () => 2 * random.uniform() - 1);
});
function amongStrangers(many: number): Mixture[] {
  const random = randomOf('among strangers');
  return Array.from({ length: many }, (_, i) => {
    const first = i % count;
    const second = (first + 1 + random.integer(count - 1)) % count;
    const strangers = none.map(() => 0.4 * (2 * random.uniform() - 1));
    const sum = (stranger: number, at: number) =>
      0.3 * (noises[first]?.[at] as number) + 0.3 * (noises[second]?.[at] as number) + stranger;
    return { first, second, weights: [0.3, 0.3], values: strangers.map((one, at) => Math.abs(sum(one, at))), strangers };
  });
}

function errorOf(mixtures: readonly Mixture[], pictures: readonly Float32Array[], known = false): number {
  const found = ended(solved(mixtures, count, usual, known, randomOf('start')));
  return Math.max(...found.flatMap((own, i) => Array.from(own, (value, at) => Math.abs(value - (pictures[i]?.[at] as number)))));
}

describe('mixtures of two pictures', () => {
  it('give the pictures back, signs and all, where they are more than the unknown products', () => {
    expect(errorOf(mixturesOf(60), pictures)).toBeLessThan(1e-5); // single precision
  });

  it('do not where they are fewer', () => {
    expect(errorOf(mixturesOf(8), pictures)).toBeGreaterThan(0.3); // 8 of 5 squares and up to 10 products
  });

  it('do not where who is in which of them is made up', () => {
    const random = randomOf('made up');
    const wrong = mixturesOf(60).map((mixture) => {
      const first = random.integer(count);
      return { ...mixture, first, second: (first + 1 + random.integer(count - 1)) % count };
    });
    expect(errorOf(wrong, pictures)).toBeGreaterThan(0.3);
  });
});

describe('mixtures among public pictures that are known', () => {
  it('give pictures back that are like nothing, each pixel with its sign', () => {
    expect(errorOf(amongStrangers(100), noises, true)).toBeLessThan(1e-5); // single precision
  });

  it('do not where the public pictures are taken for those of another mixture', () => {
    const mixtures = amongStrangers(100);
    const strange = mixtures.map((mixture, i) => ({ ...mixture, strangers: mixtures[(i + 7) % 100]?.strangers as Float32Array }));
    expect(errorOf(strange, noises, true)).toBeGreaterThan(0.3);
  });
});
