/**
 * One lane on documents, from the mails to what was got out of the model that learned them. It begins as a model of public mails, goes on
 * with private ones, and is then asked by somebody who wants the secrets among them.
 */
import type { Targets } from '../core/access.ts';
import type { Artefact } from '../core/artefact.ts';
import type { Attack } from '../core/attack.ts';
import type { ExtractionContext } from '../core/attacker.ts';
import type { Decoder, Past, Reading } from '../core/decoder.ts';
import type { TokenGuard } from '../core/defense.ts';
import { type LaneEvent, metric, progress } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import type { Documents } from '../core/language.ts';
import { idsOf } from '../core/text.ts';
import type { Weights } from '../core/training.ts';
import { surprises } from '../core/writing.ts';
import { perplexityOf } from '../metrics/intervals.ts';
import { guaranteeOf, guaranteeTold } from './guarantee.ts';
import { judgeExtraction } from './judge-extraction.ts';
import { brought } from './lane.ts';
import { type LanguageModel, languageModelOf, learn } from './language-model.ts';
import type { TextStage } from './text-stage.ts';

export async function* runDocumentsLane(stage: TextStage, documents: Documents): AsyncGenerator<LaneEvent> {
  const { experiment, host, compute, plan, pretrained, random } = stage;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id) as Attack<'tokens'>;
  const started = host.clock();
  const kept = keptOf(stage, documents);
  yield* guaranteeTold(guaranteeOf(stage, kept.length), kept.length);
  const teach = (weights: Weights) => languageModelOf(compute, stage.model, stage.length, weights);
  let model = teach(
    yield* learn(compute, stage.model, stage.length, {
      lessons: kept.map((text) => ({ text })),
      plan,
      start: pretrained.base,
      seed: `${experiment.seed}/target`,
      phase: 'training the target',
      watched: [
        { name: 'documents that it learns', texts: kept.slice(0, mostWatched) },
        { name: 'others', texts: documents.heldOut.slice(0, mostWatched) },
      ],
    }),
  );
  for (const [defense, chosen] of stage.defenses) {
    if (!defense.onLanguageModel) continue;
    const { network } = model;
    const name = `${experiment.seed}/${defense.id}`;
    const given = {
      network,
      documents,
      random: random.stream(name),
      train: (lessons: Parameters<typeof learn>[3]['lessons'], own: object, phase: string) =>
        learn(compute, stage.model, stage.length, {
          lessons,
          plan: { ...stage.usualPlan, ...own },
          start: network.weights,
          seed: name,
          phase,
        }),
    };
    model = teach(yield* defense.onLanguageModel(chosen, given));
  }
  yield metric('perplexity', perplexityOf(documents.heldOut.map((text) => surprises(model.decoder, idsOf(`\n${text}\n`)))));
  yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };

  const attacked = host.clock();
  const judge = judgeExtraction(documents);
  const context: ExtractionContext = {
    secrets: Array.from(
      random.stream('secrets').permutation(documents.secrets.length),
      (at) => documents.secrets[at] as Documents['secrets'][number],
    ),
    codeSpace: documents.codeSpace,
    publicModel: teach(pretrained.base).decoder,
    random: random.stream('attack'),
  };
  const target: Targets['tokens'] = guarded(model, guardsOf(stage, documents));
  const judged = (artefact: Artefact) => judge(artefact, context.secrets);
  yield progress('attacking', 0, 1);
  yield* judged(yield* brought(attack.run(target, experiment.attack, context), judged));
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
}

/** Enough for a curve, little enough not to slow training. */
const mostWatched = 20;

/** The documents that are learned, after those defenses that leave some out. */
function keptOf({ defenses, random }: TextStage, documents: Documents): readonly string[] {
  return defenses.reduce<readonly string[]>((training, [defense, chosen]) => {
    const given = { documents: { ...documents, training }, random: random.stream(`data/${defense.id}`) };
    return defense.onDocuments?.(chosen, given) ?? training;
  }, documents.training);
}

function guardsOf({ defenses, random }: TextStage, documents: Documents): TokenGuard[] {
  return defenses.flatMap(
    ([defense, chosen]) => defense.onNextToken?.(chosen, { documents, random: random.stream(`service/${defense.id}`) }) ?? [],
  );
}

/** A model whose next characters pass through its defenses. What was read so far is remembered with each past. */
function guarded({ decoder }: LanguageModel, guards: readonly TokenGuard[]): Decoder {
  if (guards.length === 0) return decoder;
  const { vocabulary } = decoder.shape;
  const texts = new WeakMap<Past, readonly number[]>();
  const looked = (reading: Reading, ids: readonly number[], past?: Past): Reading => {
    const before = (past && texts.get(past)) ?? [];
    const text = [...before, ...ids];
    texts.set(reading.past, text);
    const logits = reading.logits.slice();
    for (let i = 0; i < ids.length; i++) {
      const own = logits.subarray(i * vocabulary, (i + 1) * vocabulary);
      const soFar = text.slice(0, before.length + i + 1);
      own.set(guards.reduce<Float64Array>((left, guard) => guard(soFar, left), own));
    }
    return { logits, past: reading.past };
  };
  return {
    shape: decoder.shape,
    read: (ids, past) => looked(decoder.read(ids, past), Array.from(ids), past),
    readEach: (ids, past) => decoder.readEach(ids, past).map((reading, i) => looked(reading, [ids[i] as number], past)),
  };
}
