/** The scenarios in the order in which the gallery shows them; the first one is what the page opens with. */
import membership from './membership.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [membership];
