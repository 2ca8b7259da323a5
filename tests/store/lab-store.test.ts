/** The store against an engine that only remembers what it was told. React is made unloadable: the store must not need it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { metric } from '../../src/core/event.ts';
import { type Experiment, find } from '../../src/core/experiment.ts';
import type { RangeParam } from '../../src/core/params.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Engine, EngineMessage } from '../../src/lab/messages.ts';
import type { Spread } from '../../src/lab/spread.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { createLabStore } from '../../src/store/lab-store.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

function setUp() {
  const told: string[] = [];
  let listener: (message: EngineMessage) => void = () => undefined;
  let ran: Experiment | undefined;
  let spread: Spread | undefined;
  const engine: Engine = {
    run: (experiment) => {
      ran = experiment;
      return told.push('run');
    },
    spread: (asked) => {
      spread = asked;
      return told.push('spread');
    },
    bench: () => told.push('bench'),

    chain: () => told.push('chain'),
    pause: () => told.push('pause'),
    resume: () => told.push('resume'),
    step: () => told.push('step'),
    stop: () => told.push('stop'),
    read: () => told.push('read'),
    use: () => told.push('use'),
    forget: () => told.push('forget'),
    takeWeights: () => told.push('takeWeights'),
    saveWeights: async () => undefined,
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
  };
  const store = createLabStore({ engine, catalog, presets: scenarios, now: () => 0 });
  return { store, told, say: (message: EngineMessage) => listener(message), ran: () => ran, spread: () => spread };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the store', () => {
  test('opens with the default scenario and runs exactly what it shows', () => {
    const { store, ran } = setUp();
    store.getState().start();
    expect(ran()).toBe(store.getState().experiment);
    expect(store.getState().run.status).toBe('running');
  });

  test('refuses an edit that is not allowed, says why, and keeps the experiment', () => {
    const { store } = setUp();
    const before = store.getState().experiment;
    store.getState().edit((experiment) => ({ ...experiment, seed: -1 }));
    expect(store.getState().experiment).toBe(before);
    expect(store.getState().refusal).toContain('seed is -1; allowed: a whole number');
  });

  test('spreads an option over five values around where it stands, and shows no lanes meanwhile', () => {
    const { store, spread } = setUp();
    const { shadowModels } = find(catalog.attacks, 'attack', 'lira').params as { shadowModels: RangeParam };
    store.getState().edit((experiment) => ({ ...experiment, attack: { id: 'lira', shadowModels: 16 } }));
    store.getState().spread(['attack', 'shadowModels'], shadowModels);
    expect(spread()?.values).toEqual([4, 8, 16, 32, 64]);
    expect(spread()?.experiments.map(({ attack }) => attack.shadowModels)).toEqual([4, 8, 16, 32, 64]);
    expect(store.getState().run).toMatchObject({ spreading: true, status: 'running', lanes: [] });
    store.getState().start();
    expect(store.getState().run.spreading).toBe(false);
  });

  test('tells its listeners of many events at once, and of none twice', () => {
    const { store, say } = setUp();
    store.getState().start();
    let calls = 0;
    store.subscribe(() => calls++);
    for (let i = 1; i <= 100; i++) {
      const value = 0.5 + i / 1000;
      const event = { ...metric('auc', { value, low: value, high: value, how: 'by hand', sampleSize: 2 }), lane: 0 };
      say({ type: 'event', run: 1, event });
    }
    expect(calls).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(calls).toBe(1);
    expect(store.getState().run.lanes[0]?.metrics.auc?.value).toBe(0.6);
    expect(store.getState().leakage['model-to-data']?.values[0]).toBeCloseTo(0.6);
  });

  test('pauses, resumes, steps and stops through the engine', () => {
    const { store, told, say } = setUp();
    store.getState().start();
    store.getState().pause();
    expect(store.getState().run.status).toBe('paused');
    store.getState().step();
    expect(store.getState().run.status).toBe('paused');
    store.getState().resume();
    expect(store.getState().run.status).toBe('running');
    store.getState().stop();
    say({ type: 'stopped', run: 1 });
    expect(store.getState().run.status).toBe('stopped');
    expect(told).toEqual(['run', 'pause', 'step', 'resume', 'stop']);
  });

  test('reset forgets results and settings, and what the ended run still says', () => {
    const { store, say } = setUp();
    const before = store.getState().experiment;
    store.getState().edit((experiment) => ({ ...experiment, seed: 5 }));
    store.getState().start();
    store.getState().reset();
    say({ type: 'stopped', run: 1 });
    expect(store.getState().experiment).toEqual(before);
    expect(store.getState().run).toMatchObject({ status: 'idle', experiment: null, lanes: [] });
  });
});
