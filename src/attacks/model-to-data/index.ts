/** Model → data: what a trained model gives away about what it was trained on. */
import type { Attack } from '../../core/attack.ts';
import labelOnly from './label-only.ts';
import lira from './lira.ts';
import lossThreshold from './loss-threshold.ts';
import miFace from './mi-face.ts';
import modifiedEntropy from './modified-entropy.ts';
import rmia from './rmia.ts';
import shadowClassifier from './shadow-classifier.ts';

export const modelToData: readonly Attack[] = [lossThreshold, modifiedEntropy, shadowClassifier, labelOnly, lira, rmia, miFace];
