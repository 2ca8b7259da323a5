/** `run`: an experiment or a scenario, at one seed or several, for one value of a knob or several. */
import { writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ownDataset, withOwn } from '../../datasets/own/index.ts';
import { chains } from '../chains/index.ts';
import { isChain, resolveChain } from '../core/chain.ts';
import { type Catalog, type Experiment, resolveExperiment } from '../core/experiment.ts';
import { InputError, unknownName } from '../core/input-error.ts';
import { catalog } from '../lab/catalog.ts';
import type { Host } from '../lab/run.ts';
import { scenarios } from '../scenarios/index.ts';
import { isObject, plainArrays, printJson, readBytes, readJson } from './files.ts';
import { type Flags, parseFlags } from './flags.ts';
import { type NodeBackend, nodeBackends, nodeHost, threadedHost } from './host.ts';
import { onOwnData, ownDataAt, sayOwn } from './own-data.ts';
import { chainInTerminal } from './run-chain.ts';
import { askedBy } from './saved-result.ts';
import { laneOverSeeds, type Report, runSeries } from './series.ts';
import { setAll, spreadOf } from './settings.ts';

const largestSeed = 4294967295;

export async function runCommand(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['data', 'set', 'spread', 'seed', 'seeds', 'backend', 'threads', 'out', 'weights'], ['json'], 1);
  const { given: named, ...before } = askedBy(await contentNamed(flags));
  if (isChain(named)) return runGivenChain(flags, named, before.seeds);
  const spread = spreadOf(flags.has('spread') || before.spread === undefined ? flags.all('spread') : [before.spread]);
  const own = flags.has('data') ? await ownDataAt(flags.all('data')) : undefined;
  const known = own ? withOwn(catalog, ownDataset(own)) : catalog;
  const weights = flags.text('weights');
  const fromFile = weights === undefined ? [] : ['model.weights="from a file"'];
  const given = setAll(onOwnData(named, own), [...fromFile, ...flags.all('set')]);
  // One experiment a value of the spread knob; without one there is a single experiment.
  const experiments = spread
    ? spread.values.map((value) =>
        experimentOf(flags, setAll(given, [`${spread.path}=${JSON.stringify(value)}`], 'spread'), known),
      )
    : [experimentOf(flags, given, known)];
  const [experiment] = experiments as [Experiment];
  const chosen = experiment.model.weights;
  if (weights !== undefined && chosen !== 'from a file')
    throw new InputError(
      `--weights is given, and model.weights is ${JSON.stringify(chosen)}; allowed: "from a file", or neither`,
    );
  const seeds = seedsIn(flags, experiment.seed, before.seeds ?? 1);
  const count = seeds.length;
  const backend = backendIn(flags);
  const out = await folderIn(flags);
  const started = await hostIn(flags, backend);
  const host: Host = {
    ...started,
    catalog: known,
    ...(weights !== undefined && { ownWeights: () => readBytes(weights, 'a safetensors file') }),
    ...(out && { keepWeights: (file) => writeFileSync(join(out, 'weights.safetensors'), file) }),
  };
  if (own) sayOwn(own, experiment);

  const items = experiments.flatMap((one, i) =>
    seeds.map((seed) => ({
      name: spread ? `${spread.path} = ${JSON.stringify(spread.values[i])}, seed ${seed}` : `seed ${seed}`,
      file: spread ? `value-${i + 1}-seed-${seed}.jsonl` : `seed-${seed}.jsonl`,
      experiment: { ...one, seed },
    })),
  );
  const reports: Report[] = [];
  try {
    for await (const report of runSeries(items, host)) {
      const { file } = items[report.item] as (typeof items)[number];
      reports[report.item] = report;
      if (out) {
        const lines = report.events.map((event) => `${JSON.stringify(event, plainArrays)}\n`);
        await writeFile(join(out, file), lines.join(''));
      }
    }
  } finally {
    started.close?.();
  }
  const summaries = experiments.map((one, i) => summary(one, reports.slice(i * count, (i + 1) * count)));
  const result = {
    experiment,
    backend,
    ...(count > 1 && { seeds }),
    ...(spread
      ? { spread, runs: summaries.map((own, i) => ({ value: spread.values[i], experiment: experiments[i], ...own })) }
      : (summaries[0] as ReturnType<typeof summary>)),
  };
  if (out) await writeFile(join(out, 'result.json'), `${JSON.stringify(result, null, 1)}\n`);
  if (flags.has('json')) printJson(result);
  else {
    for (const [i, own] of summaries.entries()) {
      if (spread) process.stdout.write(`${i ? '\n' : ''}${spread.path} = ${JSON.stringify(spread.values[i])}\n`);
      process.stdout.write(asText(own.lanes, own.verdict));
    }
  }
}

/** What came of one experiment at all its seeds; a verdict is one seed's. */
function summary(experiment: Experiment, reports: readonly Report[]) {
  const notes = reports.flatMap((report) => report.notes);
  return {
    lanes: experiment.lanes.map((_, lane) => laneOverSeeds(reports, lane)),
    ...(notes.length > 0 && { notes }),
    ...(reports.length === 1 && { verdict: reports[0]?.verdict }),
  };
}

/** More gain nothing for stacks of this size. */
const mostThreads = 8;

/** Seeds of a chain, where nobody says how many: one alone has no interval. */
const usualSeeds = 6;

/** @param before at how many seeds it was run, where it is run again */
async function runGivenChain(flags: Flags, given: unknown, before = usualSeeds): Promise<void> {
  for (const flag of ['data', 'spread', 'weights'])
    if (flags.has(flag)) throw new InputError(`--${flag} is given, and ${flags.words[0]} is a chain, which has no such flag`);
  const settled = setAll(given, flags.all('set'));
  const seed = flags.number('seed', { min: 0, max: largestSeed, integer: true });
  const typed = seed !== undefined && isObject(settled) ? { ...settled, seed } : settled;
  const chain = resolveChain(typed, catalog);
  const seeds = seedsIn(flags, chain.seed, before);
  const backend = backendIn(flags);
  const out = await folderIn(flags);
  const host = await hostIn(flags, backend);
  try {
    await chainInTerminal(chain, typed, seeds, { ...host, catalog }, { backend, json: flags.has('json'), out });
  } finally {
    host.close?.();
  }
}

function seedsIn(flags: Flags, first: number, usual: number): number[] {
  const count = flags.number('seeds', { min: 1, max: 1000, integer: true }) ?? usual;
  if (first + count - 1 > largestSeed)
    throw new InputError(`--seeds is ${count} from seed ${first} on; allowed: seeds up to ${largestSeed}`);
  return Array.from({ length: count }, (_, i) => first + i);
}

/** On processor cores one thread each; a GPU is driven from this one. */
async function hostIn(flags: Flags, backend: NodeBackend): Promise<Host & { close?(): void }> {
  const usual = Math.min(availableParallelism(), mostThreads);
  const threads = flags.number('threads', { min: 1, max: 64, integer: true }) ?? usual;
  return backend === 'webgpu' || threads === 1 ? await nodeHost(backend) : await threadedHost(backend, threads);
}

/** What is named or in the file. */
async function contentNamed(flags: Flags): Promise<unknown> {
  const [name] = flags.words;
  if (!name) throw new InputError('a scenario or a file is missing: run NAME|FILE.json');
  const known = scenarios.find(({ id }) => id === name)?.experiment ?? chains.find(({ id }) => id === name)?.chain;
  if (!known && !/[./\\]/.test(name)) {
    const ids = [...scenarios, ...chains].map(({ id }) => id);
    throw unknownName('scenario or chain', name, [...ids, 'or the path of a JSON file']);
  }
  return known ?? (await readJson(name));
}

function experimentOf(flags: Flags, given: unknown, known: Catalog): Experiment {
  const seed = flags.number('seed', { min: 0, max: largestSeed, integer: true });
  return resolveExperiment(seed !== undefined && isObject(given) ? { ...given, seed } : given, known);
}

/** The folder for results, made before the work that would otherwise be lost. */
export async function folderIn(flags: Flags): Promise<string | undefined> {
  const out = flags.text('out');
  if (out === undefined) return undefined;
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw new InputError(
      `--out is ${JSON.stringify(out)}, which cannot be made a folder (${(error as NodeJS.ErrnoException).code}); allowed: a folder`,
    );
  }
  return out;
}

export function backendIn(flags: Flags): NodeBackend {
  const given = flags.text('backend') ?? 'wasm';
  const backend = nodeBackends.find((known) => known === given);
  if (!backend) throw new InputError(`--backend is ${JSON.stringify(given)}; allowed: ${nodeBackends.join(', ')}`);
  return backend;
}

function asText(lanes: readonly ReturnType<typeof laneOverSeeds>[], verdict: string | undefined): string {
  const lines = lanes.flatMap(({ name, metrics }) => [
    name,
    ...Object.entries(metrics).map(([metric, { value, low, high, how }]) => {
      const shownValue = value === null ? '–' : `${value.toFixed(4)} [${low?.toFixed(4)}, ${high?.toFixed(4)}]`;
      return `  ${metric.padEnd(15)} ${shownValue.padEnd(28)} ${how}`;
    }),
  ]);
  return `${[...lines, ...(verdict ? [verdict] : [])].join('\n')}\n`;
}
