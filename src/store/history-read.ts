/**
 * What lies in the browser's storage may be of another version, or written by anybody: only what has the shape of a kept run is taken, and
 * all else is skipped. Nothing of it is ever run; its link is read like any other link.
 */
import { type MetricName, type MetricValue, metricNames } from '../core/event.ts';
import type { KeptFinds, KeptMetrics, KeptPiece, KeptRun, Provenance } from './history-run.ts';

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const longestText = 4000;
const longestList = 20_000;

const isText: Check = (value) => typeof value === 'string' && value.length <= longestText;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isFlag: Check = (value) => typeof value === 'boolean';
const isDate: Check = (value) => isText(value) && Number.isFinite(Date.parse(value as string));
const orNothing =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const listOf =
  (check: Check, most = longestList): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);
const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
const shaped =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    const fields = fieldsOf(value);
    return fields !== null && Object.entries(checks).every(([key, check]) => check(fields[key]));
  };
const every =
  (check: Check): Check =>
  (value) => {
    const fields = fieldsOf(value);
    return fields !== null && Object.values(fields).every(check);
  };

const isOption: Check = (value) => isText(value) || isNumber(value) || isFlag(value) || listOf(isNumber, 100)(value);
const isChosen: Check = (value) => shaped({ id: isText })(value) && every(isOption)(value);
const isExperiment = shaped({
  data: isChosen,
  protection: orNothing(isChosen),
  model: isChosen,
  training: every(isOption),
  attack: isChosen,
  lanes: (value) => listOf(shaped({ name: isText, defenses: listOf(isChosen, 6) }), 4)(value) && (value as unknown[]).length > 0,
  seed: isCount,
});
const isMetric = shaped({
  value: orNull(isNumber),
  low: orNull(isNumber),
  high: orNull(isNumber),
  how: isText,
  chance: orNothing(isNumber),
  chanceIs: orNothing(isText),
  most: orNothing(isNumber),
  sampleSize: isNumber,
  details: orNothing(every((value) => isText(value) || isNumber(value))),
});
const isProvenance = shaped({
  build: isText,
  tfjs: isText,
  backend: isText,
  workers: isCount,
  adapter: orNothing(isText),
  seconds: isNumber,
  at: isDate,
});
const isRun = shaped({
  id: isCount,
  pinned: isFlag,
  preset: isText,
  changed: isFlag,
  link: (value) => isText(value) && /^#\/run(\?|$)/.test(value as string),
  experiment: isExperiment,
  metrics: listOf(
    every(() => true),
    4,
  ),
  verdict: isText,
  provenance: isProvenance,
});

/** A kept run, or nothing where it is none. */
export function readRun(value: unknown): KeptRun | null {
  if (!isRun(value)) return null;
  const run = value as KeptRun;
  const { id, pinned, preset, changed, link, experiment, metrics, verdict, provenance } = run;
  const { build, tfjs, backend, workers, adapter, seconds, at } = provenance;
  const where: Provenance = { build, tfjs, backend, workers, ...(adapter !== undefined && { adapter }), seconds, at };
  return {
    id,
    pinned,
    preset,
    changed,
    link,
    experiment,
    metrics: experiment.lanes.map((_, lane) => readMetrics(metrics[lane] ?? {})),
    verdict,
    provenance: where,
  };
}

/** A metric that is not known here, or is none, is left out; the others stand. */
const readMetrics = (metrics: Fields): KeptMetrics =>
  Object.fromEntries(
    metricNames.flatMap((name): [MetricName, MetricValue][] =>
      Object.hasOwn(metrics, name) && isMetric(metrics[name]) ? [[name, metrics[name] as MetricValue]] : [],
    ),
  );

const isRates = listOf(isNumber);
const isRoc = shaped({
  title: isText,
  falsePositiveRate: isRates,
  truePositiveRate: isRates,
  positives: isCount,
  negatives: isCount,
  guarantee: orNothing(shaped({ epsilon: isNumber, delta: isNumber })),
});
const isSpan = shaped({
  text: isText,
  mark: oneOf(undefined, 'leak', 'refusal', 'prompt', 'green'),
  probability: orNothing(isNumber),
});
const isPassage = shaped({ title: isText, spans: listOf(isSpan) });
const isPictures = shaped({
  title: isText,
  height: isCount,
  width: isCount,
  channels: oneOf(1, 3),
  columns: orNothing(isCount),
  pixels: (value) => value instanceof Uint8Array,
  items: listOf(shaped({ caption: isText, mark: oneOf(undefined, 'right', 'wrong') })),
});

const isPiece: Check = (value) => {
  switch (fieldsOf(value)?.kind) {
    case 'roc': {
      const { falsePositiveRate, truePositiveRate } = value as Record<string, unknown[]>;
      return isRoc(value) && falsePositiveRate?.length === truePositiveRate?.length;
    }
    case 'text':
      return isPassage(value);
    case 'images': {
      if (!isPictures(value)) return false;
      const { items, height, width, channels, pixels } = value as Extract<KeptPiece, { kind: 'images' }>;
      return pixels.length === items.length * height * width * channels;
    }
    default:
      return false;
  }
};

/** What is kept of what an attack brought home; what is none of it is skipped. */
export const readFinds = (value: unknown): KeptFinds =>
  listOf(Array.isArray, 4)(value) ? (value as unknown[][]).map((lane) => lane.filter(isPiece) as KeptPiece[]) : [];
