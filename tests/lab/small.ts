/** Small experiments: as little work as shows what an attack or a defense does. */
import { dataOf } from '../../src/core/attack.ts';
import { initialValues, type Param } from '../../src/core/params.ts';
import type { catalog } from '../../src/lab/catalog.ts';
import { smallOf } from './experiments.ts';

/** As little work as shows everything, so that a whole suite takes seconds. */
export const little: Readonly<Record<string, number>> = {
  ...{ shadowModels: 4, queries: 60, steps: 50, samples: 8, epochs: 2, rate: 0.05 },
  ...{ texts: 10, suffix: 4, prompts: 1, candidates: 4, shots: 1, copies: 2, erased: 2 }, // of text
};
const quick = (attack: (typeof catalog.attacks)[number]) => ({
  id: attack.id,
  ...initialValues(attack.params),
  ...Object.fromEntries(
    Object.entries(dataOf[attack.access] === 'examples' ? little : { ...little, steps: 2 }).filter(([key, value]) =>
      isAllowed(attack.params[key], value),
    ),
  ),
});
/** An option of that name may count something else: nine of LiRA's queries are many. */
export const isAllowed = (param: Param | undefined, value: number) =>
  param?.kind === 'range' && value >= param.min && value <= param.max;

/** The model of an attack that knows only one. */
const modelOf: Readonly<Record<string, object>> = { 'equation-solving': { model: { id: 'softmax' } } };
export const small = (attack: (typeof catalog.attacks)[number]) => ({
  ...smallOf[attack.family],
  ...modelOf[attack.id],
  attack: quick(attack),
});
