import { expect, it } from 'vitest';
import { count, range } from '../../src/core/params.ts';
import { spreadValues } from '../../src/store/spread-values.ts';

const common = { label: 'Knob', says: '' };

it.each([
  ['halves and doubles', range({ ...common, min: 0, max: 1, step: 0.1, initial: 0.1 }), 0.1, [0.025, 0.05, 0.1, 0.2, 0.4]],
  ['stays inside what is allowed', range({ ...common, min: 0, max: 1, step: 0.1, initial: 0.5 }), 0.5, [0.125, 0.25, 0.5, 1]],
  ['counts in whole numbers', count({ ...common, min: 1, max: 100, step: 1, initial: 8 }), 8, [2, 4, 8, 16, 32]],
  ['keeps to multiples', count({ ...common, min: 2, max: 256, step: 2, multipleOf: 2, initial: 4 }), 4, [2, 4, 8, 16]],
  ['takes even steps from 0', range({ ...common, min: 0, max: 1, step: 0.1, initial: 0 }), 0, [0, 0.25, 0.5, 0.75, 1]],
  ['takes even steps where doubling leaves too few', count({ ...common, min: 0, max: 2, step: 1, initial: 2 }), 2, [0, 1, 2]],
])('a knob that is spread %s', (_, param, value, expected) => {
  expect(spreadValues(param, value)).toEqual(expected);
});
