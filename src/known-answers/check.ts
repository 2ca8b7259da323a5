/**
 * A check: something that Threatloop computes and that somebody else has computed too, from the same input and by another road. Whoever
 * doubts the numbers of this playground can have them all computed again where they sit:
 *
 *     for await (const { result } of runChecks(checks, host)) …
 */
import type { ReadAsset } from '../core/dataset.ts';
import type { Compute } from '../core/training.ts';
import { type Reference, type ReferenceName, references } from './references.ts';

export const families = [
  'Statistics and intervals',
  'Membership inference',
  'Privacy accounting',
  'Networks, trained on this device',
  'What attackers search and solve',
  'Pictures and marks',
  'Chance and data',
] as const;

/** What a check may ask of where it runs. */
export interface CheckHost {
  readonly compute: Compute;
  readonly read: ReadAsset;
  /** Whether the device has gone: no check is to be blamed for that, and the host may begin again on another. */
  isLost?(error: unknown): boolean;
}

/** How far apart two figures may be, and why that far. */
export interface Allowance {
  readonly within: number;
  /** As it stands, as a share of each figure, or as a share of the largest in its table. */
  readonly of: 'difference' | 'figure' | 'largest';
  readonly because: string;
}

export interface Declaration {
  readonly id: string;
  readonly family: (typeof families)[number];
  /** What is computed, in one sentence. */
  readonly says: string;
  /** Who computed the other figure. */
  readonly source: string;
  readonly allowed: Allowance;
}

/** The same figures, in the same order. */
export interface Figures {
  readonly ours: ArrayLike<number>;
  readonly theirs: ArrayLike<number>;
}

export interface Check extends Declaration {
  /** Where the other figure is written down; none where a formula or an exhaustive search gives it. */
  readonly file?: ReferenceName;
  figures(host: CheckHost): Promise<Figures>;
}

type Made = ArrayLike<number> | Promise<ArrayLike<number>>;

/** Compared with what another implementation wrote down. */
export function against<Name extends ReferenceName>(
  file: Name,
  {
    ours,
    theirs,
    ...declared
  }: Declaration & {
    ours(reference: Reference<Name>, host: CheckHost): Made;
    theirs(reference: Reference<Name>): ArrayLike<number>;
  },
): Check {
  return {
    ...declared,
    file,
    async figures(host) {
      const reference = (await references[file]()).default as Reference<Name>;
      return { ours: await ours(reference, host), theirs: theirs(reference) };
    },
  };
}

/** Compared with what has to come out: known beforehand, or found by trying everything. */
export function againstTruth({
  ours,
  theirs,
  ...declared
}: Declaration & { ours(host: CheckHost): Made; theirs(): ArrayLike<number> }): Check {
  return { ...declared, figures: async (host) => ({ ours: await ours(host), theirs: theirs() }) };
}
