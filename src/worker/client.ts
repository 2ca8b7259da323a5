/**
 * The page's end of the engine. Watches over it: an engine that has died is replaced, and the run that it was at is repeated.
 */
import type { Chain } from '../core/chain.ts';
import type { Experiment } from '../core/experiment.ts';
import type { UnreadFile } from '../data-files/own-data.ts';
import type { BenchName } from '../lab/bench.ts';
import type { Engine, EngineMessage } from '../lab/messages.ts';
import type { Spread } from '../lab/spread.ts';
import type { EngineCommand, EngineReply, Rung } from './protocol.ts';

const allRungs: readonly Rung[] = ['webgpu', 'wasm', 'webgl', 'cpu'];

/** The engine answers a ping at once unless it is gone; a machine under load may be late by a second or two. */
const pingEvery = 1000;
const longestSilence = 6000;
const mostRestarts = 3;

interface Reading {
  readonly reading: number;
  readonly files: readonly UnreadFile[];
}

export interface EngineOptions {
  /** Rungs to try, best first. */
  readonly rungs?: readonly Rung[];
  /** Also accept a software graphics adapter; slower than wasm, for tests. */
  readonly softwareGpu?: boolean;
}

/** `?backend=wasm` begins the ladder at that rung, and `?backend=software-webgpu` with a software adapter; all else is ignored. */
export function engineOptionsOf(search: string): EngineOptions {
  const wanted = new URLSearchParams(search).get('backend');
  if (wanted === 'software-webgpu') return { softwareGpu: true };
  const first = allRungs.indexOf(wanted as Rung);
  return first < 0 ? {} : { rungs: allRungs.slice(first) };
}

export function createEngine({ rungs = allRungs, softwareGpu = false }: EngineOptions = {}): Engine {
  const listeners = new Set<(message: EngineMessage) => void>();
  const tell = (message: EngineMessage) => {
    for (const listener of listeners) listener(message);
  };
  let worker: Worker;
  let heard = 0;
  let restarts = 0;
  let run = 0;
  /** The run that has begun and not ended, to be repeated if the engine dies under it. */
  let open:
    | { readonly run: number; readonly experiment: Experiment }
    | { readonly run: number; readonly spread: Spread }
    | { readonly run: number; readonly bench: BenchName }
    | { readonly run: number; readonly answers: true }
    | { readonly run: number; readonly chain: Chain; readonly seeds: readonly number[] }
    | undefined;
  let paused = false;
  let stopping = false;
  let watchdog: ReturnType<typeof setInterval> | undefined;
  let readings = 0;
  /** Files in use and files just brought, to be read again by an engine that takes over. */
  let used: Reading | undefined;
  let brought: Reading | undefined;
  let weights: UnreadFile['content'] | undefined;
  const savers: ((file: Uint8Array<ArrayBuffer> | undefined) => void)[] = [];

  const post = (command: EngineCommand) => worker.postMessage(command);

  const begin = (work: NonNullable<typeof open>) => {
    if ('bench' in work) post({ type: 'bench', ...work });
    else if ('answers' in work) post({ type: 'answers', run: work.run });
    else if ('chain' in work) post({ type: 'chain', ...work });
    else if ('spread' in work) post({ type: 'spread', ...work });
    else post({ type: 'run', ...work });
  };

  const start = (told: readonly string[]) => {
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
    heard = performance.now();
    worker.addEventListener('message', ({ data }: MessageEvent<EngineReply>) => {
      heard = performance.now();
      if (data.type === 'pong') return;
      if (data.type === 'weights') {
        for (const settle of savers.splice(0)) settle(data.file);
        return;
      }
      if (data.type === 'finished') restarts = 0; // what went wrong before is over
      if (['finished', 'stopped', 'failed'].includes(data.type) && 'run' in data && data.run === open?.run) open = undefined;
      if ('run' in data && data.run !== run) return; // from a run that was given up
      tell(data);
    });
    worker.addEventListener('error', (event) => replace(event.message || 'its worker did not load'));
    post({ type: 'start', rungs, told, softwareGpu });
    if (used) post({ type: 'read', ...used });
    if (used) post({ type: 'use', reading: used.reading });
    if (brought) post({ type: 'read', ...brought });
    if (weights) post({ type: 'weights', content: weights });
    if (open) begin(open);
    if (open && paused) post({ type: 'pause' });
    clearInterval(watchdog);
    watchdog = setInterval(watch, pingEvery);
  };

  const replace = (why: string) => {
    worker.terminate();
    for (const settle of savers.splice(0)) settle(undefined);
    if (++restarts > mostRestarts) {
      clearInterval(watchdog);
      watchdog = undefined;
      open = undefined;
      tell({ type: 'failed', run, message: `the engine stopped ${restarts} times (${why}); run again to start it anew` });
      return;
    }
    if (stopping && open) {
      // It was told to stop and died before it could say so: that is stopped enough.
      tell({ type: 'stopped', run });
      open = undefined;
    }
    if (open && 'bench' in open) {
      // Half a measurement on an engine and half on another would be neither.
      tell({ type: 'failed', run, message: `the engine stopped (${why}) while it was measuring` });
      open = undefined;
    }
    tell({ type: 'recovering', why: `engine: ${why}` });
    start([`engine: ${why}`]);
  };

  let ticked = performance.now();
  const watch = () => {
    const now = performance.now();
    // Where this thread itself was held up or put to sleep, answers lie unread behind this very call: silence then means nothing.
    if (document.hidden || now - ticked > 2 * pingEvery) heard = now;
    else if (now - heard > longestSilence) replace(`it was silent for ${longestSilence / 1000} s`);
    ticked = now;
    post({ type: 'ping' });
  };
  start([]);

  const perform = (work: NonNullable<typeof open>) => {
    open = work;
    paused = false;
    stopping = false;
    tellOrRestart(() => begin(work));
    return work.run;
  };

  /** @param tellIt what a new engine is told by itself */
  const tellOrRestart = (tellIt: () => void) => {
    if (watchdog) return tellIt();
    restarts = 0; // it had given up; the person has not
    start([]);
  };

  return {
    run: (experiment) => perform({ run: ++run, experiment }),
    spread: (spread) => perform({ run: ++run, spread }),
    bench: (name) => perform({ run: ++run, bench: name }),
    answers: () => perform({ run: ++run, answers: true }),
    chain: (chain, seeds) => perform({ run: ++run, chain, seeds }),
    pause() {
      paused = true;
      post({ type: 'pause' });
    },
    resume() {
      paused = false;
      post({ type: 'resume' });
    },
    step: () => post({ type: 'step' }),
    stop() {
      stopping = true;
      post({ type: 'stop' });
    },
    read(files) {
      const own = { reading: ++readings, files };
      brought = own;
      tellOrRestart(() => post({ type: 'read', ...own }));
      return own.reading;
    },
    use(reading) {
      if (brought?.reading !== reading) return;
      used = brought;
      brought = undefined;
      post({ type: 'use', reading });
    },
    forget() {
      brought = undefined;
      post({ type: 'forget' });
    },
    takeWeights(content) {
      weights = content;
      tellOrRestart(() => post({ type: 'weights', content }));
    },
    saveWeights: () =>
      new Promise((settle) => {
        savers.push(settle);
        post({ type: 'save-weights' });
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
