/** What each defense was measured to do to each attack, from the same figures as docs/attacks.md; written by the catalogue. */
import type { MetricName } from '../core/event.ts';
import figures from './measured.json' with { type: 'json' };

export interface Measured {
  readonly defense: string;
  readonly metric: MetricName;
  /** Of the attack's own number: without the defense, and with it, with its 95 % interval over seeds. */
  readonly without: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const measuredAgainst = (attack: string): readonly Measured[] =>
  Object.hasOwn(figures, attack) ? ((figures as unknown as Record<string, readonly Measured[]>)[attack] ?? []) : [];
