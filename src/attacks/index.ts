import type { Attack } from '../core/attack.ts';
import { dataToData } from './data-to-data/index.ts';
import { dataToModel } from './data-to-model/index.ts';
import { modelToData } from './model-to-data/index.ts';
import { modelToModel } from './model-to-model/index.ts';

export const attacks: readonly Attack[] = [...modelToData, ...dataToModel, ...modelToModel, ...dataToData];
