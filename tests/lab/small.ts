/** Small experiments: as little work as shows what an attack or a defense does. */
import { dataOf, isProtected } from '../../src/core/access.ts';
import type { Attack } from '../../src/core/attack.ts';
import type { Defense } from '../../src/core/defense.ts';
import { misplaced } from '../../src/core/experiment.ts';
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

/** An attack that these defenses stand against, and how the data is protected where it is made on protected data. */
export interface Place {
  readonly attack: Attack;
  readonly protection?: Chosen;
}

/** The first place in a list of attacks where all of these defenses may stand. */
export function placeFor(attacks: readonly Attack[], defenses: readonly Defense[]): Place | undefined {
  const places = attacks.flatMap((attack): Place[] => {
    const ways = known.protections.filter(({ access }) => access === attack.access);
    const protections = ways.map(({ id, params }): Chosen => ({ id, ...initialValues(params) }));
    return isProtected(attack.access) ? protections.map((protection) => ({ attack, protection })) : [{ attack }];
  });
  return places.find(({ attack, protection }) => !defenses.some((defense) => misplaced(defense, attack, protection)));
}

const someDigits = { id: 'digits8', members: 20, nonMembers: 0, population: 100, test: 50 };
const someMarkedTexts = { data: { id: 'mail' }, protection: { id: 'green-list', texts: 3, mails: 4 }, model: {}, training: {} };
/** Where an attack needs another model, or other data, than its family's usual ones. */
const ownOf: Readonly<Record<string, object>> = {
  'equation-solving': { model: { id: 'softmax' } },
  'block-decryption': { data: someDigits },
  'instance-decoding': { data: someDigits },
  'secret-prompting': { data: { id: 'castle' }, training: { epochs: 0 } },
  'token-substitution': someMarkedTexts,
  paraphrase: someMarkedTexts,
};
export const small = (attack: Attack) => ({
  ...smallOf[attack.family],
  ...ownOf[attack.id],
  attack: quick(attack),
});
