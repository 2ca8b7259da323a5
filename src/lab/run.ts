/**
 * One experiment, from data to verdict, as a stream of events: the lanes side by side. What happens in a lane is told in lane.ts.
 *
 *     for await (const event of run(experiment, { catalog, compute, read, clock })) …
 *
 * Whoever consumes the stream is in charge: not asking for the next event pauses the run, `return()` ends it.
 */
import { isProtected } from '../core/access.ts';
import type { Attack } from '../core/attack.ts';
import type { ExampleDataset, ReadAsset } from '../core/dataset.ts';
import { type Event, evidence, type LaneEvent, type MetricName, type MetricValue, progress } from '../core/event.ts';
import { concatenate, type Examples, take } from '../core/examples.ts';
import { type Catalog, type Experiment, find } from '../core/experiment.ts';
import { type Random, randomOf } from '../core/random.ts';
import type { Compute } from '../core/training.ts';
import { othersOf, type Split, splitData } from './data.ts';
import { runLane, type Stage } from './lane.ts';
import { merged } from './merge.ts';
import { runProtectedLane } from './protected-lane.ts';
import { type Party, sharedStack } from './shared-stack.ts';
import { lanesOnText } from './text-lanes.ts';
import { type LaneResult, verdictOf } from './verdict.ts';

/** What a host lends to a run. */
export interface Host {
  readonly catalog: Catalog;
  readonly compute: Compute;
  readonly read: ReadAsset;
  /** Milliseconds since whenever. */
  readonly clock: () => number;
  /** Weights of a language model of the person's own, a safetensors file, where they gave some. */
  readonly ownWeights?: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Is handed the weights of a language that was learned here, as such a file. */
  readonly keepWeights?: (file: Uint8Array<ArrayBuffer>) => void;
}

/** Runs a resolved experiment. Its lanes run side by side, in one stack; each event carries the number of its lane. */
export function run(experiment: Experiment, host: Host): AsyncGenerator<Event> {
  const share = sharedStack(host.compute);
  return runWith(
    experiment,
    host,
    experiment.lanes.map(() => share()),
  );
}

/**
 * Runs several experiments side by side, all in one stack: the same one at several seeds, or at the values of a spread knob. Each
 * one's numbers are those that it has alone.
 */
export async function* runSeveral(
  experiments: readonly Experiment[],
  host: Host,
): AsyncGenerator<{ readonly experiment: number; readonly event: Event }> {
  const share = sharedStack(host.compute);
  const parties = experiments.map(({ lanes }) => lanes.map(() => share())); // all, before the first begins
  const runs = experiments.map((experiment, i) => runWith(experiment, host, parties[i] as Party[]));
  for await (const { from, value } of merged(runs)) yield { experiment: from, event: value };
}

async function* runWith(experiment: Experiment, host: Host, parties: readonly Party[]): AsyncGenerator<Event> {
  try {
    const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
    const dataset = find(host.catalog.datasets, 'dataset', experiment.data.id);
    const metrics = experiment.lanes.map(() => new Map<MetricName, MetricValue>());
    const lanes =
      dataset.kind === 'examples'
        ? yield* lanesOnExamples(experiment, host, parties, dataset, attack)
        : yield* lanesOnText(experiment, host, parties, dataset);
    for await (const { from: lane, value: event } of merged(lanes)) {
      if (event.type === 'metric') metrics[lane]?.set(event.name, event.metric);
      yield { ...event, lane };
    }
    const results = experiment.lanes.map(
      ({ name }, lane): LaneResult => ({ name, metrics: metrics[lane] as LaneResult['metrics'] }),
    );
    yield evidence('verdict', { kind: 'verdict', title: 'Verdict', sentence: verdictOf(results, attack) });
  } finally {
    for (const party of parties) party.leave(); // where it ended before its lanes began
  }
}

async function* lanesOnExamples(
  experiment: Experiment,
  host: Host,
  parties: readonly Party[],
  dataset: ExampleDataset,
  attack: Attack,
): AsyncGenerator<Event, AsyncGenerator<LaneEvent>[]> {
  const ground = yield* groundOf(experiment, host, dataset, attack);
  const runOne = isProtected(attack.access) ? runProtectedLane : runLane;
  return experiment.lanes.map((lane, i) => runOne({ experiment, lane, host, compute: parties[i] as Party, ...ground }));
}

/** What the lanes of one experiment have in common: its data, as it is divided, and its randomness. */
export async function* groundOf(
  experiment: Experiment,
  { read }: Host,
  dataset: ExampleDataset,
  attack: Attack,
): AsyncGenerator<LaneEvent, Pick<Stage, 'split' | 'candidates' | 'random'>> {
  const random = randomOf(experiment.seed);
  yield progress('loading the data', 0, 1);
  let split = await splitData(dataset, experiment.data, read, random);
  if (attack.knows.includes('others')) {
    yield progress('loading what the attacker knows', 0, 1);
    split = { ...split, others: await othersOf(dataset, experiment.data, read, random) };
  }
  return { split, candidates: candidatesOf(split, random), random };
}

/** Members and others as the attacker sees them, shuffled, and which is which, which she does not. The same in every lane. */
export interface Candidates {
  readonly examples: Examples;
  readonly isMember: Uint8Array;
}

function candidatesOf(split: Split, random: Random): Candidates {
  const shuffled = random.stream('candidates').permutation(split.members.count + split.nonMembers.count);
  return {
    examples: take(concatenate(split.members, split.nonMembers), shuffled),
    isMember: Uint8Array.from(shuffled, (row) => (row < split.members.count ? 1 : 0)),
  };
}
