/** Everything that an experiment can be made of. Adding a member to one of these lists is all that makes it known. */
import { datasets } from '../../datasets/index.ts';
import { targets } from '../../models/index.ts';
import { attacks } from '../attacks/index.ts';
import type { Catalog } from '../core/experiment.ts';
import { defenses } from '../defenses/index.ts';
import { protections } from '../protections/index.ts';

export const catalog: Catalog = { datasets, protections, models: targets, attacks, defenses };
