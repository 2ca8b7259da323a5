/** A lecture as data: an experiment, what to say about it, and the band its numbers must fall in. */
import type { Axis } from '../core/attack.ts';
import type { MetricName } from '../core/event.ts';

/** For each lane by name, where each metric must fall, on any backend. */
export type Band = Readonly<Record<string, Partial<Record<MetricName, readonly [low: number, high: number]>>>>;

export interface StoryStep {
  /** The part of the page that it is about. */
  readonly focus: 'data' | 'model' | 'training' | 'attack' | 'defense' | 'lanes' | 'evidence' | 'verdict';
  readonly say: string;
  /** A question to answer before the next step is read. */
  readonly ask?: string;
  /** What is changed in the experiment for this step and those after it, by its path: it then runs again. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Where the numbers fall with that, at the scenario's own seed. */
  readonly band?: Band;
}

/** For whom: whoever sees an attack for the first time, goes on, or thinks that it is known how it ends. */
export const levels = ['first steps', 'deeper', 'surprising'] as const;

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly level: (typeof levels)[number];
  /** The arrow of the loop that it shows. */
  readonly axis: Axis;
  /** One or two sentences for a reader who sees it for the first time. */
  readonly says: string;
  /** What a reader is led through: where to look, what is to be seen, and what to guess before looking. */
  readonly story: readonly StoryStep[];
  /** For whoever shows it to others: what to say, what goes wrong, what students ask. */
  readonly notes: string;
  /** How long it takes without a GPU, where that is more than half a minute: said before it starts. */
  readonly seconds?: number;
  /** An experiment as a person would type it; what is missing has its usual value. */
  readonly experiment: object;
  /** Where the numbers fall at the scenario's own seed. */
  readonly band: Band;
}
