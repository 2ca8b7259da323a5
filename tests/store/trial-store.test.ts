/** A run apart from the lab, against an engine that only remembers what it was told. React is made unloadable. */
import { expect, test, vi } from 'vitest';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { EngineMessage } from '../../src/lab/messages.ts';
import { createTrialStore } from '../../src/store/trial-store.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

function setUp() {
  const told: string[] = [];
  let listener: (message: EngineMessage) => void = () => undefined;
  let run = 3; // the lab has run before
  const store = createTrialStore(
    {
      run: () => {
        told.push('run');
        return ++run;
      },
      stop: () => void told.push('stop'),
      subscribe: (next) => {
        listener = next;
        return () => undefined;
      },
    },
    () => resolveExperiment({}, catalog),
    () => 0,
  );
  return { store, told, say: (message: EngineMessage) => listener(message) };
}

test('times its own run, and takes no notice of others', () => {
  const { store, say } = setUp();
  say({ type: 'started', run: 3 });
  say({ type: 'finished', run: 3, seconds: 99 });
  expect(store.getState()).toMatchObject({ status: 'idle', took: null });
  store.getState().begin();
  say({ type: 'started', run: 4 });
  expect(store.getState().status).toBe('running');
  say({ type: 'finished', run: 4, seconds: 5 });
  expect(store.getState()).toMatchObject({ status: 'finished', took: 5 });
});

test('is stopped when the page is left in the middle, and leaves alone what runs otherwise', () => {
  const { store, told, say } = setUp();
  store.getState().leave();
  expect(told).toEqual([]);
  store.getState().begin();
  store.getState().leave();
  expect(told).toEqual(['run', 'stop']);
  say({ type: 'stopped', run: 4 });
  expect(store.getState().status).toBe('idle');
});
