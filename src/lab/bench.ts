/**
 * How fast this device is at what Threatloop does, beside what it would be without stacks: the same measurement in the terminal
 * and in the page, so that a user can measure their own machine and send the result.
 */

export const benches = ['stack', 'lira'] as const;
export type BenchName = (typeof benches)[number];

export const benchModels = ['mlp', 'cnn'] as const;

export type BaselineWay = 'one after another' | 'bmm' | 'vmap';

/** One thing measured. */
export interface BenchRow {
  readonly bench: BenchName;
  /** `threatloop` is ours; the others are baselines, measured in the same run. */
  readonly implementation: 'threatloop' | 'tf.layers' | 'pytorch';
  /** `wasm`, `webgpu`, `webgl`, `cpu`; of PyTorch what it calls its device. */
  readonly backend: string;
  /** Of a baseline outside TF.js: the backend of ours beside which it was measured, in turns. */
  readonly beside?: string;
  /** Trainers at work side by side. */
  readonly threads: number;
  readonly model: (typeof benchModels)[number];
  /** Networks trained as one, or one after another. For `lira` the shadow models. */
  readonly networks: number;
  /**
   * Of a baseline: how those networks are trained. One after another each costs the same, so of them only one is timed. `bmm`: one
   * product for all of them, and for convolutions one convolution in groups; `vmap`: PyTorch's own transformation.
   */
  readonly how?: BaselineWay;
  /** Median over the repetitions: of `stack` for one step of one network, of `lira` from the call to the scores. */
  readonly milliseconds: number;
  /** Every repetition, in order. */
  readonly repetitions: readonly number[];
  /** Of `lira`: scaled up from fewer networks. */
  readonly extrapolated?: true;
}

/** Something that could not be measured here, and why. */
export interface BenchGap {
  readonly bench: BenchName;
  readonly implementation: BenchRow['implementation'];
  readonly backend: string;
  readonly model: BenchRow['model'];
  readonly why: string;
}

/** What a host is told while it measures. */
export type BenchEvent =
  | { readonly type: 'benched'; readonly result: BenchRow | BenchGap }
  /** What is measured next; `done` and `total` count repetitions. */
  | { readonly type: 'benching'; readonly says: string; readonly done: number; readonly total: number };

/** How many times faster than a baseline ours is. */
export interface BenchRatio extends Pick<BenchRow, 'backend' | 'model' | 'networks' | 'threads'> {
  readonly against: 'tf.layers' | 'pytorch';
  /** How the baseline trains, and on what. */
  readonly how: BaselineWay;
  readonly device: string;
  /** More than 1: ours is that many times faster. */
  readonly ratio: number;
}

/** Ours against every baseline that did the same work beside it. */
export function ratiosOf(rows: readonly BenchRow[]): BenchRatio[] {
  return rows
    .filter(({ implementation }) => implementation === 'threatloop')
    .flatMap((ours) => {
      const { bench, backend, model, networks, threads } = ours;
      const baselines = rows.filter(
        (row) =>
          row.bench === bench && row.model === model && row.networks === networks && (row.beside ?? row.backend) === backend,
      );
      return baselines.flatMap(({ implementation, how = 'one after another', backend: device, milliseconds }) =>
        implementation === 'threatloop'
          ? []
          : { backend, model, networks, threads, against: implementation, how, device, ratio: milliseconds / ours.milliseconds },
      );
    });
}
