/** Another attack, or other data, with all that must change with it: what is attacked in text is no picture, and the other way round. */
import { dataOf, isProtected } from '../core/access.ts';
import { type Catalog, type Experiment, find } from '../core/experiment.ts';
import type { Scenario } from '../scenarios/scenario.ts';

type Given = Scenario['experiment'] & { readonly attack?: { readonly id?: string }; readonly data?: { readonly id?: string } };

/** The experiment with that attack; where it is made on data of another kind, that of a scenario with it or with one of its family. */
export function withAttack(
  { seed, ...experiment }: Experiment,
  id: string,
  catalog: Catalog,
  scenarios: readonly Scenario[],
): object {
  const { access, family } = find(catalog.attacks, 'attack', id);
  const now = find(catalog.attacks, 'attack', experiment.attack.id);
  // What is protected is another table, or other pictures, than a model is taught; and how it is protected goes with the attack.
  const same = isProtected(access) || isProtected(now.access) ? access === now.access : dataOf[access] === dataOf[now.access];
  if (same) return { ...experiment, attack: { id }, seed };
  const given = scenarios.map((scenario): Given => scenario.experiment);
  const familyOf = ({ attack }: Given) => catalog.attacks.find((one) => one.id === attack?.id)?.family;
  const shown = given.find(({ attack }) => attack?.id === id);
  if (shown) return { ...shown, seed };
  const near = given.find((one) => familyOf(one) === family);
  return { data: near?.data ?? { id: catalog.datasets.find(({ kind }) => kind === dataOf[access])?.id }, attack: { id }, seed };
}

/** The experiment on that data; where another kind of attack is made on it, a scenario's. */
export function withData(
  experiment: Experiment,
  id: string,
  data: object,
  catalog: Catalog,
  scenarios: readonly Scenario[],
): object {
  const { kind } = find(catalog.datasets, 'dataset', id);
  if (kind === find(catalog.datasets, 'dataset', experiment.data.id).kind) return { ...experiment, data };
  const given = scenarios.map((scenario): Given => scenario.experiment);
  const near = given.find((one) => (one.data?.id ?? 'mnist') === id);
  return near ? { ...near, seed: experiment.seed } : { data: { id }, seed: experiment.seed };
}
