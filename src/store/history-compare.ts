/** Runs side by side: what differs in their experiments, the numbers that can be compared, and leakage against accuracy. */
import { type MetricName, type MetricValue, metricNames } from '../core/event.ts';
import type { Catalog } from '../core/experiment.ts';
import type { KeptRun } from './history-run.ts';
import { headlinesOf } from './lecture.ts';
import { differingPaths, optionsOf } from './option-paths.ts';

export interface Difference {
  /** As in a link: `lanes.1.dp-sgd.clip`. */
  readonly path: string;
  /** Run by run; null where a run has no such option. */
  readonly values: readonly (string | null)[];
}

/** One number of one lane, run by run; null where a run does not have it. */
export interface ComparedMetric {
  readonly name: MetricName;
  readonly lane: number;
  readonly values: readonly (MetricValue | null)[];
}

/** Two numbers of every lane of every run that has both of them. */
export interface TradeOff {
  readonly leakage: MetricName;
  readonly utility: MetricName;
  /** Where all of them have the same. */
  readonly chance?: number;
  readonly marks: readonly TradeOffMark[];
}

export interface TradeOffMark {
  readonly run: number;
  readonly lane: number;
  readonly defended: boolean;
  readonly leakage: Measured;
  readonly utility: Measured;
}

export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export function differencesOf(runs: readonly KeptRun[]): Difference[] {
  const options = runs.map(({ experiment }) => optionsOf(experiment));
  return differingPaths(options).map((path) => ({ path, values: options.map((of) => of.get(path) ?? null) }));
}

/**
 * What can be compared, the headline numbers of the attacks first: what two or more of the runs have. What only one of them has stands apart.
 */
export function comparedMetrics(runs: readonly KeptRun[], catalog: Catalog) {
  const headlines = runs.flatMap((run) => headlinesIn(run, catalog));
  const names = [...new Set([...headlines, ...metricNames])];
  const lanes = Math.max(0, ...runs.map(({ metrics }) => metrics.length));
  const all = names.flatMap((name) =>
    Array.from(
      { length: lanes },
      (_, lane): ComparedMetric => ({ name, lane, values: runs.map(({ metrics }) => metrics[lane]?.[name] ?? null) }),
    ),
  );
  const runsWith = (name: MetricName) => runs.filter(({ metrics }) => metrics.some((lane) => lane[name]?.value != null)).length;
  const measured = all.filter(({ values }) => values.some((metric) => metric?.value != null));
  return {
    shared: measured.filter(({ name }) => runsWith(name) > 1),
    single: measured.filter(({ name }) => runsWith(name) === 1),
  };
}

/** A picture for each pair of headline numbers that at least two of the runs have. */
export function tradeOffsOf(runs: readonly KeptRun[], catalog: Catalog): TradeOff[] {
  const pairs = new Map(
    runs.flatMap((run) => {
      const [leakage, utility] = headlinesIn(run, catalog);
      return leakage && utility ? [[`${leakage} ${utility}`, { leakage, utility }] as const] : [];
    }),
  );
  return [...pairs.values()].flatMap(({ leakage, utility }) => {
    const marks = runs.flatMap(({ metrics, experiment }, run) =>
      metrics.flatMap((lane, index): TradeOffMark[] => {
        const [leaked, useful] = [measuredIn(lane[leakage]), measuredIn(lane[utility])];
        const defended = (experiment.lanes[index]?.defenses.length ?? 0) > 0;
        return leaked && useful ? [{ run, lane: index, defended, leakage: leaked, utility: useful }] : [];
      }),
    );
    if (new Set(marks.map(({ run }) => run)).size < 2) return [];
    const chances = new Set(marks.map(({ run, lane }) => runs[run]?.metrics[lane]?.[leakage]?.chance));
    const [chance] = chances;
    return [{ leakage, utility, marks, ...(chances.size === 1 && chance !== undefined && { chance }) }];
  });
}

/** The two numbers that its attack is told by, if that attack is still known. */
export function headlinesIn({ experiment }: Pick<KeptRun, 'experiment'>, { attacks }: Catalog): readonly MetricName[] {
  const attack = attacks.find(({ id }) => id === experiment.attack.id);
  return attack ? headlinesOf(attack) : [];
}

function measuredIn(metric: MetricValue | undefined): Measured | null {
  if (!metric || metric.value === null) return null;
  const { value, low, high } = metric;
  return { value, low: low ?? value, high: high ?? value };
}
