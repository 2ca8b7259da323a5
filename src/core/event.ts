/**
 * The one stream that a run is: the page, the terminal, the tests and a recording all consume it. Plain values, no tensors.
 */
import type { Evidence } from './evidence.ts';

/** The names of metrics, the same in JSON, CSV and on the page. */
export const metricNames = [
  'trainAccuracy',
  'testAccuracy',
  'epsilon',
  // membership inference
  'auc',
  'tprAtFpr0.01',
  'tprAtFpr0.001',
  'advantage',
  // extraction
  'fidelity',
  'queries',
  // poisoning
  'cleanAccuracy',
  'attackSuccessRate',
  // pictures
  'correlation',
  'margin',
  'ssim',
  'psnr',
  'mse',
  // language models
  'exposure',
  'extractionRate',
  'precision',
  'perplexity',
  'refusalRate',
  // what a shared gradient is still worth
  'gradientCosine',
  // what was got back of protected data
  'recoveryRate',
  // marks
  'bitAccuracy',
  'zScore',
  'editRate',
  // whether a defense notices
  'detectionRate',
  'falseAlarmRate',
] as const;
export type MetricName = (typeof metricNames)[number];

/** Those that are no share of a whole, so that per cent would say nothing. */
export const plainMetrics: readonly MetricName[] = [
  ...(['auc', 'advantage', 'epsilon', 'correlation', 'margin', 'ssim', 'psnr', 'mse', 'exposure', 'perplexity'] as const),
  ...(['zScore', 'queries'] as const),
];

/** A number with its 95 % interval and how it came about; `value` is null where the sample cannot resolve it. */
export interface MetricValue {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How value and interval were obtained: `Wilson, n = 1,000`, or why there is none. */
  readonly how: string;
  /** What it would be if the attacker had nothing: guessing, or a model that nobody touched. */
  readonly chance?: number;
  /** What that is, where it is not guessing. */
  readonly chanceIs?: string;
  /** The most that it can be, where that is not 1. */
  readonly most?: number;
  /** The number of independent things it rests on (examples, or seeds). */
  readonly sampleSize: number;
  /** What the number depends on: for ε its accountant, order, δ, q, σ and steps. */
  readonly details?: Readonly<Record<string, number | string>>;
}

export interface ProgressEvent {
  readonly type: 'progress';
  /** `training the target`, `training 16 shadow models`, … */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
}

export interface MetricEvent {
  readonly type: 'metric';
  readonly name: MetricName;
  readonly metric: MetricValue;
}

export interface EvidenceEvent {
  readonly type: 'evidence';
  /** A later event of the same id and lane replaces an earlier one: that is how a curve grows. */
  readonly id: string;
  readonly evidence: Evidence;
}

/** Something worth saying in one line. */
export interface NoteEvent {
  readonly type: 'note';
  readonly text: string;
}

/** How long a part of a lane took, by the host's clock. */
export interface SecondsEvent {
  readonly type: 'seconds';
  readonly part: 'training' | 'attack';
  readonly seconds: number;
}

/** What a lane yields. */
export type LaneEvent = ProgressEvent | MetricEvent | EvidenceEvent | NoteEvent | SecondsEvent;

/** What a run yields; `lane` is the index of the lane, and absent where the whole run speaks. */
export type Event = LaneEvent & { readonly lane?: number };

export const progress = (phase: string, done: number, total: number): ProgressEvent => ({ type: 'progress', phase, done, total });
export const metric = (name: MetricName, value: MetricValue): MetricEvent => ({ type: 'metric', name, metric: value });
export const evidence = (id: string, value: Evidence): EvidenceEvent => ({ type: 'evidence', id, evidence: value });
export const note = (text: string): NoteEvent => ({ type: 'note', text });

/**
 * Work that says how far it is, as progress of a phase.
 * @param total what the numbers that it says are parts of
 * @param before what was done before it began
 */
export function* working<T>(phase: string, work: Generator<number, T>, total = 1, before = 0): Generator<ProgressEvent, T> {
  let step = work.next();
  while (!step.done) {
    yield progress(phase, before + step.value, total);
    step = work.next();
  }
  return step.value;
}

/** What comes of such work, where it is too short to say how far it is. */
export function ended<T>(work: Generator<number, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
