/** The store of measurements against an engine that only remembers what it was told. React is made unloadable. */
import { expect, test, vi } from 'vitest';
import type { BenchRow } from '../../src/lab/bench.ts';
import type { EngineMessage } from '../../src/lab/messages.ts';
import { createBenchStore } from '../../src/store/bench-store.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

function setUp() {
  const told: string[] = [];
  let listener: (message: EngineMessage) => void = () => undefined;
  let run = 6; // the lab has run before
  const store = createBenchStore({
    bench: (name) => {
      told.push(name);
      return ++run;
    },
    stop: () => void told.push('stop'),
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
  });
  return { store, told, say: (message: EngineMessage) => listener(message) };
}

const row = (networks: number): BenchRow => ({
  bench: 'stack',
  implementation: 'threatloop',
  backend: 'wasm',
  threads: 1,
  model: 'mlp',
  networks,
  milliseconds: 2,
  repetitions: [1, 2, 3],
});
const gap = { bench: 'stack', implementation: 'tf.layers', backend: 'wasm', model: 'cnn', why: 'out of memory' } as const;

test('gathers rows and gaps while it measures, and says what it is at', () => {
  const { store, told, say } = setUp();
  store.getState().measure('stack');
  say({ type: 'started', run: 7 });
  say({ type: 'benching', run: 7, says: 'an MLP', done: 1, total: 9 });
  expect(store.getState()).toMatchObject({ status: 'running', bench: 'stack', progress: { says: 'an MLP', done: 1, total: 9 } });
  say({ type: 'benched', run: 7, result: row(1) });
  say({ type: 'benched', run: 7, result: gap });
  say({ type: 'benched', run: 7, result: row(4) });
  expect(store.getState().measured.stack).toEqual({ rows: [row(1), row(4)], gaps: [gap] });
  say({ type: 'finished', run: 7, seconds: 3 });
  expect(store.getState()).toMatchObject({ status: 'finished', progress: null });
  expect(told).toEqual(['stack']);
});

test('tells nobody of what it has told already', () => {
  const { store, say } = setUp();
  store.getState().measure('stack');
  let calls = 0;
  store.subscribe(() => calls++);
  for (let i = 0; i < 50; i++) say({ type: 'benching', run: 7, says: 'an MLP', done: 1, total: 9 });
  expect(calls).toBe(1);
});

test('keeps what was measured of the other kind, and forgets what is measured anew', () => {
  const { store, say } = setUp();
  store.getState().measure('stack');
  say({ type: 'benched', run: 7, result: row(1) });
  say({ type: 'finished', run: 7, seconds: 3 });
  store.getState().measure('lira');
  expect(store.getState().measured.stack?.rows).toHaveLength(1);
  say({ type: 'finished', run: 8, seconds: 3 });
  store.getState().measure('stack');
  expect(store.getState().measured.stack?.rows).toEqual([]);
});

test('stops when the engine says so, and keeps what there is', () => {
  const { store, told, say } = setUp();
  store.getState().measure('stack');
  say({ type: 'benched', run: 7, result: row(1) });
  store.getState().stop();
  store.getState().stop();
  expect(store.getState().status).toBe('stopping');
  say({ type: 'stopped', run: 7 });
  expect(store.getState()).toMatchObject({ status: 'stopped', measured: { stack: { rows: [row(1)] } } });
  expect(told).toEqual(['stack', 'stop']);
});

test('who leaves has stopped at once, and late messages change nothing', () => {
  const { store, told, say } = setUp();
  store.getState().leave();
  expect(told).toEqual([]); // nothing was being measured, so the engine is left to the lab
  store.getState().measure('stack');
  store.getState().leave();
  say({ type: 'benched', run: 7, result: row(1) });
  expect(store.getState()).toMatchObject({ status: 'stopped', measured: { stack: { rows: [] } } });
  expect(told).toEqual(['stack', 'stop']);
});

test('takes no notice of the runs of the lab', () => {
  const { store, say } = setUp();
  store.getState().measure('stack');
  const before = store.getState();
  say({ type: 'stopped', run: 6 });
  say({ type: 'ready', backend: 'wasm', workers: 1, ladder: [] });
  expect(store.getState()).toBe(before);
});

test('says why it failed, and keeps what there is', () => {
  const { store, say } = setUp();
  store.getState().measure('stack');
  say({ type: 'benched', run: 7, result: row(1) });
  say({ type: 'failed', run: 7, message: 'the device was lost' });
  say({ type: 'recovering', why: 'the device was lost' });
  expect(store.getState()).toMatchObject({
    status: 'failed',
    failure: 'the device was lost',
    measured: { stack: { rows: [row(1)] } },
  });
});
