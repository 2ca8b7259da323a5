/** The scenarios in the order in which the page offers them; the first one is what it opens with. */
import equations from './equations.ts';
import falseFriend from './false-friend.ts';
import labelsOnly from './labels-only.ts';
import madeQuestions from './made-questions.ts';
import membership from './membership.ts';
import plane from './plane.ts';
import planeTheft from './plane-theft.ts';
import type { Scenario } from './scenario.ts';
import shoppers from './shoppers.ts';
import steal from './steal.ts';

export const scenarios: readonly Scenario[] = [
  membership,
  plane,
  falseFriend,
  labelsOnly,
  shoppers,
  steal,
  planeTheft,
  equations,
  madeQuestions,
];
