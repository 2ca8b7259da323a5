/** A chain as a lesson: what one arrow yields and the next needs, what one would expect of that, and what was found. */
import type { Axis } from '../core/attack.ts';

export interface ChainStep {
  /** How many of the arrows are shown with what they got; a step that asks shows one less than the next. */
  readonly arrows: number;
  /** The number of the defense with which they are shown. */
  readonly defense?: number;
  readonly say: string;
  /** A question to answer before the next step is read. */
  readonly ask?: string;
}

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
  /** What a room is led through, arrow by arrow. */
  readonly story: readonly ChainStep[];
  /** For whoever shows it to others. */
  readonly notes: string;
  /** A chain as a person would type it; what is missing has its usual value. */
  readonly chain: object;
}
