/**
 * A chain: attacks on the same data, one after the other, in which each takes up what the one before it brought home. As a plain value it is
 * an experiment with several attacks; `resolveChain` is its only door.
 */
import { dataOf, isProtected } from './access.ts';
import type { Artefact } from './artefact.ts';
import type { Attack } from './attack.ts';
import { type MetricName, metricNames } from './event.ts';
import { asObject, type Catalog, type Experiment, find, refuseOtherKeys, resolveExperiment } from './experiment.ts';
import { InputError } from './input-error.ts';
import { type Chosen, shown } from './params.ts';

/** What an attack can do with what another one brought home. */
const uses = {
  'cleaned pictures': 'takes the pictures from which the mark was removed, instead of those with a mark',
  pictures: 'begins with the pictures that were got out of the model, and has no others of those whom she is after',
  'stolen model': 'attacks the stolen model, which she holds, instead of the victim’s',
  'training set': 'attacks a model that learned from the poisoned examples',
  'training set and questions':
    'attacks a model that learned from the poisoned examples, and half of what she asks about wears the trigger',
  'fine-tuned assistant': 'asks an assistant that was trained further on those examples, addressed as they address it',
  'prompts that worked': 'asks for names that were not asked for before, by the prompts that told other codes',
} as const;
export type Use = keyof typeof uses;

/** Uses in which the model, or the mark, that the link before met or made is the one that is attacked. */
const leavesModel = /^training set|^fine-tuned assistant$|^prompts that worked$|^cleaned pictures$/;

/** Ways in which an artefact of one kind fits another attack, the usual one first; none where it does not fit. */
export function fitting(
  brought: Artefact['kind'],
  { access, axis, brings, takes }: Pick<Attack, 'access' | 'axis' | 'brings' | 'takes'>,
): readonly Use[] {
  if (brought === 'cleaned pictures') return access === 'marked-pictures' ? ['cleaned pictures'] : [];
  if (brought === 'inverted classes') return takes?.includes(brought) ? ['pictures'] : [];
  if (dataOf[access] === 'assistant' && access !== 'fine-tuning') {
    if (brought === 'fine-tuning set') return ['fine-tuned assistant'];
    return brought === 'attempts' && axis === 'model-to-data' ? ['prompts that worked'] : [];
  }
  if (dataOf[access] !== 'examples' || isProtected(access)) return [];
  const meetsModel = access === 'labels' || access === 'probabilities' || access === 'gradients';
  if (!meetsModel) return [];
  if (brought === 'stolen model') return ['stolen model'];
  if (brought !== 'poison') return [];
  return brings === 'stolen model' ? ['training set', 'training set and questions'] : ['training set'];
}

export interface ChainLink {
  /** As it is alone: one lane, undefended. */
  readonly experiment: Experiment;
  /** What it does with what the link before brought home; the first has nothing to take up. */
  readonly takes?: Use;
  /** The number that tells how well it went. */
  readonly measure: MetricName;
}

export interface ChainDefense {
  readonly name: string;
  /** The number of the link at which it stands, counted from 0. */
  readonly at: number;
  readonly defense: Chosen;
}

export interface Chain {
  readonly links: readonly ChainLink[];
  /** Each is tried alone. */
  readonly defenses: readonly ChainDefense[];
  readonly seed: number;
}

const [fewestLinks, mostLinks, mostDefenses] = [2, 4, 6];

/** Whether what is given is a chain, and not a single experiment. */
export const isChain = (given: unknown): boolean => typeof given === 'object' && given !== null && 'links' in given;

/**
 * A chain from a file, a link or the page, complete and checked.
 * @throws InputError naming the key, what was given and what is allowed
 */
export function resolveChain(given: unknown, catalog: Catalog): Chain {
  const { links: linksGiven, defenses: defensesGiven = [], ...shared } = asObject(given, 'the chain');
  refuseOtherKeys(shared, ['data', 'model', 'training', 'seed'], '');
  if (!Array.isArray(linksGiven) || linksGiven.length < fewestLinks || linksGiven.length > mostLinks)
    throw new InputError(`links is ${shown(linksGiven)}; allowed: a list of ${fewestLinks} to ${mostLinks} links`);
  const links: ChainLink[] = [];
  for (const [i, one] of linksGiven.entries()) {
    const { takes, measure, ...own } = asObject(one, `links[${i}]`);
    refuseOtherKeys(own, ['attack', 'protection', 'model', 'training'], `links[${i}].`);
    const experiment = within(`links[${i}]`, () => resolveExperiment({ ...shared, ...own }, catalog));
    const before = links.at(-1);
    const { metrics } = find(catalog.attacks, 'attack', experiment.attack.id);
    links.push({
      experiment,
      measure: measureOf(measure, metrics[0], i),
      ...(before && { takes: takenAs(takes, before.experiment, experiment, i, catalog) }),
    });
    if (!before && takes !== undefined)
      throw new InputError(`links[0].takes is ${shown(takes)}; the first link has nothing to take up, and allows none`);
  }
  if (!Array.isArray(defensesGiven) || defensesGiven.length > mostDefenses)
    throw new InputError(`defenses is ${shown(defensesGiven)}; allowed: a list of at most ${mostDefenses} defenses`);
  const defenses = defensesGiven.map((one, i): ChainDefense => {
    const { at, name, ...defense } = asObject(one, `defenses[${i}]`);
    if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at >= links.length)
      throw new InputError(`defenses[${i}].at is ${shown(at)}; allowed: the number of a link, from 0 to ${links.length - 1}`);
    const title = find(catalog.defenses, 'defense', defense.id).title;
    if (name !== undefined && typeof name !== 'string')
      throw new InputError(`defenses[${i}].name is ${shown(name)}; allowed: some words`);
    return { at, name: name ?? title, defense: defense as Chosen };
  });
  const chain = { links, defenses, seed: (links[0] as ChainLink).experiment.seed };
  // Each defense with all its options, and refused here where it cannot stand.
  const complete = defenses.map((one, i) => {
    const where = `defenses[${i}]`;
    // An assistant stays behind a defense that was made against what is done to it first, whatever is done to it afterwards.
    const { access } = find(catalog.attacks, 'attack', links[one.at]?.experiment.attack.id);
    for (const at of dataOf[access] === 'assistant' ? [one.at] : links.keys())
      within(where, () => resolveExperiment(defendedAt(chain, at, one), catalog));
    const resolved = within(where, () => resolveExperiment(defendedAt(chain, one.at, one), catalog));
    return { ...one, defense: resolved.lanes[0]?.defenses[0] as Chosen };
  });
  return { ...chain, defenses: complete };
}

/**
 * A link's experiment in a chain with one defense: in its lane where it stands at this link, or at an earlier one whose model is the one
 * that is attacked here.
 */
export function defendedAt({ links }: Pick<Chain, 'links'>, at: number, { at: own, name, defense }: ChainDefense): Experiment {
  const { experiment } = links[at] as ChainLink;
  const sameModel = links.slice(own + 1, at + 1).every(({ takes }) => takes && leavesModel.test(takes));
  const stands = own === at || (own < at && sameModel);
  return { ...experiment, lanes: [{ name, defenses: stands ? [defense] : [] }] };
}

function takenAs(given: unknown, before: Experiment, now: Experiment, i: number, { attacks }: Catalog): Use {
  const [first, next] = [find(attacks, 'attack', before.attack.id), find(attacks, 'attack', now.attack.id)];
  const allowed = fitting(first.brings, next);
  if (allowed.length === 0)
    throw new InputError(
      `links[${i}].attack is "${next.id}", which has no use for what "${first.id}" brings home (${first.brings}); allowed: ${fittingAfter(first, attacks).join(', ') || 'nothing'}`,
    );
  const use = allowed.find((one) => one === (given ?? allowed[0]));
  if (!use) throw new InputError(`links[${i}].takes is ${shown(given)}; allowed: ${allowed.join(', ')}`);
  return use;
}

/** What is measured at a link: as was said, or what its attack is usually measured by. */
function measureOf(given: unknown, usual: MetricName, i: number): MetricName {
  const name = metricNames.find((one) => one === (given ?? usual));
  if (!name) throw new InputError(`links[${i}].measure is ${shown(given)}; allowed: ${metricNames.join(', ')}`);
  return name;
}

/** The attacks that can take up what this one brings home. */
const fittingAfter = (first: Pick<Attack, 'brings'>, attacks: readonly Attack[]): readonly string[] =>
  attacks.filter((next) => fitting(first.brings, next).length > 0).map(({ id }) => id);

/** Says in an error where in the chain it is. */
function within<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${where}: ${error.message}`) : error;
  }
}
