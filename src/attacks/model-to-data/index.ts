/** Model → data: what a trained model gives away about what it was trained on. */
import type { Attack } from '../../core/attack.ts';
import exposure from './exposure.ts';
import generateAndRank from './generate-and-rank.ts';
import gradientLeakage from './gradient-leakage.ts';
import inversionNetwork from './inversion-network.ts';
import labelOnly from './label-only.ts';
import labelOnlyInversion from './label-only-inversion.ts';
import lira from './lira.ts';
import lossThreshold from './loss-threshold.ts';
import miFace from './mi-face.ts';
import modifiedEntropy from './modified-entropy.ts';
import prefixExtraction from './prefix-extraction.ts';
import priorInversion from './prior-inversion.ts';
import rmia from './rmia.ts';
import secretPrompting from './secret-prompting.ts';
import shadowClassifier from './shadow-classifier.ts';

export const modelToData: readonly Attack[] = [
  lossThreshold,
  modifiedEntropy,
  shadowClassifier,
  labelOnly,
  lira,
  rmia,
  miFace,
  priorInversion,
  inversionNetwork,
  labelOnlyInversion,
  gradientLeakage,
  exposure,
  prefixExtraction,
  generateAndRank,
  secretPrompting,
];
