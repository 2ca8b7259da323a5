/** The experiment of `reference/membership.json`, and how tests run it. */

import { nodeHost } from '../../src/cli/host.ts';
import type { Attack, Family } from '../../src/core/attack.ts';
import type { Event, MetricName, MetricValue } from '../../src/core/event.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { mean, studentQuantile, variance } from '../../src/core/statistics.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { run } from '../../src/lab/run.ts';

export const referenceExperiment = {
  data: { id: 'mnist', members: 1000, nonMembers: 1000, population: 2000 },
  model: { id: 'mlp', hidden: [128] },
  training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 50 },
  attack: { id: 'loss-threshold' },
  lanes: [{ name: 'undefended', defenses: [] as object[] }],
  seed: 1,
};

/** Small enough for seconds, large enough for an overfitted model. */
export const smallExperiment = {
  ...referenceExperiment,
  data: { id: 'mnist', members: 200, nonMembers: 200, population: 200, test: 200 },
  model: { id: 'mlp', hidden: [32] },
  training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 40, epochs: 20 },
};

/** Five digits to learn; an attacker may know the other five. */
const otherDigits = { ...smallExperiment.data, id: 'digits8', heldBack: 5 };

/** A small experiment of each family, in which its attacks do something. */
export const smallOf: Readonly<Record<Family, object>> = {
  'membership inference': smallExperiment,
  'model extraction': smallExperiment,
  'model inversion': { ...smallExperiment, data: otherDigits, attack: { id: 'mi-face' } },
  poisoning: { ...smallExperiment, attack: { id: 'badnets' } },
  'training data extraction': { data: { id: 'mail', documents: 40, planted: 1, neverPlanted: 1 } },
  // Untaught, it tells right away: whoever has to teach it anew is spared the time.
  'harmful fine-tuning': { data: { id: 'castle' }, training: { epochs: 0 } },
  jailbreak: { data: { id: 'castle' }, training: { epochs: 0 } },
  'watermark removal': {
    ...smallExperiment,
    data: { ...smallExperiment.data, id: 'faces', identities: 2, nonMembers: 0, population: 100, test: 100, members: 100 },
  },
  'data decryption': { ...smallExperiment, data: { ...smallExperiment.data, id: 'hospital', population: 0 } },
};

export type Metrics = Partial<Record<MetricName, MetricValue>>;

export interface RunResult {
  readonly lanes: readonly Metrics[];
  readonly events: readonly Event[];
  readonly verdict: string;
}

/** Runs an experiment to its end on wasm. @param extra attacks that only this test knows */
export async function runOf(experiment: object, extra: readonly Attack[] = []): Promise<RunResult> {
  const host = await nodeHost('wasm');
  const known = { ...catalog, attacks: [...catalog.attacks, ...extra] };
  const resolved = resolveExperiment(experiment, known);
  const lanes: Metrics[] = resolved.lanes.map(() => ({}));
  const events: Event[] = [];
  let verdict = '';
  for await (const event of run(resolved, { ...host, catalog: known })) {
    events.push(event);
    const own = event.lane === undefined ? undefined : lanes[event.lane];
    if (event.type === 'metric' && own) own[event.name] = event.metric;
    if (event.type === 'evidence' && event.evidence.kind === 'verdict') verdict = event.evidence.sentence;
  }
  return { lanes, events, verdict };
}

/** A metric's number; fails the test where there is none. */
export function numberOf(metrics: Metrics | undefined, name: MetricName): number {
  const value = metrics?.[name]?.value;
  if (value == null) throw new Error(`${name} has no number: ${metrics?.[name]?.how ?? 'it was not measured'}`);
  return value;
}

export interface ReferenceFigure {
  readonly mean: number;
  readonly sd: number;
  readonly n: number;
}

/**
 * How far the mean of our seeds may lie from the reference's mean: Welch's t interval at p = 0.001, from both spreads. Two figures
 * that are the same in truth fail it once in a thousand; seeds are fixed, so a pass stays a pass.
 */
export function welchBound(values: readonly number[], reference: ReferenceFigure): number {
  const [own, other] = [variance(values) / values.length, reference.sd ** 2 / reference.n];
  const freedom = (own + other) ** 2 / (own ** 2 / (values.length - 1) + other ** 2 / (reference.n - 1));
  return studentQuantile(0.9995, freedom) * Math.sqrt(own + other);
}

/** How far one more target may lie from the reference's mean: its prediction interval at p = 0.001. */
export function predictionBound({ sd, n }: ReferenceFigure): number {
  return studentQuantile(0.9995, n - 1) * sd * Math.sqrt(1 + 1 / n);
}

/** Student's 95 % interval of paired differences. */
export function pairedInterval(after: readonly number[], before: readonly number[]): readonly [low: number, high: number] {
  const differences = after.map((value, i) => value - (before[i] as number));
  const half = studentQuantile(0.975, differences.length - 1) * Math.sqrt(variance(differences) / differences.length);
  return [mean(differences) - half, mean(differences) + half];
}
