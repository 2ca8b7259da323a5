import { describe, expect, it } from 'vitest';
import { Bandit } from '../../../src/attacks/model-to-model/bandit.ts';
import { kinds, poolOf } from '../../../src/attacks/model-to-model/pools.ts';
import type { AttackContext } from '../../../src/core/attacker.ts';
import { examplesOf } from '../../../src/core/examples.ts';
import { randomOf } from '../../../src/core/random.ts';

/** Pictures of 3 × 3 whose pixels are 0.1 to 0.9, and 50 like it. */
const inputs = Float32Array.from({ length: 50 * 9 }, (_, i) => ((i % 9) + 1) / 10);
const context = {
  population: examplesOf(inputs, new Int32Array(50)),
  shape: [3, 3, 1],
  random: randomOf('pools'),
} as unknown as AttackContext;
const first = (pool: Parameters<typeof poolOf>[0]) =>
  Array.from(poolOf(pool, 20, context).inputs.slice(0, 9), (v) => Number(v.toFixed(3)));

describe('what a thief may ask about', () => {
  it('is at most what the population has, and of noise as much as she likes', () => {
    expect(poolOf('population', 20, context).count).toBe(20);
    expect(poolOf('rotated-inverted', 80, context).count).toBe(50);
    expect(poolOf('uniform-noise', 80, context).count).toBe(80);
  });
  it('turned to the left and inverted, as NumPy’s rot90 turns', () => {
    // [[1 2 3] [4 5 6] [7 8 9]] becomes [[3 6 9] [2 5 8] [1 4 7]]
    expect(first('rotated-inverted')).toEqual([0.7, 0.4, 0.1, 0.8, 0.5, 0.2, 0.9, 0.6, 0.3]);
  });
  it('shuffled, has the same pixels, each picture in a disorder of its own', () => {
    const { inputs: shuffled } = poolOf('pixel-shuffled', 20, context);
    expect(first('pixel-shuffled')).not.toEqual(first('population'));
    expect(first('pixel-shuffled').toSorted()).toEqual(first('population'));
    expect(shuffled.slice(9, 18)).not.toEqual(shuffled.slice(0, 9));
  });
  it('noise, fills the room from 0 to 1', () => {
    const { inputs: noise } = poolOf('uniform-noise', 1000, context);
    expect(noise.reduce((sum, value) => sum + value, 0) / noise.length).toBeCloseTo(0.5, 1);
    expect(Math.min(...noise)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...noise)).toBeLessThan(1);
  });
  it('mixed, is a quarter of each and says which is which', () => {
    const mixed = poolOf('mixed', 20, context);
    expect(mixed.count).toBe(80);
    for (const kind of kinds.keys()) expect(mixed.kinds?.filter((own) => own === kind)).toHaveLength(20);
    const row = mixed.kinds?.indexOf(0) as number;
    expect(mixed.inputs.slice(row * 9, row * 9 + 9)).toEqual(inputs.slice(0, 9));
  });
});

describe('the bandit', () => {
  /** Rewards kinds with what they pay on average, with noise; returns the share asked of each over the last half. */
  function shares(pays: readonly number[], seed: string): number[] {
    const random = randomOf(seed);
    const bandit = new Bandit(pays.length, random.stream('bandit'));
    const asked = pays.map(() => 0);
    for (let question = 0; question < 400; question++) {
      const kind = bandit.draw(() => true);
      if (question >= 200) asked[kind] = (asked[kind] as number) + 1 / 200;
      bandit.reward(kind, (pays[kind] as number) + 0.2 * random.uniform());
    }
    return asked;
  }
  it('asks mostly what pays', () => {
    for (const seed of ['a', 'b', 'c']) expect(shares([0.3, 0.7, 0.3, 0.3], seed)[1]).toBeGreaterThan(0.7);
  });
  it('begins with no preference, and never asks what there is no more of', () => {
    const bandit = new Bandit(4, randomOf('fresh'));
    expect([...bandit.policy()]).toEqual([0.25, 0.25, 0.25, 0.25]);
    for (let i = 0; i < 100; i++) expect(bandit.draw((kind) => kind !== 2)).not.toBe(2);
  });
});
