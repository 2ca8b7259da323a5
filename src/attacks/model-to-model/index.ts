/** Model → model: what a model's answers give away of the model itself. */
import type { Attack } from '../../core/attack.ts';
import activeExtraction from './active-extraction.ts';
import dataFreeExtraction from './data-free-extraction.ts';
import equationSolving from './equation-solving.ts';
import jacobianExtraction from './jacobian-extraction.ts';
import knockoff from './knockoff.ts';

export const modelToModel: readonly Attack[] = [
  knockoff,
  activeExtraction,
  jacobianExtraction,
  dataFreeExtraction,
  equationSolving,
];
