/** The store against an engine that only remembers what it was told. React is made unloadable: the store must not need it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Event, evidence, metric } from '../../src/core/event.ts';
import { type Experiment, find, resolveExperiment } from '../../src/core/experiment.ts';
import type { RangeParam } from '../../src/core/params.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Engine, EngineMessage } from '../../src/lab/messages.ts';
import { writeRecording } from '../../src/lab/recording.ts';
import type { Spread } from '../../src/lab/spread.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { createLabStore, watched } from '../../src/store/lab-store.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

function setUp(readRecording?: (id: string) => string) {
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
    answers: () => told.push('answers'),

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
  const store = createLabStore({
    engine,
    catalog,
    presets: scenarios,
    now: () => 0,
    ...(readRecording && { readRecording: async (id) => readRecording(id) }),
  });
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

  describe('a recorded run', () => {
    const said = (value: number): Event => ({
      ...metric('auc', { value, low: value, high: value, how: '', sampleSize: 2 }),
      lane: 0,
    });
    const drawn = (y: number): Event => ({
      ...evidence('loss', { kind: 'curve', title: '', xLabel: '', yLabel: '', lines: [{ name: '', x: [0], y: [y] }] }),
      lane: 0,
    });
    const recordingOf = (experiment: Experiment) =>
      writeRecording({
        subject: { experiment },
        backend: 'wasm',
        messages: [
          { at: 100, message: { type: 'event', event: said(0.7) } },
          { at: 100, message: { type: 'event', event: drawn(1) } },
          { at: 1000, message: { type: 'event', event: said(0.8) } },
          { at: 1000, message: { type: 'event', event: drawn(2) } },
          { at: 1001, message: { type: 'finished', seconds: 1 } },
        ],
      });
    const begun = async (change?: (experiment: Experiment) => object) => {
      const lab = setUp((id) => recordingOf(resolveExperiment(scenarios.find((one) => one.id === id)?.experiment, catalog)));
      if (change) lab.store.getState().edit(change);
      lab.store.getState().begin();
      await vi.advanceTimersByTimeAsync(0);
      const auc = () => watched(lab.store.getState()).lanes[0]?.metrics.auc?.value;
      const loss = () => {
        const shown = watched(lab.store.getState()).lanes[0]?.evidence.loss;
        return shown?.kind === 'curve' ? shown.lines[0]?.y[0] : undefined;
      };
      return { ...lab, auc, loss };
    };

    test('is shown at once, plays, and gives way to the live run when that has its verdict', async () => {
      const { store, say, auc, loss } = await begun();
      expect(store.getState()).toMatchObject({ watching: 'recorded', run: { status: 'running' } });
      expect([auc(), loss()]).toEqual([0.8, 2]);
      await vi.advanceTimersByTimeAsync(300);
      expect([auc(), loss()]).toEqual([0.8, 1]); // numbers stand
      await vi.advanceTimersByTimeAsync(2000);
      expect([auc(), loss()]).toEqual([0.8, 2]);
      expect(store.getState().leakage).toEqual({}); // nothing has been measured in this visit
      say({ type: 'event', run: 1, event: said(0.75) });
      say({ type: 'finished', run: 1, seconds: 4 });
      expect(store.getState().watching).toBe('live');
      expect(auc()).toBe(0.75);
    });

    test('stays where a person chose it, and can be left', async () => {
      const { store, say, auc } = await begun();
      store.getState().watch('live');
      expect(auc()).toBeUndefined();
      store.getState().watch('recorded');
      say({ type: 'finished', run: 1, seconds: 4 });
      await vi.advanceTimersByTimeAsync(3000);
      expect(store.getState().watching).toBe('recorded');
      store.getState().start(); // whoever presses Run wants to see it run
      expect(store.getState()).toMatchObject({ watching: 'live', recorded: null });
      store.getState().watch('recorded'); // and who wants the recording gets it
      await vi.advanceTimersByTimeAsync(0);
      expect(store.getState().watching).toBe('recorded');
    });

    test('is of the scenario as it was written, and of nothing else', async () => {
      const { store } = await begun((experiment) => ({ ...experiment, seed: 2 }));
      expect(store.getState()).toMatchObject({ watching: 'live', recorded: null });
      // A person may want to see it all the same.
      store.getState().watch('recorded');
      await vi.advanceTimersByTimeAsync(0);
      expect(store.getState()).toMatchObject({ watching: 'recorded', recorded: { experiment: { seed: 1 } } });
      const other = setUp(() => recordingOf({ ...store.getState().experiment, seed: 9 }));
      other.store.getState().begin();
      await vi.advanceTimersByTimeAsync(0);
      expect(other.store.getState().recorded).toBeNull();
      other.store.getState().watch('recorded');
      await vi.advanceTimersByTimeAsync(0);
      expect(other.store.getState()).toMatchObject({ watching: 'live', recorded: null });
      expect(other.store.getState().notices).toEqual([expect.stringContaining('recorded run could not be loaded')]);
    });
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
