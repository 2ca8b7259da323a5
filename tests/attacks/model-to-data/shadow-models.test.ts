import { describe, expect, it } from 'vitest';
import { complementaryHalves, inRounds } from '../../../src/attacks/model-to-data/shadow-models.ts';
import type { AttackContext } from '../../../src/core/attacker.ts';
import { randomOf } from '../../../src/core/random.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
const design = (examples: number, models: number, seed = 'design') => complementaryHalves(examples, models, randomOf(seed));

describe('complementary halves', () => {
  it.each([
    [100, 16],
    [10, 4],
    [2000, 64],
  ])(
    'put each of %d examples in exactly half of %d models, and exactly half of the examples in each model',
    (examples, models) => {
      const { members, sees } = design(examples, models);
      expect(members).toHaveLength(models);
      members.forEach((rows) => {
        expect(new Set(rows).size).toBe(examples / 2);
        expect(rows.every((row) => row >= 0 && row < examples)).toBe(true);
      });
      for (let i = 0; i < examples; i++) expect(sum(sees.map((row) => row[i] as number))).toBe(models / 2);
    },
  );

  it('say the same twice: as rows, and as flags', () => {
    const { members, sees } = design(50, 8);
    members.forEach((rows, k) => expect(sees[k]).toEqual(Uint8Array.from({ length: 50 }, (_, i) => Number(rows.includes(i)))));
  });

  it('leave the odd one out of a pair, and another one of each pair', () => {
    const { members, sees } = design(7, 40);
    members.forEach((rows) => expect(rows).toHaveLength(3)); // stacks need equal members
    const absent = Array.from({ length: 7 }, (_, i) => 20 - sum(sees.map((row) => row[i] as number)));
    expect(sum(absent)).toBe(20);
    expect(absent.filter((count) => count > 0).length).toBeGreaterThan(1);
  });

  it('repeat by seed, and differ between seeds and between pairs', () => {
    expect(design(100, 4).members).toEqual(design(100, 4).members);
    expect(design(100, 4).members).not.toEqual(design(100, 4, 'other').members);
    const [first, , third] = design(100, 4).members;
    expect(first).not.toEqual(third);
  });
});

describe('rounds', () => {
  /** Trains nothing; remembers what it was asked for. */
  const rounds = async (models: number) => {
    const asked: { first: number; members: readonly Int32Array[] }[] = [];
    const context = {
      candidates: {},
      async *trainShadowModels(_examples: unknown, members: readonly Int32Array[], first: number) {
        asked.push({ first, members });
        return { count: members.length, probabilities: async () => [] };
      },
    } as unknown as AttackContext;
    const whole = design(20, models);
    const yielded: number[] = [];
    for await (const event of inRounds(whole, context)) if (event.type === 'round') yielded.push(event.first);
    return { asked, yielded, whole };
  };

  it.each([4, 6, 16, 18, 64, 256])(
    'train each of %d models once, in order, in at most three rounds of whole pairs',
    async (models) => {
      const { asked, yielded, whole } = await rounds(models);
      expect(asked.flatMap(({ members }) => members)).toEqual(whole.members);
      expect(yielded).toEqual(asked.map(({ first }) => first));
      expect(asked.length).toBeLessThanOrEqual(3);
      let next = 0;
      for (const { first, members } of asked) {
        expect(first).toBe(next);
        expect(members.length % 2).toBe(0); // else a first round could leave an example without models on one side
        next += members.length;
      }
    },
  );
});
