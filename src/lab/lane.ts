/**
 * One lane, from its examples to what its attacker got. Read it from top to bottom: it is the whole story. An attack comes before
 * training, where it poisons what is learned, or after it, where it asks, differentiates or copies what was learned.
 */
import type { Probabilities, Targets } from '../core/access.ts';
import type { Artefact, Poison } from '../core/artefact.ts';
import type { Attack, AttackEvent } from '../core/attack.ts';
import type { CheckedData } from '../core/defense.ts';
import { type LaneEvent, type MetricValue, metric, note } from '../core/event.ts';
import { concatenate, type Examples, take } from '../core/examples.ts';
import { type Experiment, find, type Lane } from '../core/experiment.ts';
import type { OwnNetwork } from '../core/network.ts';
import type { Random } from '../core/random.ts';
import { rate } from '../metrics/intervals.ts';
import { contextOf } from './attacker.ts';
import type { Split } from './data.ts';
import { guaranteeOf, guaranteeTold } from './guarantee.ts';
import type { Handed } from './handed.ts';
import { type Bench, judgeOf } from './judge.ts';
import { unmeasured } from './judge-membership.ts';
import { aimOf, type Poisoned } from './judge-poison.ts';
import { type Participant, participantOf } from './participant.ts';
import { Diverged } from './reported.ts';
import type { Candidates, Host } from './run.ts';
import { defenderOf, type Recipe, recipeOf, trainAndServe } from './serve.ts';
import type { Party } from './shared-stack.ts';
import { decisionSurface } from './surface.ts';
import { labelsOf, type ModelInService, modelOf, refusals } from './target.ts';
import { watcherOf } from './watcher.ts';

/** What a lane is run on. */
export interface Stage {
  readonly experiment: Experiment;
  readonly lane: Lane;
  readonly host: Host;
  readonly compute: Party;
  readonly split: Split;
  readonly candidates: Candidates;
  readonly random: Random;
  /** What an attack before this one brought home, in a chain of several. */
  readonly handed?: Handed;
}

/** @returns what the attack brought home, where it did */
export async function* runLane(stage: Stage): AsyncGenerator<LaneEvent, Artefact | undefined> {
  const { experiment, lane, host, compute, split, random, handed = {} } = stage;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
  let trained = false;
  try {
    const recipe = recipeOf(experiment, lane, host.catalog, compute, split, random);
    if (attack.access !== 'shared-gradients') yield* guaranteeTold(guaranteeOf(recipe, split.members.count), split.members.count);
    if (attack.access === 'training-data') return yield* poisonFirst(stage, recipe, attack);
    const { model, added } = handed.model
      ? yield* inHerHands(stage, handed.model)
      : yield* trainTarget(stage, recipe, handed.training ?? split.members);
    trained = true;
    return yield* attackTarget(stage, recipe, attack, model, added);
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    yield note('A training diverged: its weights are not numbers. A smaller learning rate helps.');
    const accuracies = trained ? [] : (['trainAccuracy', 'testAccuracy'] as const);
    yield* unmeasured([...accuracies, ...attack.metrics], 'a training diverged');
  } finally {
    compute.leave(); // others may be waiting for it
  }
  return undefined;
}

/** A model that was stolen before: nothing stands before its answers any more. */
async function* inHerHands({ split }: Stage, network: OwnNetwork) {
  const answers = async (inputs: Float32Array<ArrayBuffer>) => [await network.probabilities(inputs)];
  const client = () => ({
    guarded: false,
    filtered: async (given: readonly Probabilities[]) => [...given],
    probabilities: answers,
  });
  const model = modelOf({ networks: [network], answers, client });
  yield metric('testAccuracy', (await accuracyOf(model, split.test, split.classes)).accuracy);
  return { model, added: undefined };
}

/** The target: trained on these examples, as far as its defenses let them pass, and put behind those of the answers. */
async function* trainTarget(stage: Stage, recipe: Recipe, examples: Examples, poison?: Poison) {
  const { experiment, host, split } = stage;
  const { family } = find(host.catalog.attacks, 'attack', experiment.attack.id);
  const started = host.clock();
  const checked = yield* lookThrough(recipe, examples);
  const aim = poison && aimOf(poison, split.test);
  const service = yield* trainAndServe(recipe, {
    examples: checked.examples,
    members: [checked.rows],
    seeds: [`${experiment.seed}/target`],
    phase: 'training the target',
    ...watcherOf(split, family, aim),
  });
  const model = modelOf(service);
  yield metric('trainAccuracy', (await accuracyOf(model, take(checked.examples, checked.rows), split.classes)).accuracy);
  const honest = await accuracyOf(model, split.test, split.classes);
  yield metric('testAccuracy', honest.accuracy);
  if (honest.refused !== undefined) yield metric('falseAlarmRate', honest.refused);
  yield* await decisionSurface(model, split);
  yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 } as const;
  return { model, honest: honest.accuracy, ...checked };
}

/** The training set after those defenses that look through it. */
async function* lookThrough(recipe: Recipe, given: Examples) {
  let rows = Int32Array.from({ length: given.count }, (_, row) => row);
  let added: Examples | undefined;
  let looked = false;
  for (const chosen of recipe.lane.defenses) {
    const defense = find(recipe.catalog.defenses, 'defense', chosen.id);
    if (!defense.onData) continue;
    const examples = take(given, rows);
    const found: CheckedData = yield* defense.onData(chosen, { ...defenderOf(recipe, `data/${defense.id}`), examples });
    if (found.added) added = added ? concatenate(added, found.added) : found.added;
    if (!found.removed) continue;
    looked = true;
    const bad = new Set(found.removed);
    rows = rows.filter((_row, i) => !bad.has(i));
  }
  const kept = new Set(rows);
  const removed = Int32Array.from({ length: given.count }, (_, row) => row).filter((row) => !kept.has(row));
  const examples = added ? concatenate(given, added) : given;
  const extra = Int32Array.from({ length: added?.count ?? 0 }, (_, i) => given.count + i);
  return { examples, rows: Int32Array.from([...rows, ...extra]), added, removed: looked ? removed : undefined };
}

/** An attacker who comes before training: she changes what is learned, and is judged by what came of it. */
async function* poisonFirst(stage: Stage, recipe: Recipe, attack: Attack): AsyncGenerator<LaneEvent, Poison> {
  const { experiment, host, split, random } = stage;
  const started = host.clock();
  const target: Targets['training-data'] = { examples: split.members };
  const poison = (yield* brought(
    attack.run(target, experiment.attack, contextOf(recipe, stage.candidates.examples, random, undefined, stage.handed)),
  )) as Poison;
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - started) / 1000 };

  const { model, honest, added, removed } = yield* trainTarget(stage, recipe, poison.examples, poison);
  yield metric('cleanAccuracy', honest);
  const untouched = yield* trainAndServe(recipe, {
    examples: split.members,
    members: [Int32Array.from({ length: split.members.count }, (_, row) => row)],
    seeds: [`${experiment.seed}/target`],
    phase: 'training on clean data, to compare',
    unguarded: true, // what a defense found in it would pass for what it found in the poisoned one
  });
  const poisoned: Poisoned = { clean: modelOf(untouched), removed };
  yield* judgeOf({ ...benchOf(stage, recipe, model), poisoned })(poison);
  yield* lookAfterwards(stage, recipe, model, added, undefined);
  return poison;
}

/** An attacker who comes when the model is there. */
async function* attackTarget(
  stage: Stage,
  recipe: Recipe,
  attack: Attack,
  model: ModelInService,
  added: Examples | undefined,
): AsyncGenerator<LaneEvent, Artefact> {
  const { experiment, host, random, handed } = stage;
  const attacked = host.clock();
  const participant = participantOf(stage.split, recipe, model.network);
  const client = model.client();
  const judge = judgeOf({ ...benchOf(stage, recipe, model, participant), asked: client.asked });
  const touched = attack.access === 'shared-gradients' ? participant.target : client.target;
  const context = contextOf(recipe, stage.candidates.examples, random, model, handed);
  const run = attack.run(touched as Targets[typeof attack.access], experiment.attack, context);
  const artefact = yield* brought(run, judge);
  yield* judge(artefact);
  if (attack.access === 'shared-gradients') {
    const members = stage.split.members.count;
    const examples = participant.shared().reduce((sum, { batch }) => sum + batch.count, 0);
    yield* guaranteeTold(guaranteeOf(recipe, members, Math.ceil(examples / members)), members);
  }
  const { queries, refused, firstRefused } = client.asked();
  if (firstRefused) yield note(`The attacker’s question ${firstRefused} was the first to be refused.`);
  if (refused > 0) yield metric('detectionRate', rate(refused, queries, undefined, ' questions of the attacker’s, refused'));
  yield* lookAfterwards(stage, recipe, model, added, artefact);
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
  return artefact;
}

/** What an attack brings home in the end. What it has on the way is judged as well: the numbers grow before your eyes. */
export async function* brought(
  attacking: AsyncGenerator<AttackEvent, Artefact>,
  judge?: (artefact: Artefact) => AsyncGenerator<LaneEvent>,
): AsyncGenerator<LaneEvent, Artefact> {
  try {
    for (;;) {
      const step = await attacking.next();
      if (step.done) return step.value;
      if (step.value.type !== 'artefact') yield step.value;
      else if (judge) yield* judge(step.value.artefact);
    }
  } finally {
    await attacking.return(undefined as never);
  }
}

/** Defenses that look for signs of an attack when it is over. */
async function* lookAfterwards(
  { split }: Stage,
  recipe: Recipe,
  model: ModelInService,
  added: Examples | undefined,
  artefact: Artefact | undefined,
): AsyncGenerator<LaneEvent> {
  for (const chosen of recipe.lane.defenses) {
    const defense = find(recipe.catalog.defenses, 'defense', chosen.id);
    if (!defense.onDetect) continue;
    yield* defense.onDetect(chosen, {
      ...defenderOf(recipe, `afterwards/${defense.id}`),
      members: split.members,
      test: split.test,
      added,
      probabilities: model.answers,
      suspect: artefact?.kind === 'stolen model' ? artefact.network : undefined,
    });
  }
}

function benchOf({ split, candidates, handed }: Stage, recipe: Recipe, victim: ModelInService, participant?: Participant): Bench {
  const guarantee = guaranteeOf(recipe, split.members.count);
  const bound = guarantee && guarantee.epsilon < 100 && { epsilon: guarantee.epsilon, delta: guarantee.delta };
  const { examples, isMember } = candidates;
  const targets = handed?.targets;
  const truth = {
    ...{ candidates: examples, isMember, shape: split.shape },
    ...(bound && { guarantee: bound }),
    ...(targets && { targets }),
  };
  const nobody = { queries: 0, refused: 0 };
  return {
    ...{ recipe, truth, victim, asked: () => nobody },
    ...(participant && { shared: participant.shared }),
    ...(handed?.poison && { poisonBefore: handed.poison }),
  };
}

/** The share of answers that are right, and of those that are refused; a refusal is no right answer. */
async function accuracyOf(model: ModelInService, { inputs, labels, count }: Examples, classes: number) {
  const answers = await model.honestly(inputs);
  const said = labelsOf(answers).values;
  const hits = labels.reduce((sum, label, row) => sum + (said[row] === label ? 1 : 0), 0);
  const refused: MetricValue | undefined =
    answers.refused && rate(refusals(answers), count, undefined, ' honest questions, refused');
  return { accuracy: rate(hits, count, 1 / classes), refused };
}
