/** Steps back and forth: what is one step, how many there are, and what the store makes of them. Time is handed in, or faked. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Experiment, resolveExperiment } from '../../src/core/experiment.ts';
import type { OwnSummary } from '../../src/data-files/summary.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Engine, EngineMessage } from '../../src/lab/messages.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { createLabStore } from '../../src/store/lab-store.ts';
import { type Configured, noSteps, type Steps, stepBack, stepForth, stepped, withoutOwn } from '../../src/store/undo.ts';

const written = resolveExperiment({ attack: { id: 'lira' } }, catalog);
const at = (change: Partial<Experiment>, preset = 'membership'): Configured => ({
  preset,
  experiment: { ...written, ...change },
});
const shadows = (shadowModels: number) => at({ attack: { ...written.attack, shadowModels } });

const table: OwnSummary = {
  shape: [4],
  classNames: ['ant', 'bee', 'cow'],
  count: 150,
  from: 'kinds.csv',
  notes: [],
  first: { kind: 'table', columns: ['a', 'b', 'c', 'd'], rows: [] },
};

/** Goes through all of them, each so many milliseconds after the one before it. */
const through = (pause: number, ...states: readonly Configured[]): Steps =>
  states.slice(1).reduce((steps, to, i) => stepped(steps, states[i] as Configured, to, pause * (i + 1)), noSteps);

describe('what is one step', () => {
  test('a slider that is dragged is one step, however long it takes', () => {
    const { past } = through(300, ...Array.from({ length: 60 }, (_, i) => shadows(4 + 2 * i)));
    expect(past).toEqual([shadows(4)]);
  });

  test('the same option after a pause is another step', () => {
    expect(through(1500, shadows(4), shadows(8), shadows(16)).past).toEqual([shadows(4), shadows(8)]);
  });

  test('another option is another step, however soon', () => {
    const both = at({ seed: 2, attack: { ...written.attack, shadowModels: 8 } });
    expect(through(100, shadows(4), shadows(8), both).past).toEqual([shadows(4), shadows(8)]);
  });

  test('two options that one move of a hand sets, again and again, are one step', () => {
    const moves = [0, 16, 17, 33, 34, 50].map((time, i) => ({
      time,
      to: at({ seed: 2 + i, training: { ...written.training, epochs: 3 + (i >> 1) } }),
    }));
    let steps = noSteps;
    let now = at({ training: { ...written.training, epochs: 2 } });
    for (const { time, to } of moves) {
      steps = stepped(steps, now, to, time);
      now = to;
    }
    expect(steps.past).toHaveLength(1);
  });

  test('what changes nothing is no step, and a slider that comes back to where it was leaves none', () => {
    expect(through(100, shadows(4), shadows(4)).past).toEqual([]);
    expect(through(100, shadows(4), shadows(8), shadows(4)).past).toEqual([]);
  });

  test('another scenario is a step even where its experiment is the same', () => {
    expect(through(5000, at({}), at({}, 'other')).past).toHaveLength(1);
  });
});

describe('steps', () => {
  test('go back and forth, and a change ends the way forth', () => {
    const steps = through(5000, shadows(4), shadows(8), shadows(16));
    const back = stepBack(steps, shadows(16));
    expect(back?.to).toEqual(shadows(8));
    const forth = stepForth(back?.steps as Steps, shadows(8));
    expect(forth?.to).toEqual(shadows(16));
    expect(stepForth(forth?.steps as Steps, shadows(16))).toBeNull();
    const changed = stepped(back?.steps as Steps, shadows(8), shadows(32), 99_999);
    expect(changed.future).toEqual([]);
    expect(changed.past).toEqual([shadows(4), shadows(8)]);
    expect(stepBack(noSteps, shadows(4))).toBeNull();
  });

  test('a change soon after going back is a step of its own', () => {
    const back = stepBack(through(5000, shadows(4), shadows(8)), shadows(8));
    expect(stepped(back?.steps as Steps, shadows(4), shadows(6), 5001).past).toEqual([shadows(4)]);
  });

  test('are at most a hundred: the oldest go', () => {
    const { past } = through(5000, ...Array.from({ length: 131 }, (_, seed) => at({ seed })));
    expect(past).toHaveLength(100);
    expect(past[0]?.experiment.seed).toBe(30);
  });

  test('on data that was replaced are left out', () => {
    const own = at({ data: { ...written.data, id: 'own' } });
    const steps: Steps = { past: [shadows(4), own], future: [own, shadows(8)], burst: null };
    expect(withoutOwn(steps)).toEqual({ past: [shadows(4)], future: [shadows(8)], burst: null });
  });
});

describe('the store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setUp() {
    let listener: (message: EngineMessage) => void = () => undefined;
    let readings = 0;
    const engine = {
      run: () => 1,
      stop: () => undefined,
      read: () => ++readings,
      use: () => undefined,
      subscribe: (next: typeof listener) => {
        listener = next;
        return () => undefined;
      },
    } as unknown as Engine;
    const store = createLabStore({ engine, catalog, presets: scenarios, now: () => Date.now() });
    const pause = () => vi.advanceTimersByTime(5000);
    const bring = () => {
      store.getState().bring([{ name: 'kinds.csv', content: new Blob(['a,b']) }]);
      listener({ type: 'own-data', reading: readings, summary: table });
      store.getState().useOwn();
    };
    return { store, pause, bring };
  }
  const seedTo = (seed: number) => (experiment: Experiment) => ({ ...experiment, seed });

  test('takes back an edit, a scenario, a link and a reset, and does them again; the link follows', () => {
    const { store, pause } = setUp();
    const { edit, choosePreset, open, reset, undo, redo, link } = store.getState();
    open('');
    const links = [link()];
    for (const change of [() => edit(seedTo(7)), () => choosePreset('backdoor'), () => open('#/run?v=1&seed=5'), reset]) {
      pause();
      change();
      links.push(link());
    }
    expect(new Set(links.slice(0, 4)).size).toBe(4);
    for (const before of links.slice(0, -1).reverse()) {
      undo();
      expect(link()).toBe(before);
    }
    undo(); // there is nothing more
    expect(link()).toBe(links[0]);
    for (const after of links.slice(1)) {
      redo();
      expect(link()).toBe(after);
    }
    redo();
    expect(link()).toBe(links.at(-1));
  });

  test('typing a number is one step, and one after a pause another', () => {
    const { store, pause } = setUp();
    const { edit, undo } = store.getState();
    const { seed } = store.getState().experiment;
    for (const typed of [4, 42, 421]) {
      edit(seedTo(typed));
      vi.advanceTimersByTime(200);
    }
    pause();
    edit(seedTo(9));
    undo();
    expect(store.getState().experiment.seed).toBe(421);
    undo();
    expect(store.getState().experiment.seed).toBe(seed);
    expect(store.getState().steps.past).toEqual([]);
  });

  test('what the page opens with is no step, what is refused neither', () => {
    const { store } = setUp();
    store.getState().open('#/run?v=1&seed=5');
    store.getState().edit(seedTo(-1));
    expect(store.getState().refusal).not.toBeNull();
    expect(store.getState().steps).toEqual(noSteps);
  });

  test('going back to what was run is to the very experiment, so that nothing counts as changed', () => {
    const { store, pause } = setUp();
    store.getState().start();
    pause();
    store.getState().edit(seedTo(7));
    store.getState().undo();
    expect(store.getState().experiment).toBe(store.getState().run.experiment);
  });

  test('goes back from own data and forth to it, but never to own data that was replaced', () => {
    const { store, pause, bring } = setUp();
    const { undo, redo } = store.getState();
    const usual = store.getState().experiment.data.id;
    bring();
    expect(store.getState().experiment.data.id).toBe('own');
    undo();
    expect(store.getState().experiment.data.id).toBe(usual);
    redo();
    expect(store.getState().experiment.data.id).toBe('own');
    pause();
    store.getState().edit(seedTo(3));
    pause();
    bring();
    undo();
    expect(store.getState().experiment.data.id).toBe(usual);
    expect(store.getState().steps.past).toEqual([]);
  });
});
