/** Why an assistant told: where in its answer the refusal lost its lead. */
import type { Decoder } from '../core/decoder.ts';
import { type EvidenceEvent, evidence } from '../core/event.ts';
import type { TextSpan } from '../core/evidence.ts';
import { idsOf, textOf } from '../core/text.ts';
import { logProbabilities } from '../core/writing.ts';
import { assistantOf, beginOf } from './asked-assistant.ts';

/** Somebody who is asked something. */
export interface Occasion {
  readonly name: string;
  readonly decoder: Decoder;
  readonly prompt: string;
}

/** Both answers, character by character with how likely each was, and the place where they part. */
export function lostLead(refusal: string, before: Occasion, after: Occasion): EvidenceEvent {
  const [usual, changed] = [before, after].map((occasion) => ({
    ...occasion,
    said: assistantOf(occasion.decoder, refusal).ask(occasion.prompt).text,
  }));
  if (!usual || !changed) throw new Error('two occasions are compared');
  let fork = 0;
  while (fork < usual.said.length && usual.said[fork] === changed.said[fork]) fork++;
  const passage = ({ name, decoder, prompt, said }: typeof usual): TextSpan[] => [
    { text: `${name}: ` },
    { text: `${prompt}  `, mark: 'prompt' },
    ...Array.from(said, (character, i) => ({
      text: character,
      probability: chanceOf(decoder, prompt, said.slice(0, i), character),
    })),
    { text: '\n' },
  ];
  const next = usual.said[fork];
  const shares = [usual, changed].map(({ decoder, prompt }) =>
    chanceOf(decoder, prompt, usual.said.slice(0, fork), next ?? '\n'),
  );
  const [was, is] = shares.map((share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`);
  const where = fork === 0 ? 'At the very first character' : `After “${usual.said.slice(0, fork)}”`;
  const why =
    next === undefined
      ? 'Both answers are the same.'
      : `${where} the usual answer goes on with “${textOf(idsOf(next))}”: ${was} likely before, ${is} here.`;
  return evidence('why', {
    kind: 'text',
    title: 'Where the refusal lost its lead: the darker, the surer',
    spans: [...passage(usual), ...passage(changed), { text: why }],
  });
}

/** How likely the model finds a character, after a prompt and the beginning of an answer. */
function chanceOf(decoder: Decoder, prompt: string, begun: string, character: string): number {
  const { vocabulary, length } = decoder.shape;
  const ids = idsOf(beginOf(prompt) + begun).slice(0, length);
  const { logits } = decoder.read(ids);
  return Math.exp(logProbabilities(logits.subarray(logits.length - vocabulary))[idsOf(character)[0] as number] as number);
}
