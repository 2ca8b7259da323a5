/** Small experiments: as little work as shows what an attack or a defense does. */
import { dataOf } from '../../src/core/access.ts';
import type { Attack } from '../../src/core/attack.ts';
import { type Chosen, initialValues, type Param } from '../../src/core/params.ts';
import { catalog as known } from '../../src/lab/catalog.ts';
import { smallOf } from './experiments.ts';

/** As little work as shows everything, so that a whole suite takes seconds. */
export const little: Readonly<Record<string, number>> = {
  ...{ shadowModels: 4, queries: 60, steps: 50, samples: 8, epochs: 2, rate: 0.05 },
  ...{ texts: 10, suffix: 4, prompts: 1, candidates: 4, shots: 1, copies: 2, erased: 2 }, // of text
};
const quick = (attack: Attack) => ({
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

/** What is protected where an attack is usually made on protected data. */
export function usualProtection({ access }: Pick<Attack, 'access'>): Chosen | undefined {
  const protection = known.protections.find((one) => one.access === access);
  return protection && { id: protection.id, ...initialValues(protection.params) };
}

const someDigits = { id: 'digits8', members: 20, nonMembers: 0, population: 100, test: 50 };
const someMarkedTexts = { data: { id: 'mail' }, protection: { id: 'green-list', texts: 3, mails: 4 }, model: {}, training: {} };
/** Where an attack needs another model, or other data, than its family's usual ones. */
const ownOf: Readonly<Record<string, object>> = {
  'equation-solving': { model: { id: 'softmax' } },
  'block-decryption': { data: someDigits },
  'instance-decoding': { data: someDigits },
  'token-substitution': someMarkedTexts,
  paraphrase: someMarkedTexts,
};
export const small = (attack: Attack) => ({
  ...smallOf[attack.family],
  ...ownOf[attack.id],
  attack: quick(attack),
});
