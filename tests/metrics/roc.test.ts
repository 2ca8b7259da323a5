import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { z95 } from '../../src/core/statistics.ts';
import { aucOf, rocOf, tprAtFpr } from '../../src/metrics/roc.ts';
import ties from '../reference/auc_ties.json' with { type: 'json' };
import independent from '../reference/metrics.json' with { type: 'json' };
import real from '../reference/mia_fixture_clean.json' with { type: 'json' };

describe('the ROC', () => {
  it('has one point for each distinct score, the highest first', () => {
    const roc = rocOf([3, 3, 2, 1, 1], [1, 0, 1, 0, 0]);
    expect([...roc.falsePositiveRate]).toEqual([0, 1 / 3, 1 / 3, 1]);
    expect([...roc.truePositiveRate]).toEqual([0, 1 / 2, 1, 1]);
    expect(roc).toMatchObject({ positives: 2, negatives: 3 });
  });

  it('of equal scores is the diagonal and nothing between', () => {
    const roc = rocOf([7, 7, 7, 7], [1, 0, 1, 0]);
    expect([...roc.falsePositiveRate]).toEqual([0, 1]);
    expect([...roc.truePositiveRate]).toEqual([0, 1]);
    expect(tprAtFpr(roc, 0.99)).toBe(0); // no threshold separates ties
    expect(aucOf([7, 7, 7, 7], [1, 0, 1, 0]).value).toBe(0.5);
  });

  it('goes straight up and over where members score higher, and the other way where they score lower', () => {
    const above = rocOf([4, 3, 2, 1], [1, 1, 0, 0]);
    expect(tprAtFpr(above, 0)).toBe(1);
    expect(aucOf([4, 3, 2, 1], [1, 1, 0, 0]).value).toBe(1);
    expect(tprAtFpr(rocOf([4, 3, 2, 1], [0, 0, 1, 1]), 0.99)).toBe(0);
    expect(aucOf([4, 3, 2, 1], [0, 0, 1, 1]).value).toBe(0);
  });

  it('holds infinite scores at its ends', () => {
    const scores = [Number.POSITIVE_INFINITY, 1, 0, Number.NEGATIVE_INFINITY];
    expect(tprAtFpr(rocOf(scores, [1, 0, 1, 0]), 0)).toBe(0.5);
    expect(aucOf(scores, [1, 0, 1, 0]).value).toBe(0.75);
  });
});

describe('the true positive rate at a false positive rate', () => {
  const scores = Float64Array.from({ length: 10 }, (_, i) => 10 - i);
  const members = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0]; // 4 members, 6 others

  it.each([
    [0, 0.5],
    [0.1, 0.5], // less than one false alarm of six
    [1 / 6, 0.75], // exactly one
    [0.5, 1],
    [1, 1],
  ])('at most %f is %f', (level, expected) => expect(tprAtFpr(rocOf(scores, members), level)).toBe(expected));

  it.each(['per_example', 'fixed_pooled', 'fixed_global', 'offline_fixed_pooled', 'offline_per_example'] as const)(
    'agrees with the independent figure on the scores of a real target, as the area does: %s',
    (name) => {
      const { scores: real300, auc, tpr_at_1pct, tpr_at_10pct } = real.expected[name];
      const roc = rocOf(real300, real.member);
      expect(aucOf(real300, real.member).value).toBeCloseTo(auc, 12);
      expect(tprAtFpr(roc, 0.01)).toBeCloseTo(tpr_at_1pct, 12);
      expect(tprAtFpr(roc, 0.1)).toBeCloseTo(tpr_at_10pct, 12);
    },
  );
});

describe('the area under the ROC', () => {
  it('counts ties half, as scikit-learn does', () => {
    expect(aucOf(ties.score, ties.member).value).toBeCloseTo(ties.auc, 14);
    expect(tprAtFpr(rocOf(ties.score, ties.member), 0.1)).toBe(ties.tpr_at_10pct);
    expect(tprAtFpr(rocOf(ties.score, ties.member), 0.01)).toBe(ties.tpr_at_1pct);
  });

  it('turns over when scores do', () => {
    const turned = ties.score.map((score) => -score);
    expect(aucOf(turned, ties.member).value).toBeCloseTo(1 - ties.auc, 14);
    expect(aucOf(turned, ties.member).standardError).toBeCloseTo(aucOf(ties.score, ties.member).standardError, 14);
  });

  it.each(independent.delong)('has DeLong’s standard error, by all pairs: AUC $auc', ({ members, others, ...expected }) => {
    const isMember = [...members.map(() => 1), ...others.map(() => 0)];
    const found = aucOf([...members, ...others], isMember);
    expect(found.value).toBeCloseTo(expected.auc, 14);
    expect(found.standardError).toBeCloseTo(expected.standardError, 14);
  });

  const trials = 1000;
  /** Coverage is a binomial share, of deviation √(0.95 · 0.05 / 1000) = 0.0069; four of them happen once in 16,000. */
  const leeway = 4 * Math.sqrt((0.95 * 0.05) / trials);
  const size = 200;
  const normal = (shift: number) => (random: ReturnType<typeof randomOf>, member: boolean) =>
    random.normal() + (member ? shift : 0);

  it.each([
    ['the null', normal(0), 0.5],
    ['normals one deviation apart', normal(1), 0.7602499389065233], // Φ(1/√2)
    [
      'yes or no, nearly all ties',
      (random: ReturnType<typeof randomOf>, member: boolean) => Number(random.uniform() < (member ? 0.6 : 0.3)),
      0.65,
    ],
  ] as const)('lies in its 95 %% interval about 95 times in 100: %s', (name, draw, truth) => {
    const random = randomOf(name);
    const isMember = Array.from({ length: 2 * size }, (_, i) => i % 2);
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { value, standardError } = aucOf(
        isMember.map((member) => draw(random, member === 1)),
        isMember,
      );
      if (Math.abs(value - truth) <= z95 * standardError) covered++;
    }
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(leeway);
  });
});
