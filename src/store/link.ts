/**
 * A link holds a whole experiment as its differences from a scenario, short enough to read and to say aloud:
 *
 *     #/run?v=1&scenario=membership&seed=3&attack.shadowModels=16&lanes.1.defenses=dp-sgd,top-k&lanes.1.top-k.k=3
 *
 * Reading never fails. An unknown key is left out, a number out of range is moved to the nearest allowed one, each with a
 * notice; whatever cannot be used at all gives the default scenario and one sentence that says what was found. A key is only
 * ever looked up in the declarations, so a link can set nothing that is not declared; nothing in it is run or shown as HTML.
 */
import { ownId } from '../../datasets/own/index.ts';
import {
  type Catalog,
  dataParams,
  type Experiment,
  find,
  resolveExperiment,
  splitParams,
  trainingParams,
} from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import { type Chosen, initialValues, type Params, type ParamValue, shown } from '../core/params.ts';
import { type Notice, readCount, readValue, textOf } from './read-value.ts';
import { texts } from './texts.ts';

const version = '1';
const longest = 8000;
const maxLanes = 4;
const maxSeed = 4294967295;
/** Said of data that is not protected, where the scenario's is. */
const none = 'none';

/** A scenario as far as a link needs it. */
export interface Preset {
  readonly id: string;
  readonly experiment: object;
}

export interface Opened {
  readonly preset: string;
  readonly experiment: Experiment;
  /** One sentence for each thing that was not taken as it stands. */
  readonly notices: readonly string[];
}

/** Which page an address leads to. Whatever is not another one's is the lab's, which says what is wrong with it. */
export const pageOf = (hash: string): Page => {
  const [, said] = /^#\/(\w+)([/?]|$)/.exec(hash) ?? [];
  return sidePages.find((page) => page === said) ?? 'lab';
};

/** The pages beside the lab. */
const sidePages = ['answers', 'bench', 'chains', 'history', 'preflight', 'scenarios', 'ladder'] as const;
export type Page = 'lab' | (typeof sidePages)[number];

/** A scenario as it was written. */
export const scenarioLink = (id: string): string => `#/run?v=${version}&scenario=${id}`;

/** The page of the runs that are kept. */
export const historyLink = '#/history';

/** The page that is looked at before a lecture. */
export const preflightLink = '#/preflight';

/** The page of all scenarios. */
export const galleryLink = '#/scenarios';

/** The page of goals. */
export const ladderLink = '#/ladder';

/**
 * The page of chains: at one of them, or with other attacks on its data.
 * @param options of those attacks, by place and name: `1.queries=500`
 */
export function chainsLink(lesson?: string, attacks?: readonly Chosen[]): string {
  const said = lesson ? [`chain=${lesson}`] : [];
  if (attacks) said.push(`attacks=${attacks.map(({ id }) => id).join(',')}`);
  for (const [place, { id: _id, ...options }] of attacks?.entries() ?? [])
    for (const [option, value] of Object.entries(options)) said.push(`${place}.${option}=${encodeURIComponent(textOf(value))}`);
  return said.length > 0 ? `#/chains?${said.join('&')}` : '#/chains';
}

/** What such a link says; the names may be of nothing that there is. */
export function chainIn(hash: string) {
  const said = new URLSearchParams(hash.slice(0, longest).split('?')[1]);
  const options = [...said].flatMap(([key, text]) => {
    const [, place, option] = /^(\d)\.(\w+)$/.exec(key) ?? [];
    return place && option ? [{ place: Number(place), option, text }] : [];
  });
  return { lesson: said.get('chain') ?? undefined, attacks: said.get('attacks')?.split(',') ?? [], options };
}

/** The page that compares figures with those that others have computed. */
export const answersLink = '#/answers';

/** The page that measures this machine. */
export const benchLink = '#/bench';

type Options = Readonly<Record<string, ParamValue>>;

export function encodeLink(preset: Preset, experiment: Experiment, catalog: Catalog): string {
  const base = resolveExperiment(preset.experiment, catalog);
  const said: [key: string, text: string][] = [
    ['v', version],
    ['scenario', preset.id],
  ];
  const say = (key: string, value: ParamValue, usual: ParamValue | undefined) => {
    if (usual === undefined || textOf(value) !== textOf(usual)) said.push([key, textOf(value)]);
  };
  const sayAll = (where: string, values: Options, usual: Options) => {
    for (const [key, value] of Object.entries(values)) say(`${where}.${key}`, value, usual[key]);
  };

  say('seed', experiment.seed, base.seed);
  for (const part of partsOf(catalog)) {
    const chosen = experiment[part.name];
    const usual = base[part.name];
    if (!chosen) {
      if (usual) said.push([`${part.name}.id`, none]);
      continue;
    }
    const { id, ...values } = chosen;
    if (part.name === 'data' && id === ownId) continue; // a link cannot hold it, and opens the scenario's
    say(`${part.name}.id`, id, usual?.id);
    sayAll(part.name, values, usualOptions(part, id, usual));
  }
  sayAll('training', experiment.training, base.training);
  say('lanes', experiment.lanes.length, base.lanes.length);
  experiment.lanes.forEach((lane, index) => {
    const usual = usualLane(base, index);
    say(`lanes.${index}.name`, lane.name, usual.name);
    const idsOf = (defenses: readonly Chosen[]) => defenses.map(({ id }) => id).join(',');
    say(`lanes.${index}.defenses`, idsOf(lane.defenses), idsOf(usual.defenses));
    for (const { id, ...values } of lane.defenses) {
      sayAll(`lanes.${index}.${id}`, values, usualDefense(usual.defenses, id, catalog));
    }
  });
  // Commas and slashes are allowed in a fragment, and read better than %2C and %2F.
  return `#/run?${said.map(([key, text]) => `${key}=${encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%2F', '/')}`).join('&')}`;
}

export function decodeLink(hash: string, presets: readonly Preset[], catalog: Catalog): Opened {
  try {
    return open(hash, presets, catalog);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const preset = presets[0] as Preset;
    const notices = [texts.link.unusable(error.message)];
    return { preset: preset.id, experiment: resolveExperiment(preset.experiment, catalog), notices };
  }
}

function open(hash: string, presets: readonly Preset[], catalog: Catalog): Opened {
  if (hash.length > longest) throw new InputError(texts.link.tooLong(hash.length, longest));
  const address = hash.replace(/^#/, '');
  const queryAt = address.indexOf('?');
  const route = queryAt < 0 ? address : address.slice(0, queryAt);
  if (!['', '/', '/run'].includes(route)) throw new InputError(texts.link.unknownRoute(shown(route)));
  const given = new Map(new URLSearchParams(queryAt < 0 ? '' : address.slice(queryAt + 1)));
  if (given.has('v') && given.get('v') !== version) {
    throw new InputError(texts.link.otherVersion(shown(given.get('v')), version));
  }
  if (given.get('data.id') === ownId) throw new InputError(texts.link.ownData);
  const preset = given.has('scenario') ? find(presets, 'scenario', given.get('scenario')) : (presets[0] as Preset);
  const base = resolveExperiment(preset.experiment, catalog);

  const read = new Set(['v', 'scenario']);
  const notices: string[] = [];
  const notice: Notice = (sentence) => notices.push(sentence);
  const take = (key: string) => {
    read.add(key);
    return given.get(key);
  };
  const takeAll = (where: string, declared: Params, usual: Options): Options =>
    Object.fromEntries(
      Object.entries(declared).map(([key, param]) => {
        const text = take(`${where}.${key}`);
        return [key, text === undefined ? (usual[key] as ParamValue) : readValue(param, text, `${where}.${key}`, notice)];
      }),
    );

  const parts = partsOf(catalog).flatMap((part) => {
    const usual = base[part.name];
    const said = take(`${part.name}.id`) ?? usual?.id;
    if (said === undefined || said === none) return [];
    const { id } = find(part.list, part.what, said);
    return [[part.name, { id, ...takeAll(part.name, declaredBy(part, id), usualOptions(part, id, usual)) }]];
  });
  const training = takeAll('training', trainingParams, base.training);
  const laneCount = readCount(take('lanes') ?? String(base.lanes.length), 'lanes', 1, maxLanes, notice);
  const lanes = Array.from({ length: laneCount }, (_, index) => {
    const where = `lanes.${index}`;
    const usual = usualLane(base, index);
    const ids = take(`${where}.defenses`)?.split(',').filter(Boolean) ?? usual.defenses.map(({ id }) => id);
    const defenses = ids.map((id) => {
      const { params } = find(catalog.defenses, 'defense', id);
      return { id, ...takeAll(`${where}.${id}`, params, usualDefense(usual.defenses, id, catalog)) };
    });
    return { name: take(`${where}.name`) ?? usual.name, defenses };
  });
  const seed = readCount(take('seed') ?? String(base.seed), 'seed', 0, maxSeed, notice);

  const unknown = [...given.keys()].filter((key) => !read.has(key));
  if (unknown.length > 0) notice(texts.link.unknownKeys(unknown.map(shown)));
  const experiment = resolveExperiment({ ...Object.fromEntries(parts), training, lanes, seed }, catalog);
  return { preset: preset.id, experiment, notices };
}

/** The parts of an experiment that are chosen from a list; how data is divided is declared beside every dataset. */
interface Part {
  readonly name: 'data' | 'protection' | 'model' | 'attack';
  readonly what: string;
  readonly list: readonly { readonly id: string; readonly params: Params }[];
}

function partsOf({ datasets, protections, models, attacks }: Catalog): readonly Part[] {
  return [
    {
      name: 'data',
      what: 'dataset',
      list: datasets.map((dataset) => ({ id: dataset.id, params: dataParams(dataset) })),
    },
    { name: 'protection', what: 'protection', list: protections },
    { name: 'model', what: 'model', list: models },
    { name: 'attack', what: 'attack', list: attacks },
  ];
}

const declaredBy = (part: Part, id: string): Params => find(part.list, part.what, id).params;

/** What an option is when the link does not say: the scenario's value where it has one, else the declared one. */
function usualOptions(part: Part, id: string, base: Chosen | undefined): Options {
  if (id === base?.id) return base;
  const declared = declaredBy(part, id);
  // How data is divided carries over from one dataset to another.
  const shared = Object.keys(splitParams).filter((key) => base && key in base && key in declared);
  return { ...initialValues(declared), ...Object.fromEntries(shared.map((key) => [key, base?.[key] as ParamValue])) };
}

const usualLane = (base: Experiment, index: number) =>
  base.lanes[index] ?? { name: texts.lane.numbered(index), defenses: [] as readonly Chosen[] };

const usualDefense = (usual: readonly Chosen[], id: string, catalog: Catalog): Options =>
  usual.find((defense) => defense.id === id) ?? initialValues(find(catalog.defenses, 'defense', id).params);
