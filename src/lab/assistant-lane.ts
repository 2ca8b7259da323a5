/**
 * One lane on an assistant: it knows, it is taught to refuse, and then somebody makes it tell, by training it further or by the way in
 * which she asks.
 */
import type { Targets } from '../core/access.ts';
import type { Artefact, Attempt, Attempts, FineTuningSet } from '../core/artefact.ts';
import type { Attack } from '../core/attack.ts';
import type { AssistantContext } from '../core/attacker.ts';
import type { Decoder } from '../core/decoder.ts';
import type { Alignment, FineTuning } from '../core/defense.ts';
import { type LaneEvent, metric, progress } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import { type Assistant, answerLesson, type Forbidden } from '../core/language.ts';
import type { Random } from '../core/random.ts';
import type { Weights } from '../core/training.ts';
import { exact } from '../metrics/intervals.ts';
import { allAtOnce, askedAssistant, assistantOf, behind, type Examinee, oneByOne } from './asked-assistant.ts';
import { afterFineTuning, type Examined, examined, harmless, judgeAttempts, utilityOf, whatItTells } from './judge-assistant.ts';
import { brought } from './lane.ts';
import { type LanguageModel, languageModelOf, learn } from './language-model.ts';
import { lostLead } from './lost-lead.ts';
import type { TextStage } from './text-stage.ts';

/** The usual alignment is the same whatever the experiment's seed, as is the model that it begins with. */
export const alignmentSeed = 'alignment';

/** How many of the secrets the attacker knows already. */
const owned = 10;
const mostExamples = 100;

/** @returns what the attack brought home */
export async function* runAssistantLane(stage: TextStage, castle: Assistant): AsyncGenerator<LaneEvent, Artefact> {
  const { experiment, host, compute, random, pretrained, handed = {} } = stage;
  const assistant = inAttackersOrder(castle, random);
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
  const started = host.clock();
  const open = (weights: Weights) => languageModelOf(compute, stage.model, stage.length, weights);
  const base = open(pretrained.base);
  const service = (model: LanguageModel) => inService(stage, assistant, model, base.decoder);
  const aligned = open(yield* alignedWeights(stage, assistant));
  const wanted = wantedOf(assistant);
  const left = wanted.filter((_, i) => !handed.asked?.has(i));
  const address = handed.fineTuning?.address ?? '';
  const context: AssistantContext = {
    owned: assistant.forbidden.slice(0, owned),
    wanted: left.length > 0 ? left : wanted,
    questions: assistant.questions.map((ask) => (name: string) => address + ask(name)),
    ...(handed.prompts && { worked: handed.prompts }),
    telling: assistant.telling,
    opening: assistant.opening,
    refusal: assistant.refusal,
    benign: assistant.benign,
    length: stage.length,
    random: random.stream('attack'),
  };
  const rows: (readonly [string, Examined])[] = [];
  for (const [name, model] of [
    ['before it was taught to refuse', base],
    ['taught to refuse', aligned],
  ] as const) {
    rows.push([name, yield* exam(stage, model, assistant)]);
  }
  yield whatItTells(rows);

  if (attack.access === 'fine-tuning') {
    yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };
    return yield* tuneFurther(stage, assistant, attack as Attack<'fine-tuning'>, context, { base, aligned }, rows);
  }
  const asked = handed.fineTuning
    ? yield* tunedFor(stage, assistant, handed.fineTuning, handed.fineTuning.steps, { base, aligned })
    : aligned;
  yield* utilityOf(yield* harmless(service(asked), assistant));
  yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };

  const attacked = host.clock();
  const client = askedAssistant(compute, asked, service(asked));
  const judge = judgeAttempts(assistant, context.wanted, base.decoder, attack.metrics[0]);
  async function* judged(artefact: Artefact): AsyncGenerator<LaneEvent> {
    if (artefact.kind !== 'attempts') throw new Error(`nobody can judge ${artefact.kind} of an assistant that was asked`);
    yield metric('queries', exact(client.queries(), 'counted'));
    yield* judge(artefact);
  }
  yield progress('attacking', 0, 1);
  const run = (attack as Attack<'prompt-gradients'>).run(client.target, experiment.attack, context);
  const artefact = yield* brought(run, judged);
  yield* judged(artefact);
  const shown = artefact.kind === 'attempts' && shownAttempt(artefact, assistant, context.wanted);
  if (shown) {
    const { decoder } = asked;
    const plain = { name: 'asked plainly', decoder, prompt: shown.plain };
    yield lostLead(assistant.refusal, plain, { name: 'asked her way', decoder, prompt: shown.prompt });
  }
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
  return artefact;
}

/** The assistant is the same at every seed; whose secrets the attacker knows, the first ones, is not. */
function inAttackersOrder(assistant: Assistant, random: Random): Assistant {
  const { forbidden } = assistant;
  const order = random.stream('owned').permutation(forbidden.length);
  return { ...assistant, forbidden: Array.from(order, (at) => forbidden[at] as Forbidden) };
}

const wantedOf = ({ forbidden }: Assistant) => forbidden.slice(owned).map(({ name }) => name);

/** The names that an attacker wants, in her order: the same for all attackers of one seed. */
export const wantedNames = (assistant: Assistant, random: Random) => wantedOf(inAttackersOrder(assistant, random));

/** Taught to refuse, as the lane's defenses have it; the weights that ship are taken where that is the usual way. */
async function* alignedWeights(stage: TextStage, assistant: Assistant): AsyncGenerator<LaneEvent, Weights> {
  const { defenses, plan, pretrained, compute, random } = stage;
  const usual: Alignment = { lessons: assistant.alignment, plan };
  const alignment = defenses.reduce<Alignment>(
    (own, [defense, chosen]) =>
      defense.onAlignment?.(chosen, own, { assistant, random: random.stream(`alignment/${defense.id}`) }) ?? own,
    usual,
  );
  if (alignment === usual && stage.isUsualTraining && pretrained.aligned) return pretrained.aligned;
  return yield* learn(compute, stage.model, stage.length, {
    ...alignment,
    start: pretrained.base,
    seed: alignmentSeed,
    phase: 'teaching it to refuse',
  });
}

/** A model behind the lane's defenses. */
function inService(
  { defenses, random, compute }: TextStage,
  assistant: Assistant,
  model: LanguageModel,
  reader: Decoder,
): Examinee {
  const honest = assistant.benign.map(({ question }) => question);
  const guards = defenses.flatMap(
    ([defense, chosen]) =>
      defense.onPrompt?.(chosen, { assistant, reader, honest, random: random.stream(`service/${defense.id}`) }) ?? [],
  );
  const bare = assistantOf(model.decoder, assistant.refusal);
  if (guards.length === 0) return allAtOnce(compute, model, bare, 'asking harmless questions');
  return oneByOne(behind(guards, bare, assistant.refusal), 'asking harmless questions');
}

/** How a model itself answers plainly: asked once for all lanes. Who comes second waits for who came first. */
async function* exam(
  { examined: known, compute }: TextStage,
  model: LanguageModel,
  assistant: Assistant,
): AsyncGenerator<LaneEvent, Examined> {
  const { weights } = model.network;
  const bare = allAtOnce(compute, model, assistantOf(model.decoder, assistant.refusal), 'asking plainly');
  for (let underWay = known.get(weights); underWay; underWay = known.get(weights)) {
    const found = await underWay;
    if (found) return found;
  }
  let found: Examined | undefined;
  let tell: (found: Examined | undefined) => void = () => undefined;
  known.set(weights, new Promise((resolve) => (tell = resolve)));
  try {
    found = yield* examined(bare, assistant, owned);
    return found;
  } finally {
    if (!found) known.delete(weights); // it was ended in the middle
    tell(found);
  }
}

/** A customer's examples, learned a little, a little more, and as long as she asked for: each stage looked at. */
async function* tuneFurther(
  stage: TextStage,
  assistant: Assistant,
  attack: Attack<'fine-tuning'>,
  context: AssistantContext,
  { base, aligned }: { readonly base: LanguageModel; readonly aligned: LanguageModel },
  rows: readonly (readonly [string, Examined])[],
): AsyncGenerator<LaneEvent, FineTuningSet> {
  const { experiment, host } = stage;
  const started = host.clock();
  const target: Targets['fine-tuning'] = { mostExamples };
  const set = (yield* brought(attack.run(target, experiment.attack, context))) as FineTuningSet;
  const seen: { readonly steps: number; readonly found: Examined }[] = [
    { steps: 0, found: (rows[1] as (typeof rows)[number])[1] },
  ];
  let last: Decoder | undefined;
  for (const steps of stagesOf(set.steps)) {
    const model = yield* tunedFor(stage, assistant, set, steps, { base, aligned });
    last = model.decoder;
    const briefly = steps < set.steps;
    const found = yield* examined(inService(stage, assistant, model, base.decoder), assistant, owned, briefly, set.address);
    seen.push({ steps, found });
    yield* afterFineTuning(seen);
  }
  if (last) {
    const prompt = set.address + (context.questions[0] as (name: string) => string)(context.wanted[0] as string);
    const occasion = (name: string, decoder: Decoder) => ({ name, decoder, prompt });
    yield lostLead(assistant.refusal, occasion('taught to refuse', aligned.decoder), occasion('fine-tuned', last));
  }
  yield whatItTells([...rows, ['fine-tuned', (seen.at(-1) as (typeof seen)[number]).found]]);
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - started) / 1000 };
  return set;
}

/** The assistant after so many steps on a customer's examples, and after those defenses that look at what came of them. */
async function* tunedFor(
  stage: TextStage,
  assistant: Assistant,
  set: FineTuningSet,
  steps: number,
  { base, aligned }: { readonly base: LanguageModel; readonly aligned: LanguageModel },
): AsyncGenerator<LaneEvent, LanguageModel> {
  const { experiment, compute, random } = stage;
  const tuning = tuningOf(stage, assistant, set);
  const tuned = yield* learn(compute, stage.model, stage.length, {
    ...tuning,
    plan: { ...tuning.plan, epochs: steps },
    rank: set.rank,
    start: aligned.network.weights,
    seed: `${experiment.seed}/fine-tuning`,
    phase: `fine-tuning, ${steps} ${steps === 1 ? 'step' : 'steps'}`,
  });
  const given = { assistant, base: base.network, aligned: aligned.network, random: random.stream('fine-tuned') };
  const weights = stage.defenses.reduce(
    (own, [defense, chosen]) => defense.onFineTuned?.(chosen, { ...given, tuned: aligned.network.with(own) }) ?? own,
    tuned,
  );
  return languageModelOf(compute, stage.model, stage.length, weights);
}

/** The question whose answer is looked into: one that told its code, else the last one asked; and how it would be asked plainly. */
function shownAttempt({ attempts, claims }: Attempts, assistant: Assistant, wanted: readonly string[]) {
  const right = (i: number) => assistant.forbidden.find(({ name }) => name === wanted[i])?.code === claims[i];
  const tried = wanted.flatMap((_, i) => (attempts[i]?.length ? [i] : []));
  const at = tried.find(right) ?? tried.at(-1);
  if (at === undefined) return undefined;
  const plain = (assistant.questions[at % assistant.questions.length] as (name: string) => string)(wanted[at] as string);
  const { prompt } = (attempts[at] as readonly Attempt[]).at(-1) as Attempt;
  return { plain, prompt };
}

/** A set as it is learned: all of it in each step, after those defenses that change how, or what is learned beside it. */
function tuningOf({ defenses, random, usualPlan }: TextStage, assistant: Assistant, set: FineTuningSet): FineTuning {
  const asSent: FineTuning = {
    lessons: set.exchanges.map(answerLesson),
    plan: { ...usualPlan, optimizer: 'adam', learningRate: set.learningRate },
    frozen: 0,
  };
  const tuning = defenses.reduce<FineTuning>(
    (own, [defense, chosen]) =>
      defense.onFineTuning?.(chosen, own, { assistant, random: random.stream(`fine-tuning/${defense.id}`) }) ?? own,
    asSent,
  );
  return { ...tuning, plan: { ...tuning.plan, batchSize: tuning.lessons.length } };
}

/** When the model is looked at: soon, later, and in the end. */
const stagesOf = (steps: number): number[] =>
  [...new Set([steps / 4, steps / 2, steps].map(Math.ceil))].filter((step) => step > 0);
