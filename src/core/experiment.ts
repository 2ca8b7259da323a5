/**
 * Everything the program does is one plain value that can be typed, linked, saved, swept and repeated. `resolveExperiment`
 * is its only door: it completes what is missing, and refuses what is unknown, of the wrong type or out of range, by name.
 */
import { dataOf, isProtected } from './access.ts';
import type { Attack, Setting } from './attack.ts';
import type { Dataset, ExampleDataset } from './dataset.ts';
import type { Defense } from './defense.ts';
import { InputError, unknownName } from './input-error.ts';
import type { Model } from './model.ts';
import {
  type Chosen,
  choice,
  count,
  initialValues,
  type Params,
  range,
  resolveParams,
  shown,
  toggle,
  type Values,
} from './params.ts';
import type { Protection } from './protection.ts';
import { vocabulary } from './text.ts';
import { optimizers, type TrainingPlan } from './training.ts';

export interface Lane {
  readonly name: string;
  readonly defenses: readonly Chosen[];
}

export interface Experiment {
  readonly data: Chosen;
  /** How the data is protected, where an attack is made on protected data. */
  readonly protection?: Chosen;
  readonly model: Chosen;
  readonly training: Values<typeof trainingParams>;
  readonly attack: Chosen;
  readonly lanes: readonly Lane[];
  readonly seed: number;
}

/** What an experiment can be made of. */
export interface Catalog {
  readonly datasets: readonly Dataset[];
  readonly protections: readonly Protection[];
  readonly models: readonly Model[];
  readonly attacks: readonly Attack[];
  readonly defenses: readonly Defense[];
}

/** How any dataset is divided. Members are trained on; nobody downstream reshuffles. */
export const splitParams = {
  members: count({
    label: 'Members',
    says: 'Examples that the model is trained on.',
    min: 10,
    max: 20000,
    step: 10,
    initial: 1000,
  }),
  nonMembers: count({
    label: 'Non-members',
    says: 'Examples that it never sees, mixed with the members for the attacker to tell apart.',
    min: 0,
    max: 20000,
    step: 10,
    initial: 1000,
  }),
  population: count({
    label: 'Population',
    says: 'Examples of the same kind that the attacker owns.',
    min: 0,
    max: 20000,
    step: 10,
    initial: 2000,
  }),
  test: count({ label: 'Test', says: 'Examples that only measure accuracy.', min: 10, max: 20000, step: 10, initial: 2000 }),
  labelNoise: range({
    label: 'Label noise',
    says: 'Share of members and non-members alike that gets a wrong label: it makes memorisation visible. The population keeps its labels.',
    min: 0,
    max: 0.9,
    step: 0.05,
    initial: 0,
  }),
};

export const trainingParams = {
  optimizer: choice({
    label: 'Optimiser',
    says: 'How a gradient becomes a step. Momentum is 0.9; Adam has its usual constants.',
    choices: optimizers,
    initial: 'sgd',
  }),
  learningRate: range({ label: 'Learning rate', says: 'The size of a step.', min: 0.00001, max: 10, step: 0.01, initial: 0.1 }),
  batchSize: count({ label: 'Batch size', says: 'Examples in one step.', min: 1, max: 1024, step: 1, initial: 64 }),
  epochs: count({
    label: 'Epochs',
    says: 'Passes over the members. More passes, more memory of each of them; none leaves the network as it was born.',
    min: 0,
    max: 500,
    step: 1,
    initial: 50,
  }),
  transfer: toggle({
    label: 'Transfer',
    says: 'Train a network on the population first, keep its layers as they are, and teach only the last one the members.',
    initial: false,
  }),
};

/** All options of a dataset: text is not divided like examples. */
export const dataParams = (dataset: Dataset): Params =>
  dataset.kind === 'examples' ? { ...splitParams, ...dataset.params } : dataset.params;

const maxLanes = 4;
const maxDefenses = 6;

/**
 * An experiment from a file, a link or the page, complete and checked.
 * @throws InputError naming the key, what was given and what is allowed
 */
export function resolveExperiment(given: unknown, catalog: Catalog): Experiment {
  const top = asObject(given, 'the experiment');
  refuseOtherKeys(top, ['data', 'protection', 'model', 'training', 'attack', 'lanes', 'seed'], '');

  const data = asObject(top.data ?? {}, 'data');
  const dataset = find(catalog.datasets, 'dataset', data.id ?? 'mnist');
  const dataValues = resolveParams(dataParams(dataset), without(data, 'id'), 'data');
  const isText = dataset.kind !== 'examples';
  const shape = isText ? [dataset.length] : dataset.shape(dataValues);

  const modelGiven = asObject(top.model ?? {}, 'model');
  const model = find(catalog.models, 'model', modelGiven.id ?? (isText ? 'transformer' : 'mlp'));
  const modelValues = resolveParams(model.params, without(modelGiven, 'id'), 'model');
  const otherKind = model.readsText ? 'it reads nothing but text' : 'it cannot read text';
  const modelRefusal = (model.readsText ?? false) === isText ? model.refuses?.(shape) : otherKind;
  if (modelRefusal) throw new InputError(`model.id is "${model.id}", which cannot learn ${dataset.id}: ${modelRefusal}`);

  const notShipped = isText && whyNotShipped(model, modelValues, dataset.weightsFile(dataValues));
  if (notShipped) throw new InputError(notShipped);

  const trainingGiven = asObject(top.training ?? {}, 'training');
  const training = resolveParams(trainingParams, { ...(isText && dataset.training), ...trainingGiven }, 'training');

  const attackGiven = asObject(top.attack ?? {}, 'attack');
  const usualAttack = catalog.attacks.find(({ access }) => dataOf[access] === dataset.kind);
  const attack = find(catalog.attacks, 'attack', attackGiven.id ?? usualAttack?.id);
  const attackValues = resolveParams(attack.params, without(attackGiven, 'id'), 'attack');
  const needs = dataOf[attack.access];
  if (needs !== dataset.kind) {
    const fitting = catalog.datasets.filter(({ kind }) => kind === needs).map(({ id }) => id);
    throw new InputError(
      `attack "${attack.id}" cannot run on ${dataset.id}: it is made on ${dataWords[needs]}; allowed: ${fitting.join(', ')}`,
    );
  }
  const setting: Setting = {
    kind: dataset.kind,
    shape,
    classes: isText ? vocabulary : dataset.classes(dataValues),
    columns: isText ? [] : (dataset.columns?.(dataValues) ?? []),
    model: { id: model.id, options: modelValues },
    training: planOf(training),
  };
  if (isText && training.transfer) throw new InputError('training.transfer is true; a language model allows false');
  const attackRefusal = attack.refuses?.(attackValues, setting);
  if (attackRefusal) throw new InputError(`attack "${attack.id}" cannot run on ${dataset.id}: ${attackRefusal}`);
  const publicRest = isText ? Number.POSITIVE_INFINITY : restOf(dataset, dataValues, training.transfer, attack);
  const protection = protectionOf(top.protection, attack, dataset, setting, catalog);

  const lanesGiven = top.lanes ?? [{ name: 'undefended', defenses: [] }];
  if (!Array.isArray(lanesGiven) || lanesGiven.length < 1 || lanesGiven.length > maxLanes) {
    throw new InputError(`lanes is ${shown(lanesGiven)}; allowed: a list of 1 to ${maxLanes} lanes`);
  }
  const lanes = lanesGiven.map((lane, index) =>
    resolveLane(lane, `lanes[${index}]`, catalog, attack, protection, setting, publicRest),
  );
  const names = lanes.map((lane) => lane.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InputError(`lanes has the name ${shown(twice)} twice; each lane needs its own`);

  const seed = top.seed ?? 1;
  if (typeof seed !== 'number' || !Number.isInteger(seed) || seed < 0 || seed > 4294967295) {
    throw new InputError(`seed is ${shown(seed)}; allowed: a whole number from 0 to 4294967295`);
  }
  return {
    data: { id: dataset.id, ...dataValues },
    ...(protection && { protection }),
    model: { id: model.id, ...modelValues },
    training,
    attack: { id: attack.id, ...attackValues },
    lanes,
    seed,
  };
}

/** How the data is protected: as was said, or in the first way that the attack is made on. */
function protectionOf(
  given: unknown,
  attack: Attack,
  dataset: Dataset,
  setting: Setting,
  { protections }: Catalog,
): Chosen | undefined {
  const { access } = attack;
  if (!isProtected(access)) {
    if (given === undefined) return undefined;
    throw new InputError(`protection is ${shown(given)}; attack "${attack.id}" is not made on protected data, and allows none`);
  }
  const fitting = protections.filter((one) => one.access === access);
  const said = asObject(given ?? {}, 'protection');
  const { id, params, refuses } = find(fitting, 'protection', said.id ?? fitting[0]?.id);
  const values = resolveParams(params, without(said, 'id'), 'protection');
  const refusal = refuses?.(values, setting);
  if (refusal) throw new InputError(`protection.id is "${id}", which cannot protect ${dataset.id}: ${refusal}`);
  return { id, ...values };
}

function whyNotShipped({ params }: Model, chosen: Values<Params>, file: string | undefined): string | undefined {
  if (chosen.weights !== 'shipped') return undefined;
  const other = Object.keys(params).find((key) => key !== 'weights' && chosen[key] !== params[key]?.initial);
  if (!other && file) return undefined;
  const why = other
    ? `of a model whose ${other} is ${shown(params[other]?.initial)}, not ${shown(chosen[other])}`
    : 'of other data';
  return `model.weights is "shipped", and those are ${why}; allowed: "trained here", "from a file"`;
}

const dataWords: Readonly<Record<Dataset['kind'], string>> = {
  examples: 'examples with classes',
  documents: 'documents that hold secrets',
  assistant: 'an assistant',
};

/** How many public examples a split leaves. @throws InputError where it cannot be, or leaves an attack without what it needs */
function restOf(dataset: ExampleDataset, options: Values<Params>, transfer: boolean, attack: Attack): number {
  const dataValues = options as unknown as Values<typeof splitParams>;
  const available = dataset.available(options);
  const needed = dataValues.members + dataValues.nonMembers + dataValues.population + dataValues.test;
  if (needed > available) {
    throw new InputError(
      `data.members + nonMembers + population + test is ${needed}; ${dataset.id} has ${available}, so at most ${available} are allowed`,
    );
  }
  if (attack.knows.includes('population') && dataValues.population < 100) {
    throw new InputError(
      `data.population is ${dataValues.population}; ${attack.id} learns from a population, at least 100 are needed`,
    );
  }
  if (attack.knows.includes('candidates') && dataValues.nonMembers < 10) {
    throw new InputError(
      `data.nonMembers is ${dataValues.nonMembers}; ${attack.id} tells members from others, at least 10 are needed`,
    );
  }
  const noOthers = dataset.others ? dataset.noOthers?.(options) : 'there are none';
  if (attack.knows.includes('others') && noOthers) {
    throw new InputError(
      `attack "${attack.id}" cannot run on ${dataset.id}: it learns from examples from elsewhere, and ${noOthers}`,
    );
  }
  if (transfer && dataValues.population < 100) {
    throw new InputError(
      `data.population is ${dataValues.population}; training.transfer begins with a network trained on it, at least 100 are needed`,
    );
  }
  if ('shadowModels' in attack.params && (dataValues.members + dataValues.nonMembers) % 2 !== 0) {
    throw new InputError(
      `data.members + nonMembers is ${dataValues.members + dataValues.nonMembers}; ${attack.id} splits them into halves, so an even number is allowed`,
    );
  }
  return available - needed;
}

function resolveLane(
  given: unknown,
  where: string,
  catalog: Catalog,
  attack: Attack,
  protection: Chosen | undefined,
  setting: Setting,
  publicRest: number,
): Lane {
  const lane = asObject(given, where);
  refuseOtherKeys(lane, ['name', 'defenses'], `${where}.`);
  const name = lane.name ?? '';
  if (typeof name !== 'string' || name.trim() === '' || name.length > 40) {
    throw new InputError(`${where}.name is ${shown(name)}; allowed: 1 to 40 characters`);
  }
  const list = lane.defenses ?? [];
  if (!Array.isArray(list) || list.length > maxDefenses) {
    throw new InputError(`${where}.defenses is ${shown(list)}; allowed: a list of at most ${maxDefenses} defenses`);
  }
  const defenses = list.map((entry, index): Chosen => {
    const path = `${where}.defenses[${index}]`;
    const defenseGiven = asObject(entry, path);
    const defense = find(catalog.defenses, 'defense', defenseGiven.id);
    return { id: defense.id, ...resolveParams(defense.params, without(defenseGiven, 'id'), path) };
  });
  const refusal = refuseCombination(defenses, catalog, attack, protection, setting, publicRest);
  if (refusal) throw new InputError(`${where}: ${refusal}`);
  return { name, defenses };
}

/** Why these defenses cannot stand together, as one sentence, or undefined where they can. */
function refuseCombination(
  defenses: readonly Chosen[],
  catalog: Catalog,
  attack: Attack,
  protection: Chosen | undefined,
  setting: Setting,
  publicRest: number,
): string | undefined {
  let plan = setting.training;
  const ids = defenses.map((defense) => defense.id);
  for (const [index, chosen] of defenses.entries()) {
    if (ids.indexOf(chosen.id) !== index) return `${chosen.id} is listed twice`;
    const defense = find(catalog.defenses, 'defense', chosen.id);
    for (const [other, reason] of Object.entries(defense.conflicts ?? {})) {
      if (ids.includes(other)) return `${chosen.id} cannot be combined with ${other}: ${reason}`;
    }
    const refusal = misplaced(defense, attack, protection) ?? defense.refuses?.(chosen, { ...setting, training: plan });
    if (refusal) return `${chosen.id} cannot be used here: ${refusal}`;
    if (defense.needsReference && publicRest < 100) {
      return `${chosen.id} needs at least 100 public examples, and this split leaves ${publicRest}`;
    }
    plan = defense.onTraining?.(plan, chosen) ?? plan;
  }
  return undefined;
}

/** Why a defense does not stand where this attack passes, or undefined where it does or may. */
export function misplaced(defense: Defense, { id, access, knows, family }: Attack, protection?: Chosen): string | undefined {
  // On text and on protected data a defense is used for what it was made for: most of the others would change nothing there.
  if (dataOf[access] !== 'examples' || isProtected(access)) {
    if (!defense.against.includes(family)) return `it is not made against ${family}`;
    // Secrets are read out of documents and asked out of assistants: a family of two kinds.
    const meetsAssistant = defense.onAlignment ?? defense.onFineTuning ?? defense.onFineTuned ?? defense.onPrompt;
    if (dataOf[access] === 'assistant' && !meetsAssistant) return 'it stands where documents pass';
    const changes = !protection || defense.onProtection?.(initialValues(defense.params), protection);
    return changes ? undefined : `it changes nothing about ${protection.id}`;
  }
  const shares = access === 'shared-gradients';
  if (shares && !defense.onGradients) return `${id} sees one gradient and no model in service`;
  const ofModel = defense.onData ?? defense.onTraining ?? defense.onModel ?? defense.onQuery;
  const elsewhere = ofModel ?? defense.partitions ?? defense.onDetect;
  if (!shares && !elsewhere)
    return defense.onGradients
      ? `it changes gradients that are shared, and ${id} is shown none`
      : 'it stands where text or protected data passes';
  const replaces = defense.onData ?? defense.onModel ?? defense.partitions;
  if (knows.includes('recipe') && replaces)
    return `${id} trains shadow models, and those would have to be defended like that too`;
  if (access === 'gradients' && defense.partitions) return `${id} differentiates one network, and here several vote`;
  return undefined;
}

/** The plan of a training that nobody defends. */
export function planOf(
  training: Pick<TrainingPlan, 'optimizer' | 'learningRate' | 'batchSize' | 'epochs'> & Partial<TrainingPlan>,
): TrainingPlan {
  return {
    loss: 'softmax',
    transfer: false,
    weightDecay: 0,
    dropout: 0,
    labelSmoothing: 0,
    privacy: null,
    relaxLoss: null,
    dependence: null,
    vaccine: null,
    anchor: null,
    distillation: null,
    ...training,
  };
}

/** The member of a list with that id. @throws InputError that lists the known ones */
export function find<T extends { readonly id: string }>(list: readonly T[], what: string, id: unknown): T {
  const found = list.find((member) => member.id === id);
  if (!found)
    throw unknownName(
      what,
      id,
      list.map((member) => member.id),
    );
  return found;
}

export function asObject(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${where} is ${shown(value)}; allowed: an object in braces`);
  }
  return value as Record<string, unknown>;
}

export function refuseOtherKeys(value: Record<string, unknown>, known: readonly string[], prefix: string): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new InputError(`unknown key ${prefix}${key}; known: ${known.join(', ')}`);
  }
}

function without(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _dropped, ...rest } = value;
  return rest;
}
