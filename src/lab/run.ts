/**
 * One experiment, from data to verdict, as a stream of events. Read it from top to bottom: it is the whole story.
 *
 *     for await (const event of run(experiment, { catalog, compute, read, clock })) …
 *
 * Whoever consumes the stream is in charge: not asking for the next event pauses the run, `return()` ends it.
 */
import type { Access, AttackContext, Labels, Probabilities, ShadowModels, Targets } from '../core/attack.ts';
import type { ReadAsset } from '../core/dataset.ts';
import {
  type Event,
  evidence,
  type LaneEvent,
  type MetricName,
  type MetricValue,
  metric,
  note,
  progress,
} from '../core/event.ts';
import { concatenate, type Examples, oneHot, take } from '../core/examples.ts';
import { type Catalog, type Experiment, find, type Lane, planOf } from '../core/experiment.ts';
import { type Random, randomOf } from '../core/random.ts';
import { argMax } from '../core/statistics.ts';
import { type Compute, stepsOf } from '../core/training.ts';
import { epsilonOf } from '../metrics/accountant.ts';
import { rate, unresolved } from '../metrics/intervals.ts';
import { type Split, splitData } from './data.ts';
import { judge, type Truth, unmeasured } from './judge.ts';
import { watcherOf } from './leakage.ts';
import { merged } from './merge.ts';
import { Diverged, type ModelInService, type Recipe, recipeOf, reported, softmax, trainAndServe } from './serve.ts';
import { type Party, sharedStack } from './shared-stack.ts';
import { decisionSurface } from './surface.ts';
import { type LaneResult, verdictOf } from './verdict.ts';

/** What a host lends to a run. */
export interface Host {
  readonly catalog: Catalog;
  readonly compute: Compute;
  readonly read: ReadAsset;
  /** Milliseconds since whenever. */
  readonly clock: () => number;
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
    const random = randomOf(experiment.seed);
    const dataset = find(host.catalog.datasets, 'dataset', experiment.data.id);
    yield progress('loading the data', 0, 1);
    const split = await splitData(dataset, experiment.data, host.read, random);
    const candidates = candidatesOf(split, random);

    const metrics = experiment.lanes.map(() => new Map<MetricName, MetricValue>());
    const lanes = experiment.lanes.map((lane, i) =>
      runLane(experiment, lane, host, parties[i] as Party, split, candidates, random),
    );
    for await (const { from: lane, value: event } of merged(lanes)) {
      if (event.type === 'metric') metrics[lane]?.set(event.name, event.metric);
      yield { ...event, lane };
    }
    const results = experiment.lanes.map(
      ({ name }, lane): LaneResult => ({ name, metrics: metrics[lane] as LaneResult['metrics'] }),
    );
    yield evidence('verdict', { kind: 'verdict', title: 'Verdict', sentence: verdictOf(results) });
  } finally {
    for (const party of parties) party.leave(); // where it ended before its lanes began
  }
}

async function* runLane(
  experiment: Experiment,
  lane: Lane,
  host: Host,
  party: Party,
  split: Split,
  candidates: Candidates,
  random: Random,
): AsyncGenerator<LaneEvent> {
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
  let trained = false;
  try {
    const recipe = recipeOf(experiment, lane, host.catalog, party, split, random);
    const guarantee = guaranteeOf(recipe, split.members.count);
    if (guarantee) {
      yield metric('epsilon', guarantee.metric);
      if (guarantee.delta * split.members.count > 1) {
        yield note(
          `δ = ${guarantee.delta} is more than one over ${split.members.count} members: such a guarantee allows giving one of them away.`,
        );
      }
    }
    const model = yield* trainTarget(experiment, recipe, host);
    trained = true;
    yield* attackTarget(experiment, recipe, host, model, candidates, guarantee, random);
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    yield note('A training diverged: its weights are not numbers. A smaller learning rate helps.');
    const accuracies = trained ? [] : (['trainAccuracy', 'testAccuracy'] as const);
    yield* unmeasured([...accuracies, ...attack.metrics], 'a training diverged');
  } finally {
    party.leave(); // others may be waiting for it
  }
}

/** Members and others as the attacker sees them, shuffled, and which is which, which she does not. The same in every lane. */
interface Candidates {
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

/** The target: trained on the members, and put behind the lane's defenses. */
async function* trainTarget(experiment: Experiment, recipe: Recipe, host: Host): AsyncGenerator<LaneEvent, ModelInService> {
  const { split } = recipe;
  const started = host.clock();
  const trained = yield* trainAndServe(recipe, {
    examples: split.members,
    members: [everyRow(split.members)],
    seeds: [`${experiment.seed}/target`],
    phase: 'training the target',
    ...watcherOf(split),
  });
  const model: ModelInService = { probabilities: async (inputs) => (await trained.probabilities(inputs))[0] as Probabilities };
  yield metric('trainAccuracy', await accuracyOf(model, split.members, split.classes));
  yield metric('testAccuracy', await accuracyOf(model, split.test, split.classes));
  yield* await decisionSurface(model, split);
  yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };

  return model;
}

/** The attacker: sees candidates without knowing which are members, and what the threat model allows. */
async function* attackTarget(
  experiment: Experiment,
  recipe: Recipe,
  host: Host,
  model: ModelInService,
  { examples: candidates, isMember }: Candidates,
  guarantee: ReturnType<typeof guaranteeOf>,
  random: Random,
): AsyncGenerator<LaneEvent> {
  const { split } = recipe;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
  const attacked = host.clock();
  const truth: Truth = {
    candidates,
    isMember,
    shape: split.shape,
    ...(guarantee && guarantee.epsilon < 100 && { guarantee: { epsilon: guarantee.epsilon, delta: guarantee.delta } }),
  };
  const context = contextOf(recipe, candidates, random, experiment.seed);
  const attacking = attack.run(accessOf(model)[attack.access], experiment.attack, context);
  try {
    for (;;) {
      const step = await attacking.next();
      if (step.done) {
        yield* judge(step.value, truth);
        break;
      }
      if (step.value.type === 'artefact')
        yield* judge(step.value.artefact, truth); // so far: the numbers grow before your eyes
      else yield step.value;
    }
  } finally {
    await attacking.return(undefined as never);
  }
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
}

/** What each threat model may touch of a model in service, and nothing else. */
function accessOf(model: ModelInService): { readonly [A in Access]: Targets[A] } {
  const labels = async (inputs: Float32Array<ArrayBuffer>): Promise<Labels> => {
    const { values, classes, count } = await model.probabilities(inputs);
    return { kind: 'labels', values: Int32Array.from({ length: count }, (_, row) => argMax(values, row, classes)) };
  };
  return { labels: { labels }, probabilities: { labels, probabilities: (inputs) => model.probabilities(inputs) } };
}

function contextOf(recipe: Recipe, candidates: Examples, random: Random, seed: number): AttackContext {
  const { split, compute } = recipe;
  return {
    candidates,
    population: split.population,
    shape: split.shape,
    classes: split.classes,
    random: random.stream('attack'),
    async *trainShadowModels(examples, members, first) {
      const seeds = members.map((_, k) => `${seed}/shadow ${first + k}`);
      const own = members[0]?.length ?? 0;
      if (first === 0 && Math.abs(own / split.members.count - 1) > 0.1) {
        yield note(
          `Shadow models are trained on ${own} examples, the target on ${split.members.count}: the attacker is weaker for it.`,
        );
      }
      const models = yield* trainAndServe(recipe, { examples, members, seeds, phase: 'training shadow models' });
      return { count: models.weights.length, probabilities: models.probabilities } satisfies ShadowModels;
    },
    async *trainClassifier(features, classes, { hidden, epochs }) {
      const model = { id: 'mlp', options: { hidden } };
      const shape = [features.size];
      const training = compute.train({
        model,
        shape,
        classes,
        inputs: features.inputs,
        targets: [oneHot(features.labels, classes)],
        members: [
          {
            plan: planOf({ optimizer: 'adam', learningRate: 0.005, batchSize: 64, epochs }),
            indices: everyRow(features),
            targets: 0,
            seed: `${seed}/classifier`,
            watch: [],
          },
        ],
      });
      const weights = yield* reported(training, 'training the attack classifier');
      return async (inputs) => {
        const [table] = await compute.logits({ model, shape, classes, weights, inputs });
        return softmax(table as Float32Array, classes);
      };
    },
  };
}

async function accuracyOf(model: ModelInService, { inputs, labels, count }: Examples, classes: number): Promise<MetricValue> {
  const { values } = await model.probabilities(inputs);
  const hits = labels.reduce((sum, label, row) => sum + (argMax(values, row, classes) === label ? 1 : 0), 0);
  return rate(hits, count, 1 / classes);
}

/** ε of a private plan, by the accountant. Its sampling is Poisson, as the accountant assumes. */
function guaranteeOf({ plan }: Recipe, members: number) {
  if (!plan.privacy) return undefined;
  const { noiseMultiplier, delta } = plan.privacy;
  const [q, steps] = [Math.min(1, plan.batchSize / members), stepsOf(plan, members)];
  const { epsilon, order } = epsilonOf(noiseMultiplier, q, steps, delta);
  const details = { accountant: 'rdp', order, delta, q, noiseMultiplier, steps };
  const how = `RDP accountant, order ${order}, δ = ${delta}, q = ${Number(q.toPrecision(4))}, σ = ${noiseMultiplier}, ${steps} steps`;
  const value: MetricValue = Number.isFinite(epsilon)
    ? {
        value: epsilon,
        low: epsilon,
        high: epsilon,
        how: `${how}; a proven bound, not an estimate`,
        sampleSize: members,
        details,
      }
    : { ...unresolved('no noise, no guarantee: ε is infinite', members), details };
  return { epsilon, delta, metric: value };
}

const everyRow = ({ count }: Examples) => Int32Array.from({ length: count }, (_, i) => i);
