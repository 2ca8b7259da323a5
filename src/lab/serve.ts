/**
 * From examples to models in service: trained by a lane's plan, standing behind its defenses. The target and the shadow models of
 * an attacker who knows the recipe go through the same door.
 */
import type { Probabilities } from '../core/attack.ts';
import type { AnswerFilter } from '../core/defense.ts';
import { type LaneEvent, note, progress } from '../core/event.ts';
import { type Examples, oneHot, take } from '../core/examples.ts';
import { type Catalog, type Experiment, find, type Lane, planOf } from '../core/experiment.ts';
import type { Random } from '../core/random.ts';
import type { Compute, ModelChoice, TrainingJob, TrainingPlan, TrainingReport, Watch, Weights } from '../core/training.ts';
import type { Split } from './data.ts';

/** How a lane makes models: everything but the examples. */
export interface Recipe {
  readonly model: ModelChoice;
  readonly plan: TrainingPlan;
  readonly lane: Lane;
  readonly catalog: Catalog;
  readonly compute: Compute;
  readonly split: Split;
  readonly random: Random;
}

/** Trained models that can be asked. */
export interface ModelsInService {
  readonly weights: readonly Weights[];
  /** What anybody who asks is answered by each of them: probabilities behind the lane's defenses. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
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
  return { model: { id, options }, plan, lane, catalog, compute, split, random };
}

export interface ServiceRequest {
  readonly examples: Examples;
  /** For each model, the rows of `examples` that it is trained on. */
  readonly members: readonly Int32Array<ArrayBuffer>[];
  /** Names each model's random streams. */
  readonly seeds: readonly string[];
  readonly phase: string;
  readonly watch?: readonly Watch[];
  /** Told each report of the training. */
  onReport?(report: TrainingReport): Generator<LaneEvent>;
}

/** A training whose weights are no longer numbers: whatever is measured on it means nothing. */
export class Diverged extends Error {
  override name = 'Diverged';
}

/** One of them, as the target is. */
export interface ModelInService {
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
}

/** Trains models and puts them into service. @throws Diverged */
export async function* trainAndServe(recipe: Recipe, request: ServiceRequest): AsyncGenerator<LaneEvent, ModelsInService> {
  const { plan, split } = recipe;
  const { examples, seeds, watch = [] } = request;
  let weights = yield* train(recipe, request, {
    inputs: examples.inputs,
    targets: [oneHot(examples.labels, split.classes)],
    members: request.members.map((indices, k) => ({
      plan: { ...plan, distillation: null },
      indices,
      targets: 0,
      seed: seeds[k] as string,
      // What is watched while training is the model that will be published; of a teacher nobody gets an answer.
      watch: plan.distillation ? [] : watch,
    })),
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
        members: seeds.map((seed, k) => ({
          plan: { ...plan, distillation: null, privacy: null, labelSmoothing: 0, relaxLoss: null },
          indices: everyRow,
          targets: k,
          seed: `${seed}/student`,
          watch,
        })),
      },
    );
  }

  refuseDiverged(weights);

  const answers = async (models: readonly Weights[], inputs: Float32Array<ArrayBuffer>) =>
    (await logits(recipe, models, inputs)).map((table) => softmax(table, split.classes));
  const filters: AnswerFilter[][] = [];
  for (const [k, own] of weights.entries()) {
    const trainedOn = take(examples, request.members[k] as Int32Array);
    const alone = (inputs: Float32Array<ArrayBuffer>) => answers([own], inputs).then(([answer]) => answer as Probabilities);
    filters.push(await filtersOf(recipe, trainedOn, alone, seeds[k] as string));
  }
  return {
    weights,
    probabilities: async (inputs) =>
      (await answers(weights, inputs)).map((answer, k) =>
        (filters[k] as AnswerFilter[]).reduce((filtered, filter) => filter(filtered), answer),
      ),
  };
}

function refuseDiverged(models: readonly Weights[]): void {
  if (!models.every((weights) => weights.every(Number.isFinite))) throw new Diverged();
}

function train(
  { model, split, compute }: Recipe,
  { phase, onReport }: ServiceRequest,
  what: Pick<TrainingJob, 'inputs' | 'targets' | 'members'>,
): AsyncGenerator<LaneEvent, Weights[]> {
  return reported(compute.train({ ...what, model, shape: split.shape, classes: split.classes }), phase, onReport);
}

/** A training's reports as events. Whoever ends this stream early ends the training, and frees what it holds. */
export async function* reported(
  training: ReturnType<Compute['train']>,
  phase: string,
  onReport?: (report: TrainingReport) => Generator<LaneEvent>,
): AsyncGenerator<LaneEvent, Weights[]> {
  let told = false;
  try {
    for (;;) {
      const step = await training.next();
      if (step.done) return step.value;
      if (step.value.atOnce && !told) {
        told = true;
        yield note(`All networks of this stack do not fit into memory at once: ${phase}, ${step.value.atOnce} at a time.`);
      }
      yield progress(phase, step.value.done, step.value.total);
      if (onReport) yield* onReport(step.value);
    }
  } finally {
    await training.return([]);
  }
}

/** The lane's defenses of answers, made ready for one model. */
async function filtersOf(
  { lane, catalog, split, random }: Recipe,
  members: Examples,
  probabilities: (inputs: Float32Array<ArrayBuffer>) => Promise<Probabilities>,
  seed: string,
): Promise<AnswerFilter[]> {
  const filters: AnswerFilter[] = [];
  for (const chosen of lane.defenses) {
    const defense = find(catalog.defenses, 'defense', chosen.id);
    const own = random.stream(`${seed}/${defense.id}`);
    const service = { classes: split.classes, members, reference: split.reference, probabilities, random: own };
    if (defense.onQuery) filters.push(await defense.onQuery(chosen, service));
  }
  return filters;
}

function logits({ model, split, compute }: Recipe, weights: readonly Weights[], inputs: Float32Array<ArrayBuffer>) {
  return compute.logits({ model, shape: split.shape, classes: split.classes, weights, inputs });
}

/** Rows of logits to rows of probabilities. */
export function softmax(table: Float32Array, classes: number, temperature = 1): Probabilities {
  const values = new Float32Array(table.length);
  for (let at = 0; at < table.length; at += classes) {
    const row = Float64Array.from(table.subarray(at, at + classes), (logit) => logit / temperature);
    const largest = Math.max(...row);
    const exponentials = row.map((logit) => Math.exp(logit - largest));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    values.set(
      exponentials.map((value) => value / total),
      at,
    );
  }
  return { kind: 'probabilities', values, classes, count: table.length / classes };
}
