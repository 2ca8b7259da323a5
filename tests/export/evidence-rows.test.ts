/** Evidence in long form: how many rows there are, and that each stands for what it should. */
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { longForm } from '../../src/export/evidence-rows.ts';

const rowsOf = (evidence: Evidence) => longForm('A', evidence).rows.map((row) => row.slice(2));

describe('long form', () => {
  test('of a curve has a row for each point of each line, with its interval where it has one', () => {
    const lines = [
      { name: 'train', x: [1, 2, 3], y: [0.1, 0.2, 0.3] },
      { name: 'test', x: [1, 2], y: [0.5, 0.6], low: [0.4, 0.5], high: [0.6, 0.7] },
    ];
    const { columns, rows } = longForm('A', { kind: 'curve', title: 'T', xLabel: 'epoch', yLabel: 'accuracy', lines });
    expect(columns).toEqual(['lane', 'evidence', 'series', 'x', 'y', 'low', 'high']);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual(['A', 'T', 'train', 1, 0.1, undefined, undefined]);
    expect(rows[4]).toEqual(['A', 'T', 'test', 2, 0.6, 0.5, 0.7]);
  });

  test('of a ROC has what a guarantee allows at the same places', () => {
    const roc = { falsePositiveRate: [0, 0.1, 1], truePositiveRate: [0, 0.5, 1], positives: 9, negatives: 9 };
    expect(rowsOf({ kind: 'roc', title: 'T', ...roc })).toHaveLength(3);
    const rows = rowsOf({ kind: 'roc', title: 'T', ...roc, guarantee: { epsilon: Math.log(3), delta: 0.01 } });
    expect(rows).toHaveLength(6);
    expect(rows[3]).toEqual(['guarantee', 0, 0.01]);
    expect(rows[4]?.[2]).toBeCloseTo(0.31);
    expect(rows[5]).toEqual(['guarantee', 1, 1]);
  });

  test('of a histogram has a row for each bin of each group', () => {
    const groups = [
      { name: 'a', counts: [1, 2] },
      { name: 'b', counts: [3, 4] },
    ];
    expect(rowsOf({ kind: 'histogram', title: 'T', xLabel: 'score', edges: [0, 1, 2], groups })).toEqual([
      ['a', 0, 1, 1],
      ['a', 1, 2, 2],
      ['b', 0, 1, 3],
      ['b', 1, 2, 4],
    ]);
  });

  test('of points has the surface too, from the top, at the middle of each field', () => {
    const surface = { columns: 2, rows: 1, extent: [0, 4, 0, 1] as const, classes: Uint8Array.of(0, 1) };
    const groups = [{ name: 'members', x: [1], y: [2] }];
    expect(rowsOf({ kind: 'scatter', title: 'T', groups, surface })).toEqual([
      ['members', 1, 2, undefined],
      ['surface', 1, 0.5, 0],
      ['surface', 3, 0.5, 1],
    ]);
  });

  test('of pictures, words, tables and answers has a row for each of them', () => {
    const items = [{ caption: '3, member', mark: 'right' as const }, { caption: 'class mean' }];
    const pixels = new Float32Array(2);
    expect(rowsOf({ kind: 'images', title: 'T', height: 1, width: 1, channels: 1, pixels, items })).toEqual([
      [1, '3, member', 'right'],
      [2, 'class mean', undefined],
    ]);
    const spans = [{ text: 'it is ' }, { text: '766.', mark: 'leak' as const, probability: 0.5 }];
    expect(rowsOf({ kind: 'text', title: 'T', spans })[1]).toEqual([2, '766.', 'leak', 0.5]);
    expect(longForm('A', { kind: 'table', title: 'T', columns: ['class', 'n'], rows: [['0', 3]] })).toEqual({
      columns: ['lane', 'evidence', 'class', 'n'],
      rows: [['A', 'T', '0', 3]],
    });
    const counts = [
      [5, 1],
      [2, 4],
    ];
    expect(rowsOf({ kind: 'confusion', title: 'T', classes: ['a', 'b'], counts })[2]).toEqual(['b', 'a', 2]);
  });
});
