/**
 * What a host is told while it runs experiments: the events of a run, and where the engine itself is. The page folds these
 * into its state; a recording is the same list on disk.
 */
import type { Chain } from '../core/chain.ts';
import type { Event } from '../core/event.ts';
import type { Experiment } from '../core/experiment.ts';
import type { UnreadFile } from '../data-files/own-data.ts';
import type { OwnSummary } from '../data-files/summary.ts';
import type { CheckEvent } from '../known-answers/run.ts';
import type { BenchEvent, BenchName } from './bench.ts';
import type { ChainNews } from './chain-news.ts';
import type { Spread } from './spread.ts';

export type EngineMessage =
  /** The engine is ready on a backend; `ladder` tells, one line each, which rungs were tried and why they were left. */
  | { readonly type: 'ready'; readonly backend: string; readonly workers: number; readonly ladder: readonly string[] }
  | { readonly type: 'started'; readonly run: number }
  | { readonly type: 'event'; readonly run: number; readonly event: Event }
  /** Of a benchmark: what was measured, and what is measured next. */
  | (BenchEvent & { readonly run: number })
  /** Of figures that others have computed too: whether they agree. */
  | (CheckEvent & { readonly run: number })
  /** Of a chain of attacks. */
  | (ChainNews & { readonly run: number })
  | { readonly type: 'finished'; readonly run: number; readonly seconds: number }
  | { readonly type: 'stopped'; readonly run: number }
  | { readonly type: 'failed'; readonly run: number; readonly message: string }
  /** A device was lost or a worker died; the engine goes on on the next rung, and repeats the run from its beginning. */
  | { readonly type: 'recovering'; readonly why: string }
  /** What was read of a person's own files, or the one sentence that says what is wrong with them. */
  | { readonly type: 'own-data'; readonly reading: number; readonly summary: OwnSummary }
  | { readonly type: 'own-data-refused'; readonly reading: number; readonly why: string }
  /** A run has learned its language: its weights can be saved. */
  | { readonly type: 'weights-learned' };

/** How the page drives the engine. One run at a time: a new one ends the old one. */
export interface Engine {
  /** Starts an experiment and returns the number under which its messages come. */
  run(experiment: Experiment): number;
  /** Runs an experiment at several values of a knob, each at several seeds; otherwise like `run`. */
  spread(spread: Spread): number;
  /** Measures this device, and returns the number under which its messages come. Ends whatever ran; `stop` ends it. */
  bench(name: BenchName): number;
  /** Computes what others have computed too, and compares; otherwise like `run`. */
  answers(): number;
  /** Runs a chain of attacks at several seeds; otherwise like `run`. */
  chain(chain: Chain, seeds: readonly number[]): number;
  pause(): void;
  resume(): void;
  /** Paused: goes on to the next event and pauses again. */
  step(): void;
  stop(): void;
  /** Reads a person's own files, beside whatever runs, and returns the number under which the answer comes. One reading at a time. */
  read(files: readonly UnreadFile[]): number;
  /** From now on, experiments on own data are on what that reading gave. */
  use(reading: number): void;
  /** Gives up a reading that is under way, and lets go of what was read and is not in use. */
  forget(): void;
  /** From now on, runs whose model comes from a file begin with that one. */
  takeWeights(content: UnreadFile['content']): void;
  /** The weights that were learned last, as a safetensors file; nothing where the engine that learned them is gone. */
  saveWeights(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  subscribe(listener: (message: EngineMessage) => void): () => void;
}
