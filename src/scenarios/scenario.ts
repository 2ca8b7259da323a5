/** A lecture as data: an experiment, what to say about it, and the band its numbers must fall in. */
import type { MetricName } from '../core/event.ts';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly level: 'first steps' | 'deeper' | 'surprising';
  /** One or two sentences for a reader who sees it for the first time. */
  readonly says: string;
  /** An experiment as a person would type it; what is missing has its usual value. */
  readonly experiment: object;
  /** For each lane by name, where each metric must fall at the scenario's own seed, on any backend. */
  readonly band: Readonly<Record<string, Partial<Record<MetricName, readonly [low: number, high: number]>>>>;
}
