/** The store of comparisons against an engine that only remembers what it was told. React is made unloadable. */
import { expect, test, vi } from 'vitest';
import { families } from '../../src/known-answers/check.ts';
import type { Checked } from '../../src/known-answers/judge.ts';
import type { EngineMessage } from '../../src/lab/messages.ts';
import { createAnswersStore } from '../../src/store/answers-store.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

function setUp() {
  let listener: (message: EngineMessage) => void = () => undefined;
  let run = 6; // the lab has run before
  const store = createAnswersStore({
    answers: () => ++run,
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
  });
  return { store, say: (message: EngineMessage) => listener(message), state: () => store.getState() };
}

const result = (id: string): Checked => ({
  id,
  family: families[0],
  says: id,
  source: 'SciPy',
  allowed: { within: 1, of: 'difference', because: 'rounding' },
  agrees: true,
  count: 1,
  ours: 1,
  theirs: 1,
  apart: 0,
});
const checked = (run: number, id: string, done: number) =>
  ({ type: 'checked', run, result: result(id), done, total: 2 }) as const;

test('gathers what is compared, and knows how much there is to come', () => {
  const { store, say, state } = setUp();
  store.getState().compare();
  say({ type: 'started', run: 7 });
  expect(state()).toMatchObject({ status: 'running', total: null, results: [] });
  say(checked(7, 'a', 1));
  say(checked(6, 'of another run', 1));
  expect(state()).toMatchObject({ status: 'running', total: 2, results: [{ id: 'a' }] });
  say(checked(7, 'b', 2));
  say({ type: 'finished', run: 7, seconds: 3 });
  expect(state()).toMatchObject({ status: 'finished', took: 3, results: [{ id: 'a' }, { id: 'b' }] });
  say(checked(7, 'late', 2));
  expect(state().results).toHaveLength(2);
});

test('begins again where the engine does, and when asked', () => {
  const { store, say, state } = setUp();
  store.getState().compare();
  say(checked(7, 'a', 1));
  say({ type: 'started', run: 7 }); // on another device
  expect(state()).toMatchObject({ status: 'running', results: [], total: null });
  say(checked(7, 'a', 1));
  say({ type: 'failed', run: 7, message: 'no memory' });
  expect(state()).toMatchObject({ status: 'failed', failure: 'no memory', results: [{ id: 'a' }] });
  store.getState().compare();
  expect(state()).toMatchObject({ status: 'running', run: 8, results: [], failure: null });
});
