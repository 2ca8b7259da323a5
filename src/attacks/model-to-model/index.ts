/** Model → model: what a model's answers give away of the model itself. */
import type { Attack } from '../../core/attack.ts';
import knockoff from './knockoff.ts';

export const modelToModel: readonly Attack[] = [knockoff];
