/** Data → model: what a model can be taught by whoever may add to its training data. */
import type { Attack } from '../../core/attack.ts';
import badnets from './badnets.ts';

export const dataToModel: readonly Attack[] = [badnets];
