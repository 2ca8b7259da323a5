/**
 * The split of `reference/model_inversion.json` and `inversion-more.json`: digits in the file's order, the victim's first, then the
 * attacker's, then those that test. Seeds move weights and batches only, so that means compare to the spread of those.
 */
import { nodeHost } from '../../src/cli/host.ts';
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
}

const none = { ...examplesOf(new Float32Array(0), new Int32Array(0)), size: 784 };

/** Runs all lanes at all seeds side by side, on digits in the file's order. @returns `[lane][seed]` */
export async function inOrder(given: object, order: Order, seeds: readonly number[]): Promise<Metrics[][]> {
  const host = { ...(await nodeHost('wasm')), catalog };
  const data = { id: 'mnist', members: 4000, nonMembers: 0, population: 4000, test: 2000 };
  const digits = await find(catalog.datasets, 'dataset', 'mnist').load({ heldBack: 0 }, host.read, randomOf(0));
  const part = (rows?: readonly [number, number]) =>
    rows
      ? take(
          digits,
          Array.from({ length: rows[1] - rows[0] }, (_, i) => rows[0] + i),
        )
      : none;
  const split: Split = {
    shape: [28, 28, 1],
    classes: 10,
    members: part(order.members),
    nonMembers: none,
    population: part(order.population),
    test: part(order.test),
    reference: none,
    others: none,
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
