/** The scenarios in the order in which the page offers them; the first one is what it opens with. */
import falseFriend from './false-friend.ts';
import labelsOnly from './labels-only.ts';
import membership from './membership.ts';
import plane from './plane.ts';
import type { Scenario } from './scenario.ts';
import shoppers from './shoppers.ts';

export const scenarios: readonly Scenario[] = [membership, plane, falseFriend, labelsOnly, shoppers];
