/**
 * The one store of the page: the experiment being edited, and the run being watched. It knows no React and no DOM; the page
 * subscribes to it, and the engine's messages are folded into it.
 *
 * Messages may come hundreds a second. None is dropped, but they are folded in batches, so that what listens is told at most
 * about eight times a second: charts cannot be redrawn, or followed, faster than that.
 */
import { createStore } from 'zustand/vanilla';
import { ownId } from '../../datasets/own/index.ts';
import type { Axis } from '../core/attack.ts';
import type { MetricName } from '../core/event.ts';
import { type Catalog, type Experiment, find, resolveExperiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { RangeParam } from '../core/params.ts';
import type { LanguageWeights } from '../data-files/language-weights.ts';
import type { UnreadFile } from '../data-files/own-data.ts';
import type { Engine, EngineMessage } from '../lab/messages.ts';
import { type Recording, readRecording as recordingIn } from '../lab/recording.ts';
import { decodeLink, encodeLink, type Preset } from './link.ts';
import { foldOwn, noOwn, type OwnState, takeOwn } from './own-state.ts';
import { endOf, play } from './recorded.ts';
import { type Begun, fold, idleRun, type RunState, shiftProgress, startRun } from './run-state.ts';
import { spreadValues } from './spread-values.ts';
import { texts } from './texts.ts';
import { type Configured, noSteps, type Steps, stepBack, stepForth, stepped, withoutOwn } from './undo.ts';

const millisecondsBetweenBatches = 125;

export interface LabState {
  readonly preset: string;
  /** Always complete and allowed: an edit that is not is refused, and `refusal` says why. */
  readonly experiment: Experiment;
  readonly refusal: string | null;
  /** What of the configuration can be undone, and what that was undone can be done again. */
  readonly steps: Steps;
  /** What the link asked for and did not get. */
  readonly notices: readonly string[];
  readonly run: RunState;
  /** The recorded run of the scenario, where it is shown as it was written; null where there is none. */
  readonly recorded: RunState | null;
  /** Which of the two is watched. */
  readonly watching: 'live' | 'recorded';
  /** What an experiment can be made of; a person's own data among it once they have brought some. */
  readonly catalog: Catalog;
  /** Data that is being brought. */
  readonly own: OwnState;
  /** A language model's weights: the name of the file that is in use, and whether some were learned here that can be saved. */
  readonly weights: { readonly file: string | null; readonly learned: boolean };
  /** For each direction attacked in this visit: the headline number of its attack. */
  readonly leakage: Readonly<Partial<Record<Axis, Leak>>>;
}

/** How well an attack did in each lane; what it would have had for nothing where a lane is not that far. */
export interface Leak {
  readonly metric: MetricName;
  readonly values: readonly number[];
  readonly chances: readonly number[];
  /** The most that the number can be. */
  readonly most: number;
}

export interface LabActions {
  edit(change: (experiment: Experiment) => object): void;
  choosePreset(id: string): void;
  open(link: string): void;
  undo(): void;
  redo(): void;
  /** Says one sentence above the results, once. */
  tell(sentence: string): void;
  dismissNotices(): void;
  link(): string;
  start(): void;
  /** Starts what has just been opened; a scenario as it was written shows its recorded run until the live one has its verdict. */
  begin(): void;
  /** Watches the recorded run from its beginning, until told otherwise; or the live one. */
  watch(which: LabState['watching']): void;
  /** Runs what is shown at several values of one option, each at several seeds. @param path its place, such as `attack.rate` */
  spread(path: readonly string[], param: RangeParam): void;
  pause(): void;
  resume(): void;
  step(): void;
  stop(): void;
  /** Reads a person's own files and offers what was read. */
  bring(files: readonly UnreadFile[]): void;
  /** Takes what is offered: it joins the catalog, and the experiment is on it. */
  useOwn(): void;
  /** Gives up reading, or lets go of what is offered. */
  forgetOwn(): void;
  /** Begins with these weights from now on. @param model what they are the weights of */
  takeWeights(file: UnreadFile, model: LanguageWeights['model']): void;
  saveWeights(): ReturnType<Engine['saveWeights']>;
  /** Forgets the results and goes back to the scenario as it was written. */
  reset(): void;
}

export interface LabParts {
  readonly engine: Engine;
  readonly catalog: Catalog;
  /** The first one is the default. */
  readonly presets: readonly Preset[];
  readonly now?: () => number;
  /** The recorded run of a scenario, as text; rejects where there is none. */
  readonly readRecording?: (id: string) => Promise<string>;
  /** Whether a person wants nothing to move by itself. */
  readonly still?: () => boolean;
}

/** What is watched: the live run, or the recorded one. */
export const watched = ({ watching, recorded, run }: LabState): RunState => (watching === 'recorded' ? (recorded ?? run) : run);

/** Enough for an interval, few enough to wait for. */
const spreadSeeds = 3;

export function createLabStore({ engine, catalog, presets, now = () => performance.now(), readRecording, still }: LabParts) {
  const presetOf = (id: string) => find(presets, 'scenario', id);
  let recording: Recording | undefined;
  /** Whether a person chose to watch it. */
  let chosen = false;
  /** What the page opens with is where it begins, not a change of it. */
  let opened = false;
  let endPlay = () => {};
  const store = createStore<LabState & LabActions>()((set, get) => {
    const forgetRecording = () => {
      endPlay();
      recording = undefined;
      chosen = false;
      set({ recorded: null, watching: 'live' });
    };
    /** @param asked whether a person wants it, whatever runs and whatever was changed since */
    const showRecording = async (asked = false) => {
      const { preset, experiment, run } = get();
      const written = resolveExperiment(presetOf(preset).experiment, catalog);
      if (!readRecording || !(asked || same(experiment, written))) return;
      const text = await readRecording(preset).catch(() => undefined);
      const found = text === undefined ? undefined : recordingFor(text, written);
      if (get().preset !== preset || get().run.run !== run.run) return;
      if (!found) {
        // Without it the page is as it would be live.
        if (asked) get().tell(texts.watching.none);
        return;
      }
      if (!asked && get().run.status === 'finished') return; // too late to be of use
      recording = found;
      chosen = asked;
      set({ recorded: endOf(found, written, preset), watching: 'recorded' });
      if (!still?.()) playRecording();
    };
    const playRecording = () => {
      endPlay();
      const { recorded, experiment } = get();
      if (!recording || !recorded) return;
      endPlay = play(recording, endOf(recording, recorded.experiment ?? experiment, recorded.begun.preset), (state) =>
        set({ recorded: state }),
      );
    };
    const configured = (): Configured => ({ preset: get().preset, experiment: get().experiment });
    /** A change of the configuration, which can be undone. */
    const configure = (change: Partial<LabState>) => {
      const { steps } = get();
      const before = configured();
      set({ notices: [], refusal: null, ...change });
      set({ steps: stepped(steps, before, configured(), now()) });
    };
    const goTo = (gone: ReturnType<typeof stepBack>) => {
      if (gone) set({ ...gone.to, steps: gone.steps, refusal: null, notices: [] });
    };
    const begunNow = (spread: Begun['spread'] = null): Begun => ({
      preset: get().preset,
      at: new Date().toISOString(),
      spread,
    });
    const setRun = (change: (run: RunState) => RunState) => set(({ run }) => ({ run: change(run) }));
    return {
      ...decodeLink('', presets, catalog),
      refusal: null,
      steps: noSteps,
      run: idleRun,
      recorded: null,
      watching: 'live',
      catalog,
      own: noOwn,
      weights: { file: null, learned: false },
      leakage: {},

      edit(change) {
        try {
          configure({ experiment: resolveExperiment(change(get().experiment), get().catalog) });
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          set({ refusal: error.message });
        }
      },
      choosePreset(id) {
        configure({ preset: id, experiment: resolveExperiment(presetOf(id).experiment, catalog) });
      },
      open(link) {
        const found = decodeLink(link, presets, catalog);
        if (opened) configure(found);
        else set({ ...found, refusal: null });
        opened = true;
      },
      undo: () => goTo(stepBack(get().steps, configured())),
      redo: () => goTo(stepForth(get().steps, configured())),
      tell: (sentence) => set(({ notices }) => ({ notices: notices.includes(sentence) ? notices : [...notices, sentence] })),
      dismissNotices: () => set({ notices: [], refusal: null }),
      link: () => encodeLink(presetOf(get().preset), get().experiment, catalog),

      start() {
        const { experiment } = get();
        const run = engine.run(experiment);
        forgetRecording();
        setRun((state) => startRun(state, run, experiment, begunNow()));
      },
      begin() {
        get().start();
        void showRecording();
      },
      watch(which) {
        if (which === 'recorded' && !get().recorded) {
          void showRecording(true);
          return;
        }
        chosen = which === 'recorded';
        set({ watching: which });
        if (chosen) playRecording();
        else endPlay();
      },
      spread(path, param) {
        const { experiment, catalog: known } = get();
        const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], experiment) as number;
        const found = spreadValues(param, value).flatMap((one) => {
          try {
            const changed = structuredClone(experiment) as unknown;
            const last = path.at(-1) as string;
            const place = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], changed);
            (place as Record<string, unknown>)[last] = one;
            return [{ value: one, experiment: resolveExperiment(changed, known) }];
          } catch (error) {
            if (error instanceof InputError) return []; // a value that cannot stand with the rest is left out
            throw error;
          }
        });
        const values = found.map((one) => one.value);
        const run = engine.spread({
          label: param.label,
          values,
          experiments: found.map((one) => one.experiment),
          seeds: spreadSeeds,
        });
        forgetRecording();
        const spread = { path: path.join('.'), values, seeds: spreadSeeds };
        setRun((state) => startRun(state, run, experiment, begunNow(spread)));
      },
      pause() {
        engine.pause();
        pausedAt = now();
        setRun((run) => (run.status === 'running' ? { ...run, status: 'paused' } : run));
      },
      resume() {
        const pause = now() - pausedAt;
        setRun((run) => (run.status === 'paused' ? shiftProgress({ ...run, status: 'running' }, pause) : run));
        engine.resume();
      },
      step: () => engine.step(),
      stop: () => engine.stop(),
      bring(files) {
        const first = files[0]?.name ?? '';
        set({ own: { status: 'reading', reading: engine.read(files), first, files: files.length } });
      },
      useOwn() {
        const { own, experiment, catalog: known, run } = get();
        if (own.status !== 'offered') return;
        try {
          const taken = takeOwn(own.summary, experiment, known);
          // What runs on own data that is replaced could not be repeated.
          if (run.experiment?.data.id === ownId) engine.stop();
          engine.use(own.reading);
          configure({ ...taken, own: noOwn });
          set(({ steps }) => ({ steps: withoutOwn(steps) }));
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          set({ own: { ...own, refusal: error.message } });
        }
      },
      forgetOwn() {
        engine.forget();
        set({ own: noOwn });
      },
      takeWeights({ name, content }, model) {
        get().edit((experiment) => ({ ...experiment, model: { ...experiment.model, ...model, weights: 'from a file' } }));
        if (get().refusal !== null) return; // no model here is like that: what was in use stays
        engine.takeWeights(content);
        set(({ weights }) => ({ weights: { ...weights, file: name } }));
      },
      saveWeights: () => engine.saveWeights(),
      reset() {
        engine.stop();
        get().choosePreset(get().preset);
        forgetRecording();
        // Run number 0 is nobody's, so whatever the ended run still says is dropped.
        set(({ run }) => ({ run: { ...idleRun, backend: run.backend }, leakage: {} }));
      },
    };
  });

  let pausedAt = 0;
  let waiting: { message: EngineMessage; at: number }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    store.setState(({ run, leakage, watching }) => {
      const next = batch.reduce((state, { message, at }) => fold(state, message, at), run);
      const over = next.status === 'finished' && !chosen;
      return { run: next, leakage: rememberLeakage(leakage, next, catalog), watching: over ? 'live' : watching };
    });
    if (store.getState().watching === 'live') endPlay();
  };
  engine.subscribe((message) => {
    if ('reading' in message) {
      store.setState(({ own }) => ({ own: foldOwn(own, message) }));
      return;
    }
    if (message.type === 'weights-learned') {
      store.setState(({ weights }) => ({ weights: { ...weights, learned: true } }));
      return;
    }
    waiting.push({ message, at: now() });
    // `started` can come while `run` has not yet returned the number it carries, so it waits its turn like an event.
    if (message.type === 'event' || message.type === 'started') timer ??= setTimeout(flush, millisecondsBetweenBatches);
    else flush();
  });
  return store;
}

const same = (one: Experiment, other: Experiment) => JSON.stringify(one) === JSON.stringify(other);

/** A recording of what a scenario was before it was changed is none, and neither is a damaged one. */
function recordingFor(text: string, written: Experiment): Recording | undefined {
  let recording: Recording;
  try {
    recording = recordingIn(text);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
  return 'experiment' in recording.subject && same(recording.subject.experiment, written) ? recording : undefined;
}

export type LabStore = ReturnType<typeof createLabStore>;

function rememberLeakage(before: LabState['leakage'], { experiment, lanes }: RunState, catalog: Catalog): LabState['leakage'] {
  if (!experiment) return before;
  const attack = find(catalog.attacks, 'attack', experiment.attack.id);
  const [metric] = attack.metrics;
  const numbers = lanes.map(({ metrics }) => metrics[metric]);
  const known = numbers.find((number) => number?.value != null);
  if (!known) return before;
  const chances = numbers.map((number) => number?.chance ?? known.chance ?? 0);
  const values = numbers.map((number, lane) => number?.value ?? (chances[lane] as number));
  const old = before[attack.axis];
  const same =
    old?.metric === metric && old.values.length === values.length && old.values.every((value, i) => value === values[i]);
  return same ? before : { ...before, [attack.axis]: { metric, values, chances, most: known.most ?? 1 } };
}
