/** Data → model: what a model can be taught by whoever may add to its training data. */
import type { Attack } from '../../core/attack.ts';
import badnets from './badnets.ts';
import blended from './blended.ts';
import featureCollision from './feature-collision.ts';
import gcg from './gcg.ts';
import gradientMatching from './gradient-matching.ts';
import harmfulFineTuning from './harmful-fine-tuning.ts';
import jailbreakTemplates from './jailbreak-templates.ts';
import labelFlip from './label-flip.ts';
import manyShot from './many-shot.ts';
import randomSearch from './random-search.ts';
import truthSerum from './truth-serum.ts';

export const dataToModel: readonly Attack[] = [
  badnets,
  blended,
  labelFlip,
  featureCollision,
  gradientMatching,
  truthSerum,
  harmfulFineTuning,
  jailbreakTemplates,
  manyShot,
  randomSearch,
  gcg,
];
