/** Runs side by side: exactly what differs, and only numbers that can be compared. */
import { describe, expect, test } from 'vitest';
import { catalog } from '../../src/lab/catalog.ts';
import { comparedMetrics, differencesOf, tradeOffsOf } from '../../src/store/history-compare.ts';
import { keptRun, measured } from './history-fixture.ts';

const lanes = (...defenses: readonly object[]) => [
  { name: 'A', defenses: [] },
  { name: 'B', defenses },
];
const numbers = (auc: number, testAccuracy: number) => ({
  auc: measured(auc, { chance: 0.5 }),
  testAccuracy: measured(testAccuracy),
});

describe('what differs', () => {
  test('is only the seed where that is all', () => {
    expect(differencesOf([keptRun(1, { seed: 1 }), keptRun(2, { seed: 2 })])).toEqual([{ path: 'seed', values: ['1', '2'] }]);
  });

  test('is said by the paths of a link; what one of them does not have is null', () => {
    const one = keptRun(1, { attack: { id: 'lira', shadowModels: 8 }, lanes: lanes({ id: 'dp-sgd', clip: 2 }) });
    const other = keptRun(2, { attack: { id: 'lira', shadowModels: 16 }, lanes: lanes({ id: 'top-k', k: 3 }) });
    const found = Object.fromEntries(differencesOf([one, other]).map(({ path, values }) => [path, values]));
    expect(found).toMatchObject({
      'attack.shadowModels': ['8', '16'],
      'lanes.1.defenses': ['dp-sgd', 'top-k'],
      'lanes.1.dp-sgd.clip': ['2', null],
      'lanes.1.top-k.k': [null, '3'],
    });
    expect(Object.keys(found).filter((path) => !/^(attack\.shadowModels|lanes\.1\.)/.test(path))).toEqual([]);
  });

  test('is nothing between runs of the same experiment', () => {
    expect(differencesOf([keptRun(1), keptRun(2)])).toEqual([]);
  });
});

describe('numbers', () => {
  test('stand lane by lane, the headline numbers first', () => {
    const runs = [
      keptRun(1, {}, [numbers(0.8, 0.9), numbers(0.6, 0.85)]),
      keptRun(2, {}, [numbers(0.7, 0.9), numbers(0.5, 0.8)]),
    ];
    const { shared, single } = comparedMetrics(runs, catalog);
    expect(shared.map(({ name, lane }) => `${name} ${lane}`)).toEqual(['auc 0', 'auc 1', 'testAccuracy 0', 'testAccuracy 1']);
    expect(shared[1]?.values.map((metric) => metric?.value)).toEqual([0.6, 0.5]);
    expect(single).toEqual([]);
  });

  test('of different attacks are compared where both have them; what only one has stands apart', () => {
    const runs = [
      keptRun(1, { attack: { id: 'lira' } }, [{ ...numbers(0.8, 0.9), epsilon: measured(4) }]),
      keptRun(2, { attack: { id: 'badnets' } }, [{ attackSuccessRate: measured(0.9), testAccuracy: measured(0.95) }]),
    ];
    const { shared, single } = comparedMetrics(runs, catalog);
    expect(shared.map(({ name }) => name)).toEqual(['testAccuracy']);
    expect(single.map(({ name, values }) => [name, ...values.map((metric) => metric?.value)])).toEqual([
      ['auc', 0.8, undefined],
      ['attackSuccessRate', undefined, 0.9],
      ['epsilon', 4, undefined],
    ]);
  });
});

describe('leakage against accuracy', () => {
  const two = [
    keptRun(1, { lanes: lanes({ id: 'dp-sgd' }) }, [numbers(0.8, 0.9), numbers(0.6, 0.85)]),
    keptRun(2, { lanes: lanes({ id: 'dp-sgd' }) }, [numbers(0.7, 0.9), { auc: measured(null), testAccuracy: measured(0.8) }]),
  ];

  test('has a mark for each lane of each run that has both numbers, with their intervals, and their chance', () => {
    const [picture, ...more] = tradeOffsOf(two, catalog);
    expect(more).toEqual([]);
    expect(picture).toMatchObject({ leakage: 'auc', utility: 'testAccuracy', chance: 0.5 });
    expect(picture?.marks.map(({ run, lane, defended }) => [run, lane, defended])).toEqual([
      [0, 0, false],
      [0, 1, true],
      [1, 0, false],
    ]);
    expect(picture?.marks[1]?.leakage).toEqual({ value: 0.6, low: 0.58, high: 0.62 });
  });

  test('is not drawn of numbers that only one run has, or of an attack that is no longer known', () => {
    const poison = keptRun(3, { attack: { id: 'badnets' } }, [
      { attackSuccessRate: measured(0.9), cleanAccuracy: measured(0.9) },
    ]);
    expect(tradeOffsOf([two[0] as never, poison], catalog)).toEqual([]);
    const gone = two.map((run) => ({ ...run, experiment: { ...run.experiment, attack: { id: 'gone' } } }));
    expect(tradeOffsOf(gone, catalog)).toEqual([]);
  });
});
