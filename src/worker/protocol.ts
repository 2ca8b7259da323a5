/**
 * What crosses between threads: types only. Four parties: the page, the engine (one worker), its trainers (a pool), and a reader while
 * a person brings data.
 */
import type { Chain } from '../core/chain.ts';
import type { Experiment } from '../core/experiment.ts';
import type { GradientsJob, LogitsJob, TrainingJob, TrainingReport, Weights } from '../core/training.ts';
import type { OwnData, UnreadFile } from '../data-files/own-data.ts';
import type { OwnSummary } from '../data-files/summary.ts';
import type { BenchName } from '../lab/bench.ts';
import type { EngineMessage } from '../lab/messages.ts';
import type { Spread } from '../lab/spread.ts';

/** A way to compute, best first: each step down is told in one line. */
export type Rung = 'webgpu' | 'wasm' | 'webgl' | 'cpu';

/** From the page to the engine. A run's number lets late messages be told from those that count. */
export type EngineCommand =
  | { readonly type: 'start'; readonly rungs: readonly Rung[]; readonly told: readonly string[]; readonly softwareGpu: boolean }
  | { readonly type: 'run'; readonly run: number; readonly experiment: Experiment }
  | { readonly type: 'spread'; readonly run: number; readonly spread: Spread }
  | { readonly type: 'chain'; readonly run: number; readonly chain: Chain; readonly seeds: readonly number[] }
  | { readonly type: 'bench'; readonly run: number; readonly bench: BenchName }
  | { readonly type: 'answers'; readonly run: number }
  | { readonly type: 'pause' | 'resume' | 'step' | 'stop' }
  | { readonly type: 'read'; readonly reading: number; readonly files: readonly UnreadFile[] }
  | { readonly type: 'use'; readonly reading: number }
  | { readonly type: 'forget' }
  /** A language model's weights from a file, for the runs that begin from now on. */
  | { readonly type: 'weights'; readonly content: UnreadFile['content'] }
  | { readonly type: 'save-weights' }
  | { readonly type: 'ping' };

/** From the engine to the page. */
export type EngineReply =
  | EngineMessage
  | { readonly type: 'pong' }
  | { readonly type: 'weights'; readonly file: Uint8Array<ArrayBuffer> | undefined };

/** From the engine to a trainer. Each request is answered once, under its number. */
export type TrainerRequest =
  | { readonly type: 'start'; readonly rung: Rung; readonly softwareGpu: boolean }
  | { readonly type: 'open'; readonly training: number; readonly job: TrainingJob }
  | { readonly type: 'next'; readonly training: number }
  | { readonly type: 'close'; readonly training: number }
  | { readonly type: 'logits'; readonly job: LogitsJob }
  | { readonly type: 'gradients'; readonly job: GradientsJob }
  /** The same training with TF.js's own layers, for the benchmark. */
  | { readonly type: 'baseline'; readonly job: TrainingJob };

export type TrainerAnswer =
  | { readonly type: 'started'; readonly backend: string }
  /** This rung is not to be had on this device, and why. */
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'report'; readonly report: TrainingReport }
  | { readonly type: 'trained'; readonly weights: Weights[] }
  /** Of each network. */
  | { readonly type: 'tables'; readonly tables: Float32Array<ArrayBuffer>[] }
  /** Of one step of one network. */
  | { readonly type: 'baseline'; readonly milliseconds: number }
  | { readonly type: 'done' };

export interface TrainerCall {
  readonly call: number;
  readonly request: TrainerRequest;
}

export type TrainerReply =
  | { readonly call: number; readonly answer: TrainerAnswer }
  | { readonly call: number; readonly error: { readonly name: string; readonly message: string; readonly stack: string } }
  /** Not asked for: the device has gone. */
  | { readonly lost: string };

/** From the engine to a reader, which answers once. */
export interface ReaderCall {
  readonly files: readonly UnreadFile[];
}

export type ReaderReply = { readonly data: OwnData; readonly summary: OwnSummary } | { readonly refused: string };

/** One end of a line to another thread, whatever kind of thread it is. */
export interface Port<Out, In> {
  /** @param moved of the message's buffers, those that go along rather than being copied */
  post(message: Out, moved?: readonly ArrayBuffer[]): void;
  listen(onMessage: (message: In) => void, onDeath: (why: string) => void): void;
  close(): void;
}
