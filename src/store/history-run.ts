/**
 * A finished run as it is kept: the experiment, its numbers with how they came about, the verdict, and where and when it was run. Beside it,
 * because it is large and seldom looked at, what the attack brought home.
 */
import { ownId } from '../../datasets/own/index.ts';
import type { MetricName, MetricValue } from '../core/event.ts';
import type { Evidence, Images, Roc, TextEvidence } from '../core/evidence.ts';
import type { Experiment } from '../core/experiment.ts';
import type { RunState } from './run-state.ts';

export type KeptMetrics = Readonly<Partial<Record<MetricName, MetricValue>>>;

export interface Provenance {
  /** Of this program. */
  readonly build: string;
  readonly tfjs: string;
  readonly backend: string;
  readonly workers: number;
  /** What the graphics adapter calls itself, where one computed. */
  readonly adapter?: string;
  readonly seconds: number;
  /** When it finished, as an ISO date. */
  readonly at: string;
}

export interface FinishedRun {
  readonly pinned: boolean;
  /** The scenario that it began with. */
  readonly preset: string;
  /** Whether the experiment is another one than the scenario's. */
  readonly changed: boolean;
  readonly link: string;
  readonly experiment: Experiment;
  readonly metrics: readonly KeptMetrics[];
  readonly verdict: string;
  readonly provenance: Provenance;
}

/** With the number under which it is kept: later runs have higher ones. */
export interface KeptRun extends FinishedRun {
  readonly id: number;
}

/** A picture as bytes: a quarter of the room, and no eye sees the difference. */
export type KeptImages = Omit<Images, 'pixels'> & { readonly pixels: Uint8Array };
export type KeptPiece = KeptImages | TextEvidence | Roc;
/** What the attack brought home, lane by lane. */
export type KeptFinds = readonly (readonly KeptPiece[])[];

export const isOwn = ({ data }: Experiment): boolean => data.id === ownId;

/** What is to be kept of a run; nothing of one that has no result, or that is many runs in one. */
export function finishedRun(
  { status, spreading, experiment, lanes, evidence, backend, took }: RunState,
  about: Pick<FinishedRun, 'preset' | 'changed' | 'link'> & Omit<Provenance, 'backend' | 'workers' | 'seconds'>,
): FinishedRun | null {
  if (status !== 'finished' || spreading || !experiment || !backend || took === null) return null;
  const { preset, changed, link, ...where } = about;
  const { verdict } = evidence;
  return {
    pinned: false,
    preset,
    changed,
    link,
    experiment,
    metrics: lanes.map(({ metrics }) => metrics),
    verdict: verdict?.kind === 'verdict' ? verdict.sentence : '',
    provenance: { ...where, backend: backend.name, workers: backend.workers, seconds: took },
  };
}

const mostBytes = 300_000;
/** Of a lane: the rest can be seen again by running it again. */
const mostPieces = 2;

/**
 * What each lane brought home: its first pictures, texts and ROC curves, in turns, for as long as there is room. Of a person's own data
 * nothing is kept that could show it.
 * @param inOrder puts the evidence of a lane into the order in which it is read
 */
export function findsOf(
  { experiment, lanes }: Pick<RunState, 'experiment' | 'lanes'>,
  inOrder: (evidence: Readonly<Record<string, Evidence>>) => readonly (readonly [id: string, Evidence])[],
): KeptFinds {
  if (!experiment || isOwn(experiment)) return lanes.map(() => []);
  const found = lanes.map(({ evidence }) => inOrder(evidence).flatMap(([, piece]) => keptPiece(piece) ?? []));
  const kept: KeptPiece[][] = lanes.map(() => []);
  let left = mostBytes;
  for (let place = 0; place < mostPieces; place++)
    for (const [lane, pieces] of found.entries()) {
      const piece = pieces[place];
      const size = piece ? sizeOf(piece) : 0;
      if (!piece || size > left) continue;
      left -= size;
      kept[lane]?.push(piece);
    }
  return kept;
}

function keptPiece(piece: Evidence): KeptPiece | undefined {
  if (piece.kind === 'images') return { ...piece, pixels: bytesOf(piece.pixels) };
  return piece.kind === 'text' || piece.kind === 'roc' ? piece : undefined;
}

const bytesOf = (pixels: Float32Array) => Uint8Array.from(pixels, (value) => Math.round(255 * Math.min(1, Math.max(0, value))));

/** Bytes, about as a browser stores them. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce(
    (sum, [key, inside]) => sum + (Array.isArray(value) ? 0 : 2 * key.length) + sizeOf(inside),
    0,
  );
}

/** As a panel draws it. */
export const shownPiece = (piece: KeptPiece): Images | TextEvidence | Roc =>
  piece.kind === 'images' ? { ...piece, pixels: Float32Array.from(piece.pixels, (value) => value / 255) } : piece;
