/** The scenarios in the order in which the page offers them; the first one is what it opens with. */

import averagedMark from './averaged-mark.ts';
import backdoor from './backdoor.ts';
import badgeNumbers from './badge-numbers.ts';
import byHeart from './by-heart.ts';
import cleanLabel from './clean-label.ts';
import damagedCopies from './damaged-copies.ts';
import eightAtOnce from './eight-at-once.ts';
import equations from './equations.ts';
import faces from './faces.ts';
import falseFriend from './false-friend.ts';
import finePruning from './fine-pruning.ts';
import firstWords from './first-words.ts';
import gradient from './gradient.ts';
import hospitalColumns from './hospital-columns.ts';
import labelFlips from './label-flips.ts';
import labelsOnly from './labels-only.ts';
import learnedMark from './learned-mark.ts';
import madeQuestions from './made-questions.ts';
import madeUpTalk from './made-up-talk.ts';
import membership from './membership.ts';
import mixedPictures from './mixed-pictures.ts';
import noHarmMeant from './no-harm-meant.ts';
import otherDress from './other-dress.ts';
import plane from './plane.ts';
import planeTheft from './plane-theft.ts';
import preferredWords from './preferred-words.ts';
import prior from './prior.ts';
import prunedGradient from './pruned-gradient.ts';
import readOn from './read-on.ts';
import reconstruct from './reconstruct.ts';
import rounding from './rounding.ts';
import type { Scenario } from './scenario.ts';
import shoppers from './shoppers.ts';
import shuffledFaces from './shuffled-faces.ts';
import steal from './steal.ts';
import suffix from './suffix.ts';
import tenExamples from './ten-examples.ts';
import underTheLogo from './under-the-logo.ts';

export const scenarios: readonly Scenario[] = [
  membership,
  plane,
  falseFriend,
  labelsOnly,
  shoppers,
  faces,
  prior,
  rounding,
  reconstruct,
  steal,
  planeTheft,
  equations,
  madeQuestions,
  gradient,
  prunedGradient,
  eightAtOnce,
  backdoor,
  cleanLabel,
  finePruning,
  labelFlips,
  badgeNumbers,
  readOn,
  byHeart,
  tenExamples,
  noHarmMeant,
  firstWords,
  otherDress,
  suffix,
  damagedCopies,
  madeUpTalk,
  hospitalColumns,
  shuffledFaces,
  mixedPictures,
  averagedMark,
  underTheLogo,
  learnedMark,
  preferredWords,
];
