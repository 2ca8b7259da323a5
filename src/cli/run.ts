/** `run`: an experiment or a scenario, at one seed or several. */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { MetricName, MetricValue } from '../core/event.ts';
import { type Experiment, resolveExperiment } from '../core/experiment.ts';
import { InputError, unknownName } from '../core/input-error.ts';
import { catalog } from '../lab/catalog.ts';
import { type Host, run } from '../lab/run.ts';
import { overSeeds } from '../metrics/intervals.ts';
import { scenarios } from '../scenarios/index.ts';
import { printJson, readJson } from './files.ts';
import { type Flags, parseFlags } from './flags.ts';
import { type NodeBackend, nodeBackends, nodeHost, threadedHost } from './host.ts';
import { setAll } from './settings.ts';

const largestSeed = 4294967295;

interface LaneReport {
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricValue>>;
  readonly seconds: { readonly training: number; readonly attack: number };
}

interface SeedReport {
  readonly seed: number;
  readonly lanes: readonly LaneReport[];
  readonly notes: readonly string[];
  readonly verdict: string;
}

export async function runCommand(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['set', 'seed', 'seeds', 'backend', 'threads', 'out'], ['json'], 1);
  const experiment = await experimentIn(flags);
  const seeds = flags.number('seeds', { min: 1, max: 1000, integer: true }) ?? 1;
  if (experiment.seed + seeds - 1 > largestSeed) {
    throw new InputError(`--seeds is ${seeds} from seed ${experiment.seed} on; allowed: seeds up to ${largestSeed}`);
  }
  const backend = backendIn(flags);
  const out = await folderIn(flags);
  const usual = Math.min(availableParallelism(), mostThreads);
  const threads = flags.number('threads', { min: 1, max: 64, integer: true }) ?? usual;
  // On processor cores one thread each; a GPU is driven from this one.
  const host: Host & { close?(): void } =
    backend === 'webgpu' || threads === 1 ? await nodeHost(backend) : await threadedHost(backend, threads);
  const reports: SeedReport[] = [];
  try {
    for (let seed = experiment.seed; seed < experiment.seed + seeds; seed++) {
      const { report, events } = await runSeed({ ...experiment, seed }, host);
      reports.push(report);
      // At once: a long series that is cut short keeps what it has.
      if (out)
        await writeFile(
          join(out, `seed-${seed}.jsonl`),
          events.map((event) => `${JSON.stringify(event, plainArrays)}\n`).join(''),
        );
    }
  } finally {
    host.close?.();
  }
  const result = {
    experiment,
    backend,
    ...(seeds > 1 && { seeds: reports.map(({ seed }) => seed) }),
    lanes: experiment.lanes.map((_, lane) => laneOverSeeds(reports, lane)),
    ...(reports[0]?.notes.length && { notes: reports.flatMap(({ notes }) => notes) }),
    verdict: seeds === 1 ? reports[0]?.verdict : undefined,
  };
  if (out) await writeFile(join(out, 'result.json'), `${JSON.stringify(result, null, 1)}\n`);
  if (flags.has('json')) printJson(result);
  else process.stdout.write(asText(result.lanes, result.verdict));
}

/** More gain nothing for stacks of this size. */
const mostThreads = 8;

/** Typed arrays as plain ones. */
const plainArrays = (_key: string, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value);

async function experimentIn(flags: Flags): Promise<Experiment> {
  const [name] = flags.words;
  if (!name) throw new InputError('a scenario or a file is missing: run NAME|FILE.json');
  const scenario = scenarios.find(({ id }) => id === name);
  if (!scenario && !/[./\\]/.test(name)) {
    throw unknownName('scenario', name, [...scenarios.map(({ id }) => id), 'or the path of a JSON file']);
  }
  const given = setAll(scenario ? scenario.experiment : await readJson(name), flags.all('set'));
  const seed = flags.number('seed', { min: 0, max: largestSeed, integer: true });
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given); // anything else is refused next
  return resolveExperiment(seed !== undefined && isObject ? { ...given, seed } : given, catalog);
}

/** The folder for results, made before the work that would otherwise be lost. */
async function folderIn(flags: Flags): Promise<string | undefined> {
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

function backendIn(flags: Flags): NodeBackend {
  const given = flags.text('backend') ?? 'wasm';
  const backend = nodeBackends.find((known) => known === given);
  if (!backend) throw new InputError(`--backend is ${JSON.stringify(given)}; allowed: ${nodeBackends.join(', ')}`);
  return backend;
}

async function runSeed(experiment: Experiment, host: Host): Promise<{ report: SeedReport; events: unknown[] }> {
  const lanes = experiment.lanes.map(({ name }) => ({
    name,
    metrics: {} as Record<MetricName, MetricValue>,
    seconds: { training: 0, attack: 0 },
  }));
  const notes: string[] = [];
  const events: unknown[] = [];
  let verdict = '';
  for await (const event of run(experiment, host)) {
    const lane = event.lane === undefined ? undefined : lanes[event.lane];
    if (event.type === 'progress') sayProgress(experiment.seed, lane?.name, event.phase, event.done, event.total);
    else events.push(event);
    if (event.type === 'metric' && lane) lane.metrics[event.name] = event.metric;
    if (event.type === 'seconds' && lane) lane.seconds[event.part] = event.seconds;
    if (event.type === 'note') notes.push(event.text);
    if (event.type === 'evidence' && event.evidence.kind === 'verdict') verdict = event.evidence.sentence;
  }
  return { report: { seed: experiment.seed, lanes, notes, verdict }, events };
}

let lastSaid = '';

/** One line for each tenth of a phase, on standard error. */
function sayProgress(seed: number, lane: string | undefined, phase: string, done: number, total: number): void {
  const line = `seed ${seed}${lane ? `, ${lane}` : ''}: ${phase} ${Math.floor((10 * done) / total) * 10} %`;
  if (line !== lastSaid) process.stderr.write(`${line}\n`);
  lastSaid = line;
}

/** At several seeds a metric is its mean, with the interval over seeds and every seed's value beside it. */
function laneOverSeeds(reports: readonly SeedReport[], lane: number) {
  const own = reports.map((report) => report.lanes[lane] as LaneReport);
  const [first] = own as [LaneReport];
  const names = Object.keys(first.metrics);
  const valuesOf = (name: string) => own.map(({ metrics }) => metrics[name] as MetricValue);
  return {
    name: first.name,
    metrics: Object.fromEntries(names.map((name) => [name, overSeeds(valuesOf(name))])),
    ...(own.length > 1 && { perSeed: Object.fromEntries(names.map((name) => [name, valuesOf(name)])) }),
    seconds: {
      training: own.reduce((sum, { seconds }) => sum + seconds.training, 0),
      attack: own.reduce((sum, { seconds }) => sum + seconds.attack, 0),
    },
  };
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
