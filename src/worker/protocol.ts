/** What crosses between threads: types only. Three parties: the page, the engine (one worker), and its trainers (a pool). */
import type { Experiment } from '../core/experiment.ts';
import type { GradientsJob, LogitsJob, TrainingJob, TrainingReport, Weights } from '../core/training.ts';
import type { BenchName } from '../lab/bench.ts';
import type { EngineMessage } from '../lab/messages.ts';

/** A way to compute, best first: each step down is told in one line. */
export type Rung = 'webgpu' | 'wasm' | 'webgl' | 'cpu';

/** From the page to the engine. A run's number lets late messages be told from those that count. */
export type EngineCommand =
  | { readonly type: 'start'; readonly rungs: readonly Rung[]; readonly told: readonly string[]; readonly softwareGpu: boolean }
  | { readonly type: 'run'; readonly run: number; readonly experiment: Experiment }
  | { readonly type: 'bench'; readonly run: number; readonly bench: BenchName }
  | { readonly type: 'pause' | 'resume' | 'step' | 'stop' }
  | { readonly type: 'ping' };

/** From the engine to the page. */
export type EngineReply = EngineMessage | { readonly type: 'pong' };

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

/** One end of a line to another thread, whatever kind of thread it is. */
export interface Port<Out, In> {
  post(message: Out): void;
  listen(onMessage: (message: In) => void, onDeath: (why: string) => void): void;
  close(): void;
}
