/**
 * The split of `reference/model_inversion.json` and `inversion-more.json`: digits in the file's order, the victim's first, then the
 * attacker's, then those that test. Seeds move weights and batches only, so that means compare to the spread of those.
 */
import { nodeHost } from '../../src/cli/host.ts';
import { withClasses } from '../../src/core/dataset.ts';
import type { Event } from '../../src/core/event.ts';
import { examplesOf, take } from '../../src/core/examples.ts';
import { find, resolveExperiment } from '../../src/core/experiment.ts';
import { randomOf } from '../../src/core/random.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Split } from '../../src/lab/data.ts';
import { runLane } from '../../src/lab/lane.ts';
import { merged } from '../../src/lab/merge.ts';
import { sharedStack } from '../../src/lab/shared-stack.ts';
import type { Metrics } from './experiments.ts';

export interface Order {
  readonly members: readonly [from: number, to: number];
  readonly population?: readonly [from: number, to: number];
  readonly test: readonly [from: number, to: number];
  /** Digits from this one on are nobody's but, among the attacker's, examples of other classes. */
  readonly classes?: number;
}

const none = { ...examplesOf(new Float32Array(0), new Int32Array(0)), size: 784 };

/** Runs all lanes at all seeds side by side, on digits in the file's order. @returns `[lane][seed]` */
export async function inOrder(given: object, order: Order, seeds: readonly number[]): Promise<Metrics[][]> {
  const host = { ...(await nodeHost('wasm')), catalog };
  const { classes = 10 } = order;
  const data = { id: 'mnist', heldBack: 10 - classes, members: 1000, nonMembers: 0, population: 1000, test: 1000 }; // not looked at
  const digits = await withClasses(find(catalog.datasets, 'dataset', 'mnist')).load({ heldBack: 0 }, host.read, randomOf(0));
  const part = (rows: readonly [number, number] | undefined, wanted: (label: number) => boolean) => {
    if (!rows) return none;
    const range = Array.from({ length: rows[1] - rows[0] }, (_, i) => rows[0] + i);
    return take(
      digits,
      range.filter((row) => wanted(digits.labels[row] as number)),
    );
  };
  const own = (label: number) => label < classes;
  const split: Split = {
    shape: [28, 28, 1],
    classes,
    columns: [],
    members: part(order.members, own),
    nonMembers: none,
    population: part(order.population, own),
    test: part(order.test, own),
    reference: none,
    others: part(order.population, (label) => !own(label)),
  };
  const join = sharedStack(host.compute);
  const stages = seeds.flatMap((seed) => {
    const experiment = resolveExperiment({ ...given, data, seed }, catalog);
    return experiment.lanes.map((lane) => ({ experiment, lane, compute: join(), random: randomOf(seed) }));
  });
  const candidates = { examples: none, isMember: new Uint8Array(0) };
  const metrics = stages.map((): Metrics => ({}));
  const runs = stages.map((stage): AsyncGenerator<Event> => runLane({ ...stage, host, split, candidates }));
  for await (const { from, value } of merged(runs)) {
    if (value.type === 'metric') (metrics[from] as Metrics)[value.name] = value.metric;
  }
  const lanes = stages.length / seeds.length;
  return Array.from({ length: lanes }, (_, lane) => metrics.filter((_own, i) => i % lanes === lane));
}
