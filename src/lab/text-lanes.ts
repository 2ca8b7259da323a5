/** The lanes of an experiment on text: the language is learned once, for all of them. */
import type { TextDataset } from '../core/dataset.ts';
import { type Event, type LaneEvent, note } from '../core/event.ts';
import { type Experiment, find } from '../core/experiment.ts';
import { randomOf } from '../core/random.ts';
import { spellerOf, vocabularyOf } from '../core/words.ts';
import { runAssistantLane } from './assistant-lane.ts';
import { runDocumentsLane } from './documents-lane.ts';
import { unmeasured } from './judge-membership.ts';
import { languageModelOf } from './language-model.ts';
import { type PublicLanguage, runMarkedTextLane } from './marked-text-lane.ts';
import { pretrained } from './pretrained.ts';
import { Diverged } from './reported.ts';
import type { Host } from './run.ts';
import type { Party } from './shared-stack.ts';
import { type TextStage, textStage } from './text-stage.ts';

export async function* lanesOnText(
  experiment: Experiment,
  host: Host,
  parties: readonly Party[],
  dataset: TextDataset,
): AsyncGenerator<Event, AsyncGenerator<LaneEvent>[]> {
  const random = randomOf(experiment.seed);
  const { id, ...options } = experiment.model;
  const begun = yield* pretrained(host, dataset, experiment.data, { id, options });
  const corpus = dataset.corpus(experiment.data, random.stream('data'));
  const { access } = find(host.catalog.attacks, 'attack', experiment.attack.id);
  const examined: TextStage['examined'] = new Map();
  const language = access === 'marked-texts' ? publicLanguage() : undefined;
  return experiment.lanes.map((lane, i) => {
    const compute = parties[i] as Party;
    const stage = textStage({ experiment, host, compute, pretrained: begun, examined, random }, dataset, lane);
    const told =
      corpus.kind === 'assistant'
        ? runAssistantLane(stage, corpus)
        : language
          ? runMarkedTextLane(stage, language)
          : runDocumentsLane(stage, corpus);
    return ended(told, stage);
  });

  function publicLanguage(): PublicLanguage {
    const publicTexts = dataset.lessons(experiment.data, 0).map(({ text }) => text);
    const { decoder } = languageModelOf(host.compute, { id, options }, dataset.length, begun.base);
    return { model: spellerOf(decoder, vocabularyOf(publicTexts)), publicTexts };
  }
}

/** A lane to its end, however it ends. */
export async function* ended<T>(
  lane: AsyncGenerator<LaneEvent, T>,
  { experiment, host, compute }: TextStage,
): AsyncGenerator<LaneEvent, T | undefined> {
  try {
    return yield* lane;
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    yield note('A training diverged: its weights are not numbers. A smaller learning rate helps.');
    const { metrics } = find(host.catalog.attacks, 'attack', experiment.attack.id);
    yield* unmeasured(metrics, 'a training diverged');
    return undefined;
  } finally {
    compute.leave(); // others may be waiting for it
  }
}
