/** A chain as a lesson: what one arrow yields and the next needs, what one would expect of that, and what was found. */
import type { Axis } from '../core/attack.ts';

export interface ChainLesson {
  readonly id: string;
  readonly title: string;
  /** The arrows of the loop, in order. */
  readonly axes: readonly Axis[];
  /** Two or three sentences for a reader who sees it for the first time. */
  readonly says: string;
  /** What the literature has one expect, and where. */
  readonly hypothesis: string;
  /** What came of it here, at six seeds, in numbers; also where there is no effect. */
  readonly found: string;
  /** A chain as a person would type it; what is missing has its usual value. */
  readonly chain: object;
}
