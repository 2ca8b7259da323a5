/**
 * What a run shows. A small closed set of kinds: a panel draws a kind, so a new attack needs no new interface code.
 * Every value is structured-cloneable and holds no tensors, so that the same evidence crosses to the page, becomes a
 * line of JSON on disk, and replays from there.
 */

export interface Line {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The ends of each point's interval, where it has one. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
  /** Whether a defense is on, where it is of one lane. */
  readonly defended?: boolean;
}

export interface Curve {
  readonly kind: 'curve';
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  /** Where guessing would be, drawn as a dashed line. */
  readonly chance?: number;
}

export interface Roc {
  readonly kind: 'roc';
  readonly title: string;
  readonly falsePositiveRate: readonly number[];
  readonly truePositiveRate: readonly number[];
  readonly positives: number;
  readonly negatives: number;
  /** The bound that an (ε, δ) guarantee puts on every point, when there is one. */
  readonly guarantee?: { readonly epsilon: number; readonly delta: number };
}

export interface Histogram {
  readonly kind: 'histogram';
  readonly title: string;
  readonly xLabel: string;
  /** `counts.length + 1` edges, shared by the groups. */
  readonly edges: readonly number[];
  readonly groups: readonly { readonly name: string; readonly counts: readonly number[] }[];
}

export interface Scatter {
  readonly kind: 'scatter';
  readonly title: string;
  readonly groups: readonly { readonly name: string; readonly x: readonly number[]; readonly y: readonly number[] }[];
  /** The class that the model answers on a `columns × rows` grid over the extent, row by row from the top. */
  readonly surface?: {
    readonly columns: number;
    readonly rows: number;
    readonly extent: readonly [xMin: number, xMax: number, yMin: number, yMax: number];
    readonly classes: Uint8Array;
  };
}

export interface Confusion {
  readonly kind: 'confusion';
  readonly title: string;
  readonly classes: readonly string[];
  /** Row: truth; column: answer. */
  readonly counts: readonly (readonly number[])[];
}

export interface Images {
  readonly kind: 'images';
  readonly title: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** How many belong together in a row; as many as fit unless said. */
  readonly columns?: number;
  /** `items.length × height × width × channels` values in [0, 1]. */
  readonly pixels: Float32Array;
  readonly items: readonly { readonly caption: string; readonly mark?: 'right' | 'wrong' }[];
}

export interface TextEvidence {
  readonly kind: 'text';
  readonly title: string;
  /** A line break parts one passage from the next. */
  readonly spans: readonly TextSpan[];
}

export interface TextSpan {
  readonly text: string;
  readonly mark?: 'leak' | 'refusal' | 'prompt' | 'green';
  /** How likely the model found it, where that is to be seen. */
  readonly probability?: number;
}

export interface Table {
  readonly kind: 'table';
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Verdict {
  readonly kind: 'verdict';
  readonly title: string;
  readonly sentence: string;
}

export type Evidence = Curve | Roc | Histogram | Scatter | Confusion | Images | TextEvidence | Table | Verdict;
