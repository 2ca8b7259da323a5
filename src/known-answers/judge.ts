/** Whether figures agree: the pair that lies furthest apart decides. */
import type { Check, CheckHost, Declaration, Figures } from './check.ts';

/** What came of a check. */
export interface Checked extends Declaration {
  readonly file?: string;
  readonly agrees: boolean;
  /** How many figures were compared. */
  readonly count: number;
  /** The two that lie furthest apart, and how far, as the allowance measures it. */
  readonly ours: number | null;
  readonly theirs: number | null;
  readonly apart: number | null;
  /** Why there was nothing to compare. */
  readonly failure?: string;
}

export async function judge(check: Check, host: CheckHost): Promise<Checked> {
  const { figures, ...declared } = check;
  const nothing = { ...declared, agrees: false, count: 0, ours: null, theirs: null, apart: null };
  try {
    const found = await figures(host);
    const { length } = found.theirs;
    if (length === 0 || found.ours.length !== length)
      return { ...nothing, failure: `${found.ours.length} figures were found; expected ${length || 'at least one'}` };
    return { ...declared, ...furthest(found, check) };
  } catch (error) {
    if (host.isLost?.(error)) throw error;
    return { ...nothing, failure: error instanceof Error ? error.message : String(error) };
  }
}

function furthest({ ours, theirs }: Figures, { allowed }: Declaration): Omit<Checked, keyof Declaration> {
  let largest = 0;
  for (let i = 0; i < theirs.length; i++) largest = Math.max(largest, Math.abs(theirs[i] as number));
  let [at, most] = [0, -1];
  for (let i = 0; i < theirs.length; i++) {
    const apart = distance(ours[i] as number, theirs[i] as number, allowed.of, largest);
    if (!(apart <= most)) [at, most] = [i, apart]; // so that what is no number counts as the furthest
    if (Number.isNaN(apart)) break;
  }
  return {
    agrees: most <= allowed.within,
    count: theirs.length,
    ours: ours[at] as number,
    theirs: theirs[at] as number,
    apart: most,
  };
}

function distance(ours: number, theirs: number, of: Declaration['allowed']['of'], largest: number): number {
  if (ours === theirs) return 0; // also where both are 0, or infinite
  const apart = Math.abs(ours - theirs);
  return of === 'difference' ? apart : apart / (of === 'figure' ? Math.abs(theirs) : largest);
}
