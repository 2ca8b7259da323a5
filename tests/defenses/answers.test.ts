import { describe, expect, it } from 'vitest';
import type { Probabilities } from '../../src/core/access.ts';
import type { Guard } from '../../src/core/defense.ts';
import { find } from '../../src/core/experiment.ts';
import { largestIndices } from '../../src/defenses/answers.ts';
import { defenses } from '../../src/defenses/index.ts';
import { serviceOf } from './service.ts';

const answersOf = (...rows: number[][]): Probabilities => ({
  kind: 'probabilities',
  values: Float32Array.from(rows.flat()),
  count: rows.length,
  classes: rows[0]?.length ?? 0,
});

/** The filter of a defense, behind which nobody asks the model: it knows how many classes there are. */
async function filterOf(id: string, options: Readonly<Record<string, number>>, classes: number) {
  const guard = (await find(defenses, 'defense', id).onQuery?.(options, serviceOf(id, classes))) as Guard | undefined;
  if (!guard) throw new Error(`${id} does not filter answers`);
  const filter = guard();
  return (given: Probabilities) => filter(given, new Float32Array(given.count)) as Probabilities;
}

const close = (ours: Float32Array, expected: readonly number[]) => {
  expect(ours).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(ours[i]).toBeCloseTo(value, 6)); // single precision, of numbers up to 1
};

const answers = answersOf([0.61, 0.26, 0.09, 0.04], [0.02, 0.37, 0.33, 0.28]);

describe('the defenses of answers', () => {
  it('are these and no other', () => {
    const found = defenses.filter(({ onQuery }) => onQuery).map(({ id }) => id);
    expect(found.toSorted()).toEqual([
      'adaptive-misinformation',
      'labels-only',
      'memguard',
      'output-rounding',
      'prada',
      'prediction-poisoning',
      'query-limit',
      'strip',
      'top-k',
    ]);
  });

  it.each([
    ['output-rounding', { decimals: 1 }],
    ['top-k', { k: 1 }],
    ['labels-only', {}],
  ])('leave the answers that they are given alone, and say the same twice: %s', async (id, options) => {
    const before = answers.values.slice();
    const filter = await filterOf(id, options, 4);
    expect(filter(answers)).toEqual(filter(answers));
    expect(filter(answers)).toMatchObject({ kind: 'probabilities', count: 2, classes: 4 });
    expect(answers.values).toEqual(before);
  });
});

describe('output rounding', () => {
  it.each([
    [0, [1, 0, 0, 0, 0, 0, 0, 0]],
    [1, [0.6, 0.3, 0.1, 0, 0, 0.4, 0.3, 0.3]],
    [2, [0.61, 0.26, 0.09, 0.04, 0.02, 0.37, 0.33, 0.28]],
  ])('to %d decimals', async (decimals, expected) => {
    close((await filterOf('output-rounding', { decimals }, 4))(answers).values, expected);
  });
});

describe('top k', () => {
  it.each([
    [1, [0.61, 0.13, 0.13, 0.13, 0.21, 0.37, 0.21, 0.21]],
    [2, [0.61, 0.26, 0.065, 0.065, 0.15, 0.37, 0.33, 0.15]],
    [3, [0.61, 0.26, 0.09, 0.04, 0.02, 0.37, 0.33, 0.28]],
    [4, [0.61, 0.26, 0.09, 0.04, 0.02, 0.37, 0.33, 0.28]],
    [10, [0.61, 0.26, 0.09, 0.04, 0.02, 0.37, 0.33, 0.28]],
  ])('%d keeps them and shares out the rest, so that rows still sum to 1', async (k, expected) => {
    const { values } = (await filterOf('top-k', { k }, 4))(answers);
    close(values, expected);
    for (let at = 0; at < 8; at += 4) expect(values.subarray(at, at + 4).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
  });

  it('keeps the largest in order, the lower class first among equals', () => {
    expect(largestIndices([9, 9, 0.2, 0.5, 0.2, 0.5], 1, 3, 3)).toEqual([0, 2, 1]);
    expect(largestIndices([0.3, 0.4, 0.3], 0, 3, 2)).toEqual([1, 0]);
  });
});

describe('labels only', () => {
  it('answers the likeliest class as certain, the first of equals', async () => {
    const filter = await filterOf('labels-only', {}, 4);
    close(filter(answersOf([0.61, 0.26, 0.09, 0.04], [0.02, 0.35, 0.35, 0.28])).values, [1, 0, 0, 0, 0, 1, 0, 0]);
  });
});
