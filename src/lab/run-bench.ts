/**
 * The benchmark, for every host: ours and its baselines on one backend, in turns.
 *
 *     for await (const event of runBench('stack', {}, host)) …
 *
 * Ending the generator ends the measuring, also in the middle of a repetition of ours.
 */
import type { ReadAsset } from '../core/dataset.ts';
import type { Catalog } from '../core/experiment.ts';
import type { Compute, TrainingJob } from '../core/training.ts';
import type { BaselineWay, BenchEvent, BenchName, BenchRow } from './bench.ts';
import { benchLira } from './bench-lira.ts';
import { benchStack } from './bench-stack.ts';

/** What to measure; what is left out is measured as usual. */
export interface BenchOptions {
  readonly models?: readonly BenchRow['model'][];
  /** How many networks, or shadow models; several one after another. */
  readonly networks?: readonly number[];
  readonly repetitions?: number;
  /** How long one repetition of `stack` should take, in milliseconds. */
  readonly repetition?: number;
  /** Passes over the digits in `lira`. */
  readonly epochs?: number;
}

/** What a host lends to a benchmark. */
export interface BenchHost {
  readonly catalog: Catalog;
  readonly read: ReadAsset;
  /** Milliseconds since whenever. */
  readonly clock: () => number;
  /** One trainer. */
  readonly one: Compute;
  /** All trainers, where there are several. */
  readonly all?: { readonly compute: Compute; readonly threads: number };
  /** TF.js's own layers on the same backend. @returns milliseconds a step of one network */
  baseline(job: TrainingJob): Promise<number>;
  /** The same work outside TF.js. */
  readonly twins?: readonly BenchTwin[];
}

/** Somebody else's implementation of the same work. It is asked by name, and has the digits itself. */
export interface BenchTwin {
  readonly implementation: 'pytorch';
  /** What it calls its device. */
  readonly backend: string;
  readonly how: BaselineWay;
  /** @returns milliseconds a step of one network */
  stack(work: { readonly model: BenchRow['model']; readonly networks: number; readonly steps: number }): Promise<number>;
  /** @returns milliseconds from the digits to the scores */
  lira(work: { readonly model: BenchRow['model']; readonly networks: number; readonly epochs: number }): Promise<number>;
}

export function runBench(name: BenchName, options: BenchOptions, host: BenchHost): AsyncGenerator<BenchEvent> {
  return name === 'stack' ? benchStack(options, host) : benchLira(options, host);
}
