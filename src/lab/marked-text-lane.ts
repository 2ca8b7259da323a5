/**
 * One lane on marked texts: a language model writes them with its owner's mark, and somebody who has nothing but the texts and the public
 * model tries to get rid of it. The model is the public one as it is: nothing private is learned, so that nothing has to be trained.
 */
import type { Artefact, CleanedTexts } from '../core/artefact.ts';
import type { Attack } from '../core/attack.ts';
import { type LaneEvent, metric } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import type { Speller } from '../core/words.ts';
import { judgeMarkedTexts, perplexityIn } from './judge-marked-texts.ts';
import { brought } from './lane.ts';
import { protectionOf } from './protection.ts';
import type { TextStage } from './text-stage.ts';

/** What everybody has: the model, and what it learned from. All lanes share it, and what it remembers of beginnings of lines. */
export interface PublicLanguage {
  readonly model: Speller;
  readonly publicTexts: readonly string[];
}

export async function* runMarkedTextLane(stage: TextStage, { model, publicTexts }: PublicLanguage): AsyncGenerator<LaneEvent> {
  const { experiment, host, random } = stage;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id) as Attack<'marked-texts'>;
  const started = host.clock();
  const { protection, options } = protectionOf<'marked-texts'>(experiment, stage.lane, host);
  const owner = (name: string) => ({ model, random: random.stream(name) });
  const { released, reader } = yield* protection.protect(options, owner('owner'));
  // A mark of no strength is none: the same owner's model, and the same number of texts.
  const unmarked = yield* protection.protect({ ...options, delta: 0 }, owner('unmarked'));
  const worth = yield* perplexityIn(model.decoder, released.texts);
  const chance = (yield* perplexityIn(model.decoder, unmarked.released.texts)).value as number;
  yield metric('perplexity', { ...worth, chance, chanceIs: 'no mark' });
  yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };

  const attacked = host.clock();
  const judge = judgeMarkedTexts(
    reader,
    { texts: released.texts, perplexity: worth.value as number },
    { texts: unmarked.released.texts, perplexity: chance },
    model.decoder,
  );
  const judged = (artefact: Artefact) => judge(artefact as CleanedTexts);
  const context = { publicModel: model, publicTexts, random: random.stream('attack') };
  yield* judged(yield* brought(attack.run(released, experiment.attack, context), judged));
  yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
}
