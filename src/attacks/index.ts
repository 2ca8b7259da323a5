import type { Attack } from '../core/attack.ts';
import { modelToData } from './model-to-data/index.ts';

export const attacks: readonly Attack[] = [...modelToData];
