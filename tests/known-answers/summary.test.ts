import { expect, it } from 'vitest';
import { families } from '../../src/known-answers/check.ts';
import type { Checked } from '../../src/known-answers/judge.ts';
import { inFull, limitOf, reportOf, size, summaryOf } from '../../src/known-answers/summary.ts';

const checked = (says: string, apart: number, within: number): Checked => ({
  id: says,
  family: families[0],
  says,
  source: 'SciPy',
  allowed: { within, of: 'difference', because: 'rounding' },
  agrees: apart <= within,
  count: 700,
  ours: 1,
  theirs: 1,
  apart,
});

const fine = [checked('A mean.', 1e-9, 1e-6), checked('A median.', 2e-4, 1e-3), checked('Bits.', 0, 0)];

it('says that all agree, and which was nearest to its limit', () => {
  expect(summaryOf(fine)).toBe(
    '3 of 3 comparisons agree, 2,100 figures in all. The one nearest to its limit is 2e-4 apart, 0.001 allowed: A median.',
  );
});

it('says plainly which do not', () => {
  expect(summaryOf([...fine, checked('A mode.', 2, 1)])).toBe('1 of 4 comparisons does not agree. A mode.');
  expect(summaryOf([...fine, checked('A mode.', 2, 1), checked('A sum.', Number.NaN, 1)])).toBe(
    '2 of 5 comparisons do not agree. A mode. A sum.',
  );
});

it('writes figures with all digits that count, and differences with two', () => {
  expect([0.1 + 0.2, 1 / 3, -0.0000112368479632252, 0, 1250].map(inFull)).toEqual([
    ...['0.3', '0.333333333333', '-1.12368479632e-5', '0', '1250'],
  ]);
  expect([0, 3e-6, 1.26e-15, 0.0078823, 12.34, 2e-4].map(size)).toEqual(['0', '3e-6', '1.3e-15', '0.0079', '12', '2e-4']);
  expect(limitOf({ within: 1e-9, of: 'figure', because: '' })).toBe('1e-9 of the figure');
});

it('counts them in the report, which JSON can hold', () => {
  const report = reportOf([...fine, checked('A mode.', 2, 1)], { backend: 'wasm', runtime: 'Node 20' });
  expect(JSON.parse(JSON.stringify(report))).toMatchObject({
    backend: 'wasm',
    agree: 3,
    of: 4,
    checks: [{ apart: 1e-9 }, {}, {}, {}],
  });
});
