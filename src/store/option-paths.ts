/** An experiment as a flat list of what was chosen, each by its dotted path as in a link: `seed`, `attack.shadowModels`, `lanes.1.dp-sgd.clip`. */
import type { Experiment } from '../core/experiment.ts';
import type { ParamValue } from '../core/params.ts';
import { textOf } from './read-value.ts';

export function optionsOf({ lanes, training, seed, ...parts }: Experiment): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  const say = (where: string, values: Readonly<Record<string, ParamValue>>) => {
    for (const [key, value] of Object.entries(values)) options.set(`${where}.${key}`, textOf(value));
  };
  options.set('seed', String(seed));
  for (const part of ['data', 'protection', 'model', 'attack'] as const) say(part, parts[part] ?? {});
  say('training', training);
  lanes.forEach(({ name, defenses }, lane) => {
    options.set(`lanes.${lane}.name`, name);
    options.set(`lanes.${lane}.defenses`, defenses.map(({ id }) => id).join(','));
    for (const { id, ...values } of defenses) say(`lanes.${lane}.${id}`, values);
  });
  return options;
}

const parts = ['seed', 'data', 'protection', 'model', 'training', 'attack', 'lanes'];
/** Where a path stands when an experiment is read; within a part as it comes, lane by lane. */
const placeOf = (path: string) => {
  const [part = '', lane] = path.split('.');
  return parts.indexOf(part) + (part === 'lanes' ? Number(lane) : 0);
};

/** The paths at which not all of them are alike, in the order in which an experiment is read. */
export function differingPaths(experiments: readonly ReadonlyMap<string, string>[]): string[] {
  const paths = [...new Set(experiments.flatMap((options) => [...options.keys()]))];
  return paths
    .filter((path) => new Set(experiments.map((options) => options.get(path))).size > 1)
    .sort((a, b) => placeOf(a) - placeOf(b));
}
