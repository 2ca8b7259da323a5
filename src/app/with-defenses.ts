/** The experiment with other defenses in one lane, which is named after them; the lane is opened where there was none. */
import { type Catalog, type Experiment, find } from '../core/experiment.ts';
import type { Chosen } from '../core/params.ts';
import { texts } from '../store/texts.ts';

const longestName = 40;

export function withDefenses(experiment: Experiment, lane: number, defenses: readonly Chosen[], catalog: Catalog): object {
  const lanes = [...experiment.lanes];
  const others = lanes.filter((_, index) => index !== lane).map(({ name }) => name);
  lanes[lane] = { name: nameOf(defenses, catalog, others), defenses };
  return { ...experiment, lanes };
}

function nameOf(defenses: readonly Chosen[], catalog: Catalog, taken: readonly string[]): string {
  const titles = defenses.map(({ id }) => find(catalog.defenses, 'defense', id).title).join(' + ');
  const name = defenses.length === 0 ? texts.lane.bare : titles.length <= longestName ? titles : texts.lane.defended;
  return taken.includes(name) ? `${name} ${taken.length + 1}` : name;
}
