/** Measurements in words, worked out by hand. */
import { expect, test } from 'vitest';
import type { BenchRow } from '../../src/lab/bench.ts';
import { barsOf, cellsOf, curvesOf, gapInWords, headlinesOf, reportOf } from '../../src/store/bench-view.ts';

const row = (implementation: BenchRow['implementation'], networks: number, threads: number, milliseconds: number): BenchRow => ({
  bench: 'stack',
  implementation,
  backend: 'wasm',
  threads,
  model: 'mlp',
  networks,
  milliseconds,
  repetitions: [milliseconds * 0.9, milliseconds, milliseconds * 1.1],
});
const rows = [
  row('threatloop', 1, 1, 4),
  row('tf.layers', 1, 1, 4.1),
  row('threatloop', 4, 1, 2),
  row('threatloop', 4, 4, 1),
  row('tf.layers', 4, 1, 4),
  row('threatloop', 16, 1, 2),
  row('threatloop', 16, 7, 0.4),
  row('tf.layers', 16, 1, 4),
];

test('all that was shared among trainers is one line, though few networks keep few of them at work', () => {
  const [mlp] = curvesOf(rows);
  expect(mlp?.lines).toEqual([
    { name: 'Threatloop, 1 thread', x: [1, 4, 16], y: [4, 2, 2] },
    { name: 'tf.layers, 1 thread', x: [1, 4, 16], y: [4.1, 4, 4] },
    { name: 'Threatloop, 7 threads', x: [4, 16], y: [1, 0.4] },
  ]);
});

test('the headline is the ratio with the most networks on the most threads', () => {
  expect(headlinesOf('stack', { rows, gaps: [] })).toEqual([
    {
      id: 'mlp-16',
      says: 'MLP: 10 times faster than tf.layers',
      about: '16 MLPs at once, 7 threads; 2.0 times faster on 1 thread',
    },
  ]);
});

test('without a baseline there is no headline, or the reason why there is none', () => {
  const alone = [row('threatloop', 16, 1, 2)];
  expect(headlinesOf('stack', { rows: alone, gaps: [] })).toEqual([]);
  const gap = { bench: 'stack', implementation: 'tf.layers', backend: 'wasm', model: 'mlp', why: 'out of memory' } as const;
  expect(headlinesOf('stack', { rows: alone, gaps: [gap] })).toEqual([
    { id: 'mlp', says: 'MLP: only Threatloop trains it here', about: 'MLP with tf.layers on wasm: out of memory' },
  ]);
});

test('every attack has its headline and its bars, and what was scaled up says so', () => {
  const attacks: BenchRow[] = [16, 64].flatMap((networks) => [
    { ...row('threatloop', networks, 1, 12_000), bench: 'lira' },
    { ...row('tf.layers', networks, 1, 6000), bench: 'lira', extrapolated: true },
  ]);
  expect(headlinesOf('lira', { rows: attacks, gaps: [] }).map(({ says }) => says)).toEqual([
    'LiRA-16: 2.0 times slower than tf.layers',
    'LiRA-64: 2.0 times slower than tf.layers',
  ]);
  expect(barsOf(attacks)[1]?.bars).toEqual([
    { name: 'Threatloop, 1 thread', value: 12, ours: true },
    { name: 'tf.layers, 1 thread, scaled up from fewer networks', value: 6, ours: false },
  ]);
});

test('the table has every row, with what it is compared with and how far its repetitions lie apart', () => {
  expect(cellsOf('stack', rows).rows).toHaveLength(rows.length);
  expect(cellsOf('stack', rows).rows[0]).toEqual(['MLP', 1, 'Threatloop, 1 thread', '4', 'as fast as tf.layers', '3.6 – 4.4']);
  expect(cellsOf('stack', rows).rows[1]).toEqual(['MLP', 1, 'tf.layers, 1 thread', '4.1', '', '3.69 – 4.51']);
});

test('a gap is a sentence, and the report has the shape that the terminal writes', () => {
  const gap = { bench: 'stack', implementation: 'tf.layers', backend: 'wasm', model: 'cnn', why: 'out of memory' } as const;
  expect(gapInWords(gap)).toBe('CNN with tf.layers on wasm: out of memory');
  const report = reportOf('stack', { cores: 8, runtime: 'a browser' }, { rows, gaps: [gap] });
  expect(Object.keys(report)).toEqual(['bench', 'machine', 'rows', 'gaps', 'ratios']);
  expect(report.machine).toEqual({ cores: 8, runtime: 'a browser' });
  expect(report.ratios).toHaveLength(5);
  expect(report.ratios[0]).toMatchObject({ networks: 1, threads: 1, against: 'tf.layers' });
});
