/** The fold from messages to what the page shows, with a hand-made stream and no clock. */
import { describe, expect, test } from 'vitest';
import { evidence, metric, note, progress } from '../../src/core/event.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { EngineMessage } from '../../src/lab/messages.ts';
import { fold, idleRun, overviewOf, type RunState, shiftProgress, startRun } from '../../src/store/run-state.ts';

const experiment = resolveExperiment(
  {
    lanes: [
      { name: 'a', defenses: [] },
      { name: 'b', defenses: [{ id: 'dp-sgd' }] },
    ],
  },
  catalog,
);
const auc = (value: number) => metric('auc', { value, low: value, high: value, how: 'by hand', sampleSize: 2 });
const begin = () => startRun(idleRun, 7, experiment);
const foldAll = (state: RunState, messages: readonly EngineMessage[]) =>
  messages.reduce((before, message, i) => fold(before, message, i * 1000), state);
const of = (event: Extract<EngineMessage, { type: 'event' }>['event']): EngineMessage => ({ type: 'event', run: 7, event });

describe('the fold of a run', () => {
  test('keeps the lanes apart and lets later evidence of the same id replace earlier', () => {
    const verdict = (sentence: string) => evidence('verdict', { kind: 'verdict', title: 'Verdict', sentence });
    const state = foldAll(begin(), [
      { type: 'started', run: 7 },
      of({ ...auc(0.6), lane: 0 }),
      of({ ...auc(0.5), lane: 1 }),
      of({ ...auc(0.7), lane: 0 }),
      of(verdict('first')),
      of(verdict('last')),
      { type: 'finished', run: 7, seconds: 3 },
    ]);
    expect(state.lanes.map(({ metrics }) => metrics.auc?.value)).toEqual([0.7, 0.5]);
    expect(state.evidence.verdict).toMatchObject({ sentence: 'last' });
    expect(state).toMatchObject({ status: 'finished', took: 3 });
  });

  test('drops what a run says after another has begun', () => {
    const state = foldAll(begin(), [
      { type: 'event', run: 6, event: { ...auc(0.9), lane: 0 } },
      { type: 'failed', run: 6, message: 'late' },
    ]);
    expect(state).toEqual(begin());
  });

  test('leaves the state before it as it was', () => {
    const before = begin();
    const copy = structuredClone(before);
    foldAll(before, [of({ ...auc(0.6), lane: 0 }), of({ ...note('well'), lane: 1 })]);
    expect(before).toEqual(copy);
  });

  test('says a note once', () => {
    const state = foldAll(begin(), [of({ ...note('well'), lane: 1 }), of({ ...note('well'), lane: 1 })]);
    expect(state.lanes[1]?.notes).toEqual(['well']);
  });

  test('tells the time left from the pace of the phase, without its pauses', () => {
    const at = (done: number) => of({ ...progress('training', done, 10), lane: 0 });
    const state = foldAll(begin(), [at(0), at(2)]);
    expect(overviewOf(state)).toEqual({ phase: 'training', share: 0.2, left: 4 });
    expect(overviewOf(fold(shiftProgress(state, 9000), at(4), 11_000)).left).toBe(3);
  });

  test('tells of lanes in different phases by the slower one, whichever spoke last', () => {
    const of0 = (done: number) => of({ ...progress('attacking', done, 4), lane: 0 });
    const of1 = (done: number) => of({ ...progress('training', done, 4), lane: 1 });
    const state = foldAll(begin(), [of0(0), of1(0), of0(2), of1(1), of0(3)]);
    expect(overviewOf(state)).toEqual({ phase: 'attacking · training', share: 0.5, left: 6 });
    expect(overviewOf(fold(state, of0(4), 5000)).phase).toBe('training');
  });

  test('begins a new phase at its own time', () => {
    const state = foldAll(begin(), [of(progress('training', 9, 10)), of(progress('attacking', 0, 5))]);
    expect(state.progress).toEqual({ phase: 'attacking', done: 0, total: 5, startedAt: 1000, at: 1000 });
  });

  test('forgets half a run when the engine has to repeat it, and says why', () => {
    const state = foldAll(begin(), [of({ ...auc(0.6), lane: 0 }), { type: 'recovering', why: 'device lost' }]);
    expect(state.lanes.map(({ metrics }) => metrics)).toEqual([{}, {}]);
    expect(state.recovered).toEqual(['device lost']);
  });

  test('keeps the results of a run that had ended when the engine is replaced', () => {
    const ended = foldAll(begin(), [of({ ...auc(0.6), lane: 0 }), { type: 'finished', run: 7, seconds: 3 }]);
    const state = fold(ended, { type: 'recovering', why: 'worker died' }, 9000);
    expect(state).toEqual({ ...ended, recovered: ['worker died'] });
  });

  test('keeps the backend from one run to the next', () => {
    const ready: EngineMessage = { type: 'ready', backend: 'wasm', workers: 4, ladder: ['webgpu: no adapter'] };
    const state = startRun(fold(begin(), ready, 0), 8, experiment);
    expect(state.backend).toEqual({ name: 'wasm', workers: 4, ladder: ['webgpu: no adapter'] });
  });
});
