/**
 * One knob at several values, each at several seeds, side by side in one stack: how the attack and the accuracy move with it, with
 * intervals over the seeds. The curves grow as runs come home.
 */
import { type Attack, utilityOf } from '../core/attack.ts';
import { type Event, evidence, type MetricName, type MetricValue, plainMetrics, progress } from '../core/event.ts';
import type { Curve } from '../core/evidence.ts';
import { type Experiment, find } from '../core/experiment.ts';
import { overSeeds } from '../metrics/intervals.ts';
import { type Host, runSeveral } from './run.ts';
import { differ, percent } from './verdict.ts';

/** A knob that is spread: what it is called, its values, and the experiment at each of them. */
export interface Spread {
  readonly label: string;
  readonly values: readonly number[];
  readonly experiments: readonly Experiment[];
  /** At each value, seeds from the experiment's own on. */
  readonly seeds: number;
}

/** Experiments that share one stack: enough to keep every device busy, few enough to hold the data of each. */
const atOnce = 8;

export async function* runSpread(spread: Spread, host: Host): AsyncGenerator<Event> {
  const { values, experiments, seeds } = spread;
  // Seed by seed, so that after the first round all values are there.
  const items = Array.from({ length: seeds }, (_, s) =>
    experiments.map((experiment, value) => ({ value, experiment: { ...experiment, seed: experiment.seed + s } })),
  ).flat();
  const found: Found = values.map(() => (experiments[0] as Experiment).lanes.map(() => []));
  for (let from = 0; from < items.length; from += atOnce) {
    const some = items.slice(from, from + atOnce);
    const metrics = some.map(({ experiment }) => experiment.lanes.map(() => new Map<MetricName, MetricValue>()));
    let home = 0;
    const stream = runSeveral(
      some.map(({ experiment }) => experiment),
      host,
    );
    try {
      for (let step = await stream.next(); !step.done; step = await stream.next()) {
        const { experiment: i, event } = step.value;
        if (event.type === 'metric') metrics[i]?.[event.lane ?? 0]?.set(event.name, event.metric);
        if (event.type === 'progress') yield told(from + home);
        if (event.type !== 'evidence' || event.evidence.kind !== 'verdict') continue;
        home++;
        for (const [lane, own] of (metrics[i] ?? []).entries())
          found[(some[i] as (typeof some)[number]).value]?.[lane]?.push(own);
        yield* curvesOf(spread, found, host);
      }
    } finally {
      await stream.return(undefined);
    }
  }
  yield told(items.length);
  yield evidence('verdict', { kind: 'verdict', title: 'Verdict', sentence: sentenceOf(spread, found, host) });

  function told(done: number) {
    return progress(`${spread.label} at ${values.length} values`, done, items.length);
  }
}

/** `[value][lane][seed]` */
type Found = ReadonlyMap<MetricName, MetricValue>[][][];

/** A metric's mean over the seeds at one value of the knob, in one lane, with its interval; one seed alone has none. */
function meanOf(found: Found, value: number, lane: number, name: MetricName): MetricValue | undefined {
  const numbers = (found[value]?.[lane] ?? []).flatMap((own) => own.get(name) ?? []).filter(({ value }) => value !== null);
  if (numbers.length === 0) return undefined;
  const over = overSeeds(numbers);
  return numbers.length > 1 ? over : { ...over, low: over.value, high: over.value };
}

function* curvesOf({ label, values, experiments }: Spread, found: Found, { catalog }: Host): Generator<Event> {
  const { attack: chosen, lanes } = experiments[0] as Experiment;
  const attack = find(catalog.attacks, 'attack', chosen.id);
  const worth = worthOf(attack);
  const at = (v: number, l: number, name: MetricName) => {
    const over = meanOf(found, v, l, name);
    return over && { y: over.value as number, low: over.low as number, high: over.high as number };
  };
  const curve = (
    id: string,
    name: MetricName,
    { title, xLabel, xAt }: { title: string; xLabel: string; xAt: (v: number, l: number) => number | undefined },
  ): Event => {
    const lines = lanes.map((lane, l) => {
      const points = values.flatMap((_, v) => {
        const [x, found] = [xAt(v, l), at(v, l, name)];
        return x === undefined || !found ? [] : [{ x, ...found }];
      });
      points.sort((one, other) => one.x - other.x);
      const of = (key: 'x' | 'y' | 'low' | 'high') => points.map((point) => point[key]);
      return { name: lane.name, defended: lane.defenses.length > 0, x: of('x'), y: of('y'), low: of('low'), high: of('high') };
    });
    const first = found.flat(2).find((own) => own.get(name)?.chance !== undefined);
    const chance = first?.get(name)?.chance;
    return evidence(id, {
      kind: 'curve',
      title,
      xLabel,
      yLabel: name,
      lines,
      ...(chance !== undefined && { chance }),
    } satisfies Curve);
  };
  const [leakage] = attack.metrics;
  const byValue = { xLabel: label, xAt: (v: number) => values[v] };
  yield curve('spread', leakage, { title: 'The attack, at each value', ...byValue });
  yield curve('spread accuracy', worth.metric, { title: `${worth.name}, at each value`, ...byValue });
  // Means over different seeds differ by their seeds alone: each round is drawn when it is whole.
  if (new Set(found.flat().map((own) => own.length)).size > 1) return;
  const worths = lanes.map((_, l) => values.map((_value, v) => at(v, l, worth.metric)?.y));
  // What the attacker does costs the model nothing: there is then nothing to trade.
  if (worths.every((own) => new Set(own).size < 2)) return;
  yield curve('spread trade-off', leakage, {
    title: `The attack against ${worth.name.toLowerCase()}`,
    xLabel: worth.metric,
    xAt: (v, l) => at(v, l, worth.metric)?.y,
  });
}

/** What tells how good the model still is, and its name in a sentence. */
function worthOf(attack: Attack): { readonly metric: MetricName; readonly name: string } {
  const metric = utilityOf(attack);
  return { metric, name: metric === 'perplexity' ? 'Perplexity' : 'Accuracy' };
}

/** Where attack and accuracy go from the first value to the last, lane by lane, and whether that is more than the seeds differ. */
function sentenceOf({ label, values, experiments }: Spread, found: Found, { catalog }: Host): string {
  const { attack: chosen, lanes } = experiments[0] as Experiment;
  const attack = find(catalog.attacks, 'attack', chosen.id);
  const worth = worthOf(attack);
  const change = (lane: number, name: MetricName) => {
    const [begin, end] = [meanOf(found, 0, lane, name), meanOf(found, values.length - 1, lane, name)];
    if (!begin || !end) return 'has no number';
    const [from, to] = [begin, end].map(({ value }) => shown(name, value as number));
    if (from === to) return `stays at ${to}`;
    if (!differ(begin, end)) return `goes from ${from} to ${to}, no clear difference`;
    return `${(end.value as number) > (begin.value as number) ? 'rises' : 'falls'} from ${from} to ${to}`;
  };
  const each = lanes.map(({ name, defenses }, l) => {
    const who = defenses.length > 0 ? `With ${name}` : 'Undefended';
    return `${who}, the attack ${change(l, attack.metrics[0])}; ${worth.name.toLowerCase()} ${change(l, worth.metric)}.`;
  });
  return [`${label} from ${values[0]} to ${values[values.length - 1]}.`, ...each].join(' ');
}

const shown = (name: MetricName, value: number) => (plainMetrics.includes(name) ? value.toFixed(2) : percent(value));
