import { describe, expect, it } from 'vitest';
import type { MetricValue } from '../../src/core/event.ts';
import { clopperPearson, newcombe, overSeeds, rate, studentInterval, unresolved, wilson } from '../../src/metrics/intervals.ts';
import garak from '../reference/ci_watermark.json' with { type: 'json' };
import independent from '../reference/metrics.json' with { type: 'json' };

/** Closed formulas of double precision, and a bisection to the last bit: what is left is rounding. */
const rounding = 1e-10;

const near = (ours: readonly number[], theirs: readonly number[], within: number) => {
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((bound, i) => expect(Math.abs(bound - (theirs[i] as number))).toBeLessThanOrEqual(within));
};

const percent = (name: keyof typeof garak.values) => (garak.values[name] as number[]).map((value) => value / 100);

describe('the interval of a rate', () => {
  it.each([
    [18, 56],
    [3, 64],
    [0, 100],
    [50, 100],
  ] as const)('agrees with the published comparison at %d of %d', (hits, trials) => {
    near(wilson(hits, trials), percent(`wilson95_${hits}of${trials}` as 'wilson95_18of56'), rounding);
    near(clopperPearson(hits, trials), percent(`clopper_pearson95_${hits}of${trials}` as 'wilson95_18of56'), rounding);
  });

  it.each(independent.wilson)('by Wilson agrees with SciPy at %d of %d', (hits, trials, ...bounds) =>
    near(wilson(hits as number, trials as number), bounds, rounding),
  );

  it.each(independent.clopperPearson)('by Clopper and Pearson agrees with SciPy at %d of %d', (hits, trials, ...bounds) =>
    near(clopperPearson(hits as number, trials as number), bounds, rounding),
  );

  it('has width where a bootstrap has none: at 0 of 100', () => {
    expect(percent('garak_bootstrap_0of100_perfect')).toEqual([0, 0]);
    expect(wilson(0, 100)[1]).toBeGreaterThan(0.03);
    expect(clopperPearson(0, 100)[1]).toBeGreaterThan(0.03);
  });

  it('mirrors: failures are to successes as 1 − p is to p', () => {
    for (const interval of [wilson, clopperPearson]) {
      const [low, high] = interval(7, 30);
      near(interval(23, 30), [1 - high, 1 - low], rounding);
    }
  });
});

describe('the interval of a difference of rates', () => {
  it.each(independent.newcombe)('agrees with Newcombe’s table: %d of %d less %d of %d', (a, n, b, m, low, high) => {
    near(newcombe(a as number, n as number, b as number, m as number), [low as number, high as number], 0.00005); // four digits are printed
  });
});

describe('the interval of a mean over seeds', () => {
  it.each(independent.student)('agrees with SciPy on $values.length values', ({ values, low, high }) =>
    near(studentInterval(values), [low, high], rounding),
  );

  it('is the whole line for one seed, and a point where all seeds agree', () => {
    expect(studentInterval([0.7])).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(studentInterval([0.5, 0.5, 0.5])).toEqual([0.5, 0.5]);
  });
});

describe('a metric', () => {
  it('that is a rate says how it came about, its chance and its sample size', () => {
    expect(rate(18, 56, 0.1)).toEqual({
      value: 18 / 56,
      low: wilson(18, 56)[0],
      high: wilson(18, 56)[1],
      how: 'Wilson, n = 56',
      chance: 0.1,
      sampleSize: 56,
    });
    expect(rate(18, 56)).not.toHaveProperty('chance');
  });

  it('that the sample cannot resolve has no number, but a reason', () => {
    expect(unresolved('needs 101 non-members, has 60', 60)).toEqual({
      value: null,
      low: null,
      high: null,
      how: 'needs 101 non-members, has 60',
      sampleSize: 60,
    });
  });

  const at = (value: number): MetricValue => ({ ...rate(1, 2, 0.5), value });

  it('over seeds is their mean with Student’s interval, and keeps its chance level', () => {
    const over = overSeeds([at(0.61), at(0.59)]);
    const theirs = independent.student[0];
    expect(over.value).toBeCloseTo(0.6, 12);
    near([over.low as number, over.high as number], [theirs?.low as number, theirs?.high as number], rounding);
    expect(over).toMatchObject({ how: 'mean and Student’s t over 2 seeds', chance: 0.5, sampleSize: 2 });
  });

  it('over seeds stays a share where it is one, also where chance is none at all', () => {
    expect(overSeeds([rate(9, 10, 0), rate(10, 10, 0), rate(10, 10, 0)]).high).toBe(1);
    expect(overSeeds([rate(0, 10, 0), rate(1, 10, 0), rate(0, 10, 0)]).low).toBe(0);
    const advantage = { ...rate(0, 10, 0), how: 'a difference of rates' };
    expect(overSeeds([advantage, { ...advantage, value: 0.1 }, advantage]).low).toBeLessThan(0);
  });

  it('over one seed is that seed’s own', () => expect(overSeeds([at(0.61)])).toEqual(at(0.61)));

  it('over seeds is unresolved where any seed’s is: no seed’s number stands for all', () => {
    const none = unresolved('needs 101 non-members, has 60', 60);
    expect(overSeeds([none, none]).value).toBeNull();
    expect(overSeeds([none, at(0.6)])).toEqual(none);
    expect(overSeeds([at(0.6), none])).toEqual(none);
  });
});
