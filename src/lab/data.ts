/** Data in: loaded, split by seed into disjoint parts, and given its wrong labels. Nobody downstream reshuffles. */
import type { ExampleDataset, ReadAsset } from '../core/dataset.ts';
import { type Examples, take } from '../core/examples.ts';
import type { Experiment, splitParams } from '../core/experiment.ts';
import type { Values } from '../core/params.ts';
import type { Random } from '../core/random.ts';
import type { Column } from '../core/table.ts';

export interface Split {
  readonly shape: readonly number[];
  readonly classes: number;
  /** Of a table; of other data there are none. */
  readonly columns: readonly Column[];
  readonly members: Examples;
  readonly nonMembers: Examples;
  /** The attacker's. */
  readonly population: Examples;
  readonly test: Examples;
  /** The defender's public examples: what the other parts leave, at most this many. */
  readonly reference: Examples;
  /** From elsewhere: of other classes, of another year; empty where no attacker has them. */
  readonly others: Examples;
}

const mostReference = 2000;
const mostOthers = 4000;

/** Everything but what only some attackers have: see `othersOf`. */
export async function splitData(
  dataset: ExampleDataset,
  chosen: Experiment['data'],
  read: ReadAsset,
  random: Random,
): Promise<Split> {
  const options = chosen as unknown as Values<typeof splitParams>;
  const all = await dataset.load(chosen, read, random.stream('data'));
  const classes = dataset.classes(chosen);
  const order = random.stream('split').permutation(all.count);
  let used = 0;
  const next = (count: number) => {
    const part = take(all, order.subarray(used, used + count));
    used += part.count;
    return part;
  };
  const noise = random.stream('label noise');
  return {
    shape: dataset.shape(chosen),
    classes,
    columns: dataset.columns?.(chosen) ?? [],
    members: mislabelled(next(options.members), options.labelNoise, classes, noise.stream('members')),
    nonMembers: mislabelled(next(options.nonMembers), options.labelNoise, classes, noise.stream('non-members')),
    population: next(options.population),
    test: next(options.test),
    reference: next(Math.min(mostReference, all.count - used)),
    others: none,
  };
}

/** Examples from elsewhere, for an attacker who knows such things; none where the dataset has none. */
export async function othersOf(
  dataset: ExampleDataset,
  chosen: Experiment['data'],
  read: ReadAsset,
  random: Random,
): Promise<Examples> {
  return (await dataset.others?.(chosen, mostOthers, read, random.stream('others'))) ?? none;
}

const none: Examples = { inputs: new Float32Array(0), labels: new Int32Array(0), count: 0, size: 0 };

/** Gives exactly that share of the examples another class, each of the others alike. */
function mislabelled(examples: Examples, share: number, classes: number, random: Random): Examples {
  const labels = examples.labels.slice();
  const wrong = random.permutation(labels.length).subarray(0, Math.round(share * labels.length));
  for (const i of wrong) labels[i] = ((labels[i] as number) + 1 + random.integer(classes - 1)) % classes;
  return { ...examples, labels };
}
