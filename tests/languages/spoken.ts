/** Every text that a person may be shown and that is not the page's own: what is declared, and what recorded runs say. */
import { summarisedDataset } from '../../datasets/own/index.ts';
import { chains } from '../../src/chains/index.ts';
import { resolveChain } from '../../src/core/chain.ts';
import { type MetricValue, metricNames } from '../../src/core/event.ts';
import type { Evidence } from '../../src/core/evidence.ts';
import { dataParams, resolveExperiment, splitParams, trainingParams } from '../../src/core/experiment.ts';
import type { Params } from '../../src/core/params.ts';
import { summary } from '../../src/data-files/wording.ts';
import { families } from '../../src/known-answers/check.ts';
import { checks } from '../../src/known-answers/index.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Recording } from '../../src/lab/recording.ts';
import { goals } from '../../src/scenarios/goals.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { defenseLimit, familyLimits, metricLimits } from '../../src/store/card-texts.ts';

const ofParams = (params: Params) =>
  Object.values(params).flatMap((param) => [param.label, param.says, ...(param.kind === 'choice' ? param.choices : [])]);

interface Member {
  readonly title: string;
  readonly says: string;
  readonly params: Params;
}
const ofMembers = (members: readonly Member[]) =>
  members.flatMap(({ title, says, params }) => [title, says, ...ofParams(params)]);

/** What somebody brought. */
const own = { classNames: ['0', '1'], count: 60, notes: ['The label is the last column, "y".'] };
const ownTable = summarisedDataset({ ...own, shape: [2], from: summary('a.csv', 60, [2], 2) });
const ownPictures = summarisedDataset({ ...own, shape: [28, 28, 3], from: summary('a.zip', 60, [28, 28, 3], 2) });

/** By what they belong to. */
export const declared: Readonly<Record<string, readonly string[]>> = {
  attacks: [...ofMembers(catalog.attacks), ...catalog.attacks.map(({ family }) => family)],
  defenses: ofMembers(catalog.defenses),
  protections: ofMembers(catalog.protections),
  models: ofMembers(catalog.models),
  training: [...ofParams(trainingParams), ...ofParams(splitParams)],
  datasets: [...catalog.datasets, ownTable, ownPictures].flatMap((dataset) => {
    const { what, from, licence, limits } = dataset.card;
    return [dataset.title, what, from, licence, limits, ...ofParams(dataParams(dataset))];
  }),
  scenarios: scenarios.flatMap(({ title, says, notes, story, experiment }) => [
    ...[title, says, notes],
    ...story.flatMap(({ say, ask }) => [say, ...(ask ? [ask] : [])]),
    ...resolveExperiment(experiment, catalog).lanes.map(({ name }) => name),
  ]),
  chains: chains.flatMap(({ title, says, hypothesis, found, story, notes, chain }) => [
    ...[title, says, hypothesis, found, notes],
    ...story.flatMap(({ say, ask }) => [say, ...(ask ? [ask] : [])]),
    ...resolveChain(chain, catalog).defenses.map(({ name }) => name),
  ]),
  goals: goals.flatMap(({ title, says, hint, start: { lanes } }) => [
    ...[title, says, hint],
    ...((lanes ?? []) as readonly { readonly name: string }[]).map(({ name }) => name),
  ]),
  cards: [...Object.values(familyLimits), defenseLimit, ...Object.values(metricLimits)],
  answers: [...families, ...checks.flatMap(({ says, source, allowed }) => [says, source, allowed.because])],
};

export function recordedTexts({ messages }: Recording): readonly string[] {
  const found = messages.flatMap(({ message }) => {
    if (message.type === 'chained') {
      const { phase, result } = message;
      const runs = result.links.flatMap((link) => link.runs.flatMap(({ name, metrics }) => [name, ...ofMetrics(metrics)]));
      return [phase, ...runs, ...result.matrix.map(({ name }) => name)];
    }
    if (message.type !== 'event') return [];
    const { event } = message;
    switch (event.type) {
      case 'progress':
        return [event.phase];
      case 'metric':
        return ofMetrics({ [event.name]: event.metric });
      case 'evidence':
        return ofEvidence(event.evidence);
      case 'note':
        return [event.text];
      default:
        return [];
    }
  });
  return [...new Set(found)];
}

const ofMetrics = (metrics: Readonly<Record<string, MetricValue | undefined>>) =>
  Object.values(metrics).flatMap((metric) => (metric ? [metric.how, ...(metric.chanceIs ? [metric.chanceIs] : [])] : []));

function ofEvidence(evidence: Evidence): string[] {
  const { title } = evidence;
  switch (evidence.kind) {
    case 'curve':
      return [title, evidence.xLabel, ...labelled(evidence.yLabel), ...evidence.lines.map(({ name }) => name)];
    case 'histogram':
      return [title, evidence.xLabel, ...evidence.groups.map(({ name }) => name)];
    case 'scatter':
      return [title, ...evidence.groups.map(({ name }) => name)];
    case 'confusion':
      return [title, ...evidence.classes];
    case 'images':
      return [title, ...evidence.items.map(({ caption }) => caption)];
    case 'table':
      return [title, ...evidence.columns, ...evidence.rows.flat().filter((cell) => typeof cell === 'string')];
    case 'verdict':
      return [title, evidence.sentence];
    case 'roc':
    case 'text': // what somebody wrote stays as it was written
      return [title];
    default:
      return evidence satisfies never;
  }
}

/** A metric has its name among the page's own texts. */
const labelled = (label: string) => ((metricNames as readonly string[]).includes(label) ? [] : [label]);
