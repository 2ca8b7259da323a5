/** All checks, by family. */
import { chanceChecks } from './chance.ts';
import type { Check } from './check.ts';
import { membershipChecks } from './membership.ts';
import { networkChecks } from './networks.ts';
import { pictureChecks } from './pictures.ts';
import { privacyChecks } from './privacy.ts';
import { searchChecks } from './searches.ts';
import { statisticsChecks } from './statistics.ts';

export const checks: readonly Check[] = [
  ...statisticsChecks,
  ...membershipChecks,
  ...privacyChecks,
  ...networkChecks,
  ...searchChecks,
  ...pictureChecks,
  ...chanceChecks,
];
