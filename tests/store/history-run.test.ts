/** What is kept of a finished run, and what is read back of it. */
import { describe, expect, test } from 'vitest';
import type { Evidence, Images, TextEvidence } from '../../src/core/evidence.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { readFinds, readRun } from '../../src/store/history-read.ts';
import { findsOf, finishedRun, shownPiece } from '../../src/store/history-run.ts';
import { idleRun, type RunState, startRun } from '../../src/store/run-state.ts';
import { keptRun, measured } from './history-fixture.ts';

const experiment = resolveExperiment(
  {
    lanes: [
      { name: 'A', defenses: [] },
      { name: 'B', defenses: [{ id: 'dp-sgd' }] },
    ],
  },
  catalog,
);
const about = {
  preset: 'membership',
  changed: true,
  link: '#/run?v=1',
  build: '0.1.0 abc',
  tfjs: '4.22.0',
  at: '2026-11-29T18:00:00.000Z',
};
const pictures = (title: string, count = 2): Images => ({
  kind: 'images',
  title,
  height: 2,
  width: 2,
  channels: 1,
  pixels: Float32Array.from({ length: 4 * count }, (_, i) => (i % 4) / 3),
  items: Array.from({ length: count }, () => ({ caption: 'one' })),
});
const passage = (title: string, length = 10): TextEvidence => ({
  kind: 'text',
  title,
  spans: [{ text: 'x'.repeat(length), mark: 'leak' }],
});

function runWith(...lanes: readonly Record<string, Evidence>[]): RunState {
  const begun = startRun(idleRun, 1, experiment);
  return {
    ...begun,
    status: 'finished',
    took: 4.2,
    backend: { name: 'wasm', workers: 2, ladder: [] },
    evidence: { verdict: { kind: 'verdict', title: 'Verdict', sentence: 'It leaks.' } },
    lanes: begun.lanes.map((lane, i) => ({ ...lane, metrics: { auc: measured(0.8) }, evidence: lanes[i] ?? {} })),
  };
}
const asTheyCome = (evidence: Readonly<Record<string, Evidence>>) => Object.entries(evidence);

describe('what is kept of a run', () => {
  test('is its experiment, its numbers, its verdict and where it was run', () => {
    expect(finishedRun(runWith(), { ...about, adapter: 'acme' })).toEqual({
      pinned: false,
      preset: 'membership',
      changed: true,
      link: '#/run?v=1',
      experiment,
      metrics: [{ auc: measured(0.8) }, { auc: measured(0.8) }],
      verdict: 'It leaks.',
      provenance: {
        build: '0.1.0 abc',
        tfjs: '4.22.0',
        at: about.at,
        adapter: 'acme',
        backend: 'wasm',
        workers: 2,
        seconds: 4.2,
      },
    });
  });

  test('is nothing of a run that was stopped or failed, or that is a spread', () => {
    for (const change of [{ status: 'stopped' }, { status: 'failed' }, { spreading: true }] as const)
      expect(finishedRun({ ...runWith(), ...change }, about)).toBeNull();
  });

  test('are the first two pictures, texts or ROC curves of a lane, in the order in which it is read', () => {
    const curve: Evidence = { kind: 'curve', title: 'loss', xLabel: '', yLabel: '', lines: [] };
    const run = runWith({ loss: curve, said: passage('said'), drawn: pictures('drawn'), more: pictures('more') }, {});
    const titles = (order: typeof asTheyCome) => findsOf(run, order).map((lane) => lane.map(({ title }) => title));
    expect(titles(asTheyCome)).toEqual([['said', 'drawn'], []]);
    expect(titles((evidence) => asTheyCome(evidence).reverse())).toEqual([['more', 'drawn'], []]);
  });

  test('is never more than about 300 kB, and the lanes share it', () => {
    const large = passage('large', 100_000); // 200 kB
    const run = runWith({ large, small: passage('small') }, { large, other: passage('other') });
    expect(findsOf(run, asTheyCome).map((lane) => lane.map(({ title }) => title))).toEqual([['large', 'small'], ['other']]);
  });

  test('holds no pictures and no texts of a person’s own data', () => {
    const run = runWith({ drawn: pictures('drawn') });
    const own = { ...run, experiment: { ...experiment, data: { ...experiment.data, id: 'own' } } };
    expect(findsOf(own, asTheyCome)).toEqual([[], []]);
    expect(finishedRun(own, about)?.metrics[0]?.auc).toEqual(measured(0.8));
  });

  test('shows the same pictures again, to the eye', () => {
    const drawn = pictures('drawn');
    const [[piece] = []] = readFinds(structuredClone(findsOf(runWith({ drawn }), asTheyCome)));
    const shown = shownPiece(piece as NonNullable<typeof piece>) as Images;
    expect(shown.items).toEqual(drawn.items);
    for (const [i, value] of shown.pixels.entries()) expect(value).toBeCloseTo(drawn.pixels[i] as number, 2);
  });
});

describe('what is read', () => {
  const whole = keptRun(3, { seed: 5 }, [{ auc: measured(0.8, { chance: 0.5, details: { order: 3 } }) }]);

  test('is what was kept', () => {
    expect(readRun(structuredClone(whole))).toEqual(whole);
  });

  test('has nothing that is not known, and none of the numbers that are none', () => {
    const metrics = [{ auc: measured(0.8), testAccuracy: { ...measured(0.9), value: '0.9' }, noMetric: measured(1) }];
    const found = readRun({ ...whole, metrics, more: 'junk' });
    expect(found?.metrics).toEqual([{ auc: measured(0.8) }]);
    expect(Object.keys(found ?? {})).not.toContain('more');
  });

  test.each([
    ['no number', { id: '3' }],
    ['a link elsewhere', { link: 'javascript:alert(1)' }],
    ['a link that only begins like one', { link: '#/runs' }],
    ['no date', { provenance: { ...whole.provenance, at: 'yesterday' } }],
    ['no backend', { provenance: { ...whole.provenance, backend: null } }],
    ['no attack', { experiment: { ...whole.experiment, attack: undefined } }],
    ['an option that is none', { experiment: { ...whole.experiment, attack: { id: 'lira', shadowModels: {} } } }],
    ['no lanes', { experiment: { ...whole.experiment, lanes: [] } }],
    ['five lanes', { experiment: { ...whole.experiment, lanes: Array(5).fill({ name: 'A', defenses: [] }) } }],
    ['a verdict as long as a book', { verdict: 'x'.repeat(10_000) }],
  ])('is nothing where there is %s', (_, change) => {
    expect(readRun({ ...whole, ...change })).toBeNull();
  });

  test('leaves out what is no picture, text or curve', () => {
    const good = { kind: 'text', title: 'said', spans: [{ text: 'a', mark: 'leak' }] };
    const image = { ...pictures('drawn'), pixels: new Uint8Array(8) };
    const junk = [
      null,
      { kind: 'verdict', title: '', sentence: '' },
      { ...good, spans: [{ text: 1 }] },
      { ...image, pixels: new Uint8Array(7) }, // not as many as it says
      { ...image, pixels: pictures('drawn').pixels },
      { kind: 'roc', title: '', falsePositiveRate: [0, 1], truePositiveRate: [0], positives: 1, negatives: 1 },
    ];
    expect(readFinds([[...junk, good], [image]])).toEqual([[good], [image]]);
    expect(readFinds('junk')).toEqual([]);
    expect(readFinds(undefined)).toEqual([]);
  });
});
