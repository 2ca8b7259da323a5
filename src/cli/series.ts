/** Several experiments side by side in one stack, each to what it reports in the end. */
import type { MetricName, MetricValue } from '../core/event.ts';
import type { Experiment } from '../core/experiment.ts';
import { type Host, runSeveral } from '../lab/run.ts';
import { overSeeds } from '../metrics/intervals.ts';

/** One experiment of a series, and how its progress and its file are named. */
export interface SeriesItem {
  readonly name: string;
  readonly experiment: Experiment;
}

export interface LaneReport {
  readonly name: string;
  readonly metrics: Readonly<Record<string, MetricValue>>;
  /** Elapsed; those that run side by side share them. */
  readonly seconds: { readonly training: number; readonly attack: number };
}

export interface Report {
  /** Which of the series' items it is about. */
  readonly item: number;
  readonly lanes: readonly LaneReport[];
  readonly notes: readonly string[];
  readonly verdict: string;
  /** All events but progress, in order. */
  readonly events: readonly unknown[];
}

/** Experiments that share one stack: enough to keep every thread and a GPU busy, few enough to hold the data of each. */
const atOnce = 8;

/** Each report comes as soon as it is there: a long series that is cut short keeps what it has. */
export async function* runSeries(items: readonly SeriesItem[], host: Host): AsyncGenerator<Report> {
  for (let from = 0; from < items.length; from += atOnce) yield* runSome(items.slice(from, from + atOnce), from, host);
}

async function* runSome(items: readonly SeriesItem[], from: number, host: Host): AsyncGenerator<Report> {
  const reports = items.map(({ experiment }, i) => ({
    item: from + i,
    lanes: experiment.lanes.map(({ name }) => ({
      name,
      metrics: {} as Record<MetricName, MetricValue>,
      seconds: { training: 0, attack: 0 },
    })),
    notes: [] as string[],
    events: [] as unknown[],
    verdict: '',
  }));
  const experiments = items.map(({ experiment }) => experiment);
  for await (const { experiment: i, event } of runSeveral(experiments, host)) {
    const report = reports[i] as (typeof reports)[number];
    const lane = event.lane === undefined ? undefined : report.lanes[event.lane];
    if (event.type === 'progress') sayProgress(items[i]?.name ?? '', lane?.name, event.phase, event.done, event.total);
    else report.events.push(event);
    if (event.type === 'metric' && lane) lane.metrics[event.name] = event.metric;
    if (event.type === 'seconds' && lane) lane.seconds[event.part] = event.seconds;
    if (event.type === 'note' && !report.notes.includes(event.text)) report.notes.push(event.text);
    if (event.type === 'evidence' && event.evidence.kind === 'verdict') {
      report.verdict = event.evidence.sentence;
      yield report; // a verdict is the last that there is to say
    }
  }
}

const said = new Map<string, string>();

/** One line for each tenth of a phase, on standard error. */
function sayProgress(name: string, lane: string | undefined, phase: string, done: number, total: number): void {
  const who = `${name}${lane ? `, ${lane}` : ''}`;
  const line = `${who}: ${phase} ${Math.floor((10 * done) / total) * 10} %`;
  if (line !== said.get(who)) process.stderr.write(`${line}\n`);
  said.set(who, line);
}

/** At several seeds a metric is its mean, with the interval over seeds and every seed's value beside it. */
export function laneOverSeeds(reports: readonly Report[], lane: number) {
  const own = reports.map((report) => report.lanes[lane] as LaneReport);
  const [first] = own as [LaneReport];
  const names = Object.keys(first.metrics);
  const valuesOf = (name: string) => own.map(({ metrics }) => metrics[name] as MetricValue);
  return {
    name: first.name,
    metrics: Object.fromEntries(names.map((name) => [name, overSeeds(valuesOf(name))])),
    ...(own.length > 1 && { perSeed: Object.fromEntries(names.map((name) => [name, valuesOf(name)])) }),
    // Seeds that run side by side begin and end together: the longest is what they took.
    seconds: { training: elapsed(reports, lane, 'training'), attack: elapsed(reports, lane, 'attack') },
  };
}

function elapsed(reports: readonly Report[], lane: number, part: 'training' | 'attack'): number {
  const longest = new Map<number, number>(); // of those that ran side by side
  for (const { item, lanes } of reports) {
    const together = Math.floor(item / atOnce);
    longest.set(together, Math.max(longest.get(together) ?? 0, lanes[lane]?.seconds[part] ?? 0));
  }
  return [...longest.values()].reduce((sum, seconds) => sum + seconds, 0);
}
