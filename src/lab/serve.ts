/**
 * From examples to models in service: trained by a lane's plan, standing behind its defenses. The target and the shadow models of
 * an attacker who knows the recipe go through the same door.
 */
import type { Probabilities } from '../core/access.ts';
import type { AnswerFilter, DefenderContext, Guard, ServiceContext } from '../core/defense.ts';
import type { LaneEvent } from '../core/event.ts';
import { type Examples, oneHot, take } from '../core/examples.ts';
import { type Catalog, type Experiment, find, type Lane, planOf } from '../core/experiment.ts';
import type { OwnNetwork } from '../core/network.ts';
import type { Random } from '../core/random.ts';
import { argMax } from '../core/statistics.ts';
import type {
  Compute,
  ModelChoice,
  StackMember,
  TrainingJob,
  TrainingPlan,
  TrainingReport,
  Watch,
  Weights,
} from '../core/training.ts';
import type { Split } from './data.ts';
import { networkOf, trainNetwork } from './own-network.ts';
import { Diverged, reported, softmax } from './reported.ts';

/** How a lane makes models: everything but the examples. */
export interface Recipe {
  readonly model: ModelChoice;
  readonly plan: TrainingPlan;
  readonly lane: Lane;
  readonly catalog: Catalog;
  readonly compute: Compute;
  readonly split: Split;
  readonly random: Random;
  readonly seed: number;
}

/** Trained models that can be asked. */
export interface ModelsInService {
  /** Each model's network; of several that vote, the first. */
  readonly networks: readonly OwnNetwork[];
  /** What each of them answers before any defense of the answers. */
  answers(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
  /** Whoever comes and asks: a defense may remember what this client asked before. */
  client(): Client;
}

export interface Client {
  /** Whether any defense stands before the answers. */
  readonly guarded: boolean;
  /** Behind the lane's defenses, of each model. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
  /** The same, where it is known already what the models would answer. */
  filtered(answers: readonly Probabilities[], inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
}

export function recipeOf(
  experiment: Experiment,
  lane: Lane,
  catalog: Catalog,
  compute: Compute,
  split: Split,
  random: Random,
): Recipe {
  let plan = planOf(experiment.training);
  for (const chosen of lane.defenses) plan = find(catalog.defenses, 'defense', chosen.id).onTraining?.(plan, chosen) ?? plan;
  const { id, ...options } = experiment.model;
  return { model: { id, options }, plan, lane, catalog, compute, split, random, seed: experiment.seed };
}

export interface ServiceRequest {
  readonly examples: Examples;
  /** For each model, the rows of `examples` that it is trained on. */
  readonly members: readonly Int32Array<ArrayBuffer>[];
  /** Names each model's random streams. */
  readonly seeds: readonly string[];
  readonly phase: string;
  readonly watch?: readonly Watch[];
  /** Without those defenses that change a finished model or its answers. */
  readonly unguarded?: boolean;
  /** Told each report of the training. */
  onReport?(report: TrainingReport): Generator<LaneEvent>;
}

/** Trains models and puts them into service. @throws Diverged */
export async function* trainAndServe(recipe: Recipe, request: ServiceRequest): AsyncGenerator<LaneEvent, ModelsInService> {
  const { plan, split, lane, catalog } = recipe;
  const { examples, seeds, watch = [] } = request;
  const parts = lane.defenses.reduce((most, chosen) => partitionsOf(catalog, chosen) ?? most, 1);
  const beginning = plan.transfer ? yield* pretrained(recipe) : {};
  // Several networks that vote are trained like several models, each on its part.
  let weights = yield* train(recipe, request, {
    inputs: examples.inputs,
    targets: [oneHot(examples.labels, split.classes)],
    members: request.members.flatMap((indices, k) => {
      const seed = seeds[k] as string;
      return partsOf(indices, parts, recipe.random.stream(`${seed}/partitions`)).map((own, part) => ({
        plan: { ...plan, distillation: null },
        indices: own,
        targets: 0,
        seed: parts === 1 ? seed : `${seed}/${part}`,
        ...beginning,
        // What is watched while training is the model that will be published; of a teacher nobody gets an answer.
        watch: plan.distillation || parts > 1 ? [] : watch,
      }));
    }),
  });

  if (plan.distillation) {
    // The student sees public examples with the teacher's opinions; noise and clipping were the teacher's affair.
    refuseDiverged(weights);
    const { temperature } = plan.distillation;
    const opinions = await logits(recipe, weights, split.reference.inputs);
    const everyRow = Int32Array.from({ length: split.reference.count }, (_, i) => i);
    weights = yield* train(
      recipe,
      { ...request, phase: `${request.phase}, students` },
      {
        inputs: split.reference.inputs,
        targets: opinions.map((table) => softmax(table, split.classes, temperature).values),
        members: weights.map((_, k) => ({
          plan: { ...plan, distillation: null, privacy: null, labelSmoothing: 0, relaxLoss: null },
          indices: everyRow,
          targets: k,
          seed: `${seeds[Math.floor(k / parts)]}/student${parts === 1 ? '' : `/${k % parts}`}`,
          watch: parts > 1 ? [] : watch,
        })),
      },
    );
  }

  refuseDiverged(weights);
  if (!request.unguarded) weights = yield* repaired(recipe, weights, seeds);

  const answers = async (inputs: Float32Array<ArrayBuffer>) => {
    const tables = (await logits(recipe, weights, inputs)).map((table) => softmax(table, split.classes));
    return parts === 1 ? tables : seeds.map((_, k) => votes(tables.slice(k * parts, (k + 1) * parts)));
  };
  const guards: Guard[][] = [];
  for (const [k, seed] of seeds.entries()) {
    const members = take(examples, request.members[k] as Int32Array);
    const own = weights.slice(k * parts, (k + 1) * parts);
    const alone = async (inputs: Float32Array<ArrayBuffer>) => {
      const tables = (await logits(recipe, own, inputs)).map((table) => softmax(table, split.classes));
      return parts === 1 ? (tables[0] as Probabilities) : votes(tables);
    };
    guards.push(request.unguarded ? [] : yield* guardsOf(recipe, members, alone, seed));
  }
  return {
    networks: seeds.map((_, k) =>
      networkOf(recipe.compute, recipe.model, split.shape, split.classes, weights[k * parts] as Weights),
    ),
    answers,
    client() {
      const filters = guards.map((own) => own.map((guard) => guard()));
      const filtered: Client['filtered'] = (given, inputs) =>
        Promise.all(given.map((answer, k) => throughFilters(answer, inputs, filters[k] as AnswerFilter[])));
      const guarded = guards.some((own) => own.length > 0);
      return { guarded, filtered, probabilities: async (inputs) => filtered(await answers(inputs), inputs) };
    },
  };
}

async function throughFilters(
  answer: Probabilities,
  inputs: Float32Array<ArrayBuffer>,
  filters: readonly AnswerFilter[],
): Promise<Probabilities> {
  for (const filter of filters) answer = await filter(answer, inputs);
  return answer;
}

const partitionsOf = (catalog: Catalog, chosen: Lane['defenses'][number]) =>
  find(catalog.defenses, 'defense', chosen.id).partitions?.(chosen);

/** Rows cut into parts of nearly one size, each row in exactly one. */
function partsOf(rows: Int32Array<ArrayBuffer>, parts: number, random: Random): Int32Array<ArrayBuffer>[] {
  if (parts === 1) return [rows];
  const order = random.permutation(rows.length);
  return Array.from({ length: parts }, (_, part) =>
    Int32Array.from(
      order.filter((_at, i) => i % parts === part),
      (at) => rows[at] as number,
    ),
  );
}

/** The share of the networks that say each class. */
function votes(tables: readonly Probabilities[]): Probabilities {
  const [{ count, classes }] = tables as [Probabilities];
  const values = new Float32Array(count * classes);
  for (const table of tables) {
    for (let row = 0; row < count; row++) {
      const at = row * classes + argMax(table.values, row, classes);
      values[at] = (values[at] as number) + 1 / tables.length;
    }
  }
  return { kind: 'probabilities', values, count, classes };
}

/** A network that was trained on the population: all but its last layer stays. */
async function* pretrained(recipe: Recipe): AsyncGenerator<LaneEvent, Required<Pick<StackMember, 'start' | 'frozen'>>> {
  const { model, split, catalog, plan } = recipe;
  const { inputs, labels } = split.population;
  const { weights } = yield* trainNetwork(recipe.compute, split.shape, `${recipe.seed}`, {
    model,
    inputs,
    targets: oneHot(labels, split.classes),
    outputs: split.classes,
    plan: planOf({ ...plan, privacy: null, relaxLoss: null, distillation: null }),
    phase: 'training the public network',
    seed: 'public',
  });
  const { layers } = find(catalog.models, 'model', model.id).build(model.options, split.shape, split.classes);
  return { start: weights, frozen: layers.length - 1 };
}

function refuseDiverged(models: readonly Weights[]): void {
  if (!models.every((weights) => weights.every(Number.isFinite))) throw new Diverged();
}

/** One stack where it can be; parts of two sizes take different numbers of steps, so each size is a stack of its own. */
async function* train(
  { model, split, compute }: Recipe,
  { phase, onReport }: ServiceRequest,
  what: Pick<TrainingJob, 'inputs' | 'targets' | 'members'>,
): AsyncGenerator<LaneEvent, Weights[]> {
  const weights: Weights[] = [];
  for (const size of new Set(what.members.map(({ indices }) => indices.length))) {
    const own = [...what.members.entries()].filter(([, { indices }]) => indices.length === size);
    const members = own.map(([, member]) => member);
    const job = { ...what, members, model, shape: split.shape, classes: split.classes };
    const trained = yield* reported(compute.train(job), phase, onReport);
    for (const [i, [k]] of own.entries()) weights[k] = trained[i] as Weights;
  }
  return weights;
}

/** The models after the lane's defenses have had them in hand. */
async function* repaired(
  recipe: Recipe,
  weights: readonly Weights[],
  seeds: readonly string[],
): AsyncGenerator<LaneEvent, Weights[]> {
  const { lane, catalog, split, compute, model } = recipe;
  const better = [...weights];
  for (const chosen of lane.defenses) {
    const defense = find(catalog.defenses, 'defense', chosen.id);
    if (!defense.onModel) continue;
    for (const [k, own] of better.entries()) {
      const network = networkOf(compute, model, split.shape, split.classes, own);
      better[k] = yield* defense.onModel(chosen, { ...defenderOf(recipe, `${seeds[k] ?? k}/${defense.id}`), network });
    }
  }
  refuseDiverged(better);
  return better;
}

/** What every defense of this lane has. @param name of its random streams */
export function defenderOf({ split, model, plan, random, compute, seed }: Recipe, name: string): DefenderContext {
  return {
    shape: split.shape,
    classes: split.classes,
    model,
    plan,
    reference: split.reference,
    random: random.stream(name),
    trainNetwork: (training) => trainNetwork(compute, split.shape, `${seed}/${name}`, training),
  };
}

/** The lane's defenses of answers, made ready for one model. */
async function* guardsOf(
  recipe: Recipe,
  members: Examples,
  probabilities: ServiceContext['probabilities'],
  seed: string,
): AsyncGenerator<LaneEvent, Guard[]> {
  const guards: Guard[] = [];
  for (const chosen of recipe.lane.defenses) {
    const defense = find(recipe.catalog.defenses, 'defense', chosen.id);
    const service = { ...defenderOf(recipe, `${seed}/${defense.id}`), members, probabilities };
    const guard = defense.onQuery?.(chosen, service);
    if (guard) guards.push('next' in guard ? yield* guard : await guard);
  }
  return guards;
}

function logits({ model, split, compute }: Recipe, weights: readonly Weights[], inputs: Float32Array<ArrayBuffer>) {
  return compute.logits({ model, shape: split.shape, classes: split.classes, weights, inputs });
}
