/**
 * Paraphrase: a public model writes each line anew, in its own words and its own order, and is pulled towards the words that told most. What
 * it writes is green no more often than chance, but for those words; and even they stand behind other words than before.
 */
import { defineAttack } from '../../core/attack.ts';
import type { Decoder } from '../../core/decoder.ts';
import { note, progress } from '../../core/event.ts';
import { count, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { idsOf } from '../../core/text.ts';
import { type Choose, drawnFrom, lineWriter, wordsIn } from '../../core/words.ts';
import { surprises } from '../../core/writing.ts';

/** So often on its way it hands in what it has. */
const stages = 4;
/** By how much likelier a word becomes that is still to be said. */
const pull = 30;

export default defineAttack({
  id: 'paraphrase',
  title: 'Paraphrase',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Has a public model write each line anew, around those of its words that tell most. The fewer it keeps, the less is left of the mark, and of what was meant.',
  paper: {
    title: 'Paraphrasing evades detectors of AI-generated text, but retrieval is an effective defense',
    authors: 'Krishna, Song, Karpinska, Wieting, Iyyer',
    venue: 'NeurIPS',
    year: 2023,
    arxiv: '2303.13408',
  },
  access: 'marked-texts',
  brings: 'cleaned texts',
  knows: ['public-model'],
  params: {
    kept: range({
      label: 'Words to keep',
      says: 'Share of each line’s words that the new line should have: those that the model finds most surprising, such as names and numbers.',
      min: 0,
      max: 0.8,
      step: 0.05,
      initial: 0.4,
    }),
    candidates: count({
      label: 'Candidates',
      says: 'So many new lines are written for each, and the one is taken that has most of those words.',
      min: 1,
      max: 32,
      step: 1,
      initial: 4,
    }),
  },
  metrics: ['attackSuccessRate', 'zScore', 'editRate', 'perplexity'],
  async *run({ texts }, { kept, candidates }, { publicModel, random }) {
    const drawn = random.stream('writing');
    const { decoder, vocabulary } = publicModel;
    const write = lineWriter(publicModel);
    const told = { wanted: 0, missing: 0 };
    const anew = (line: string) => {
      const telling = tellingWords(decoder, line, kept);
      const written = Array.from({ length: candidates }, () => {
        const open = telling.map((word) => vocabulary.indexOf(word));
        const { line: other } = write(towards(open, drawn), drawn, '');
        // As likely as it would be without the pull, and less by the pull for each word that it lacks.
        const surprise = -surprises(decoder, idsOf(`\n${other}\n`)).reduce((sum, one) => sum + one, 0);
        return { other, missing: open.length, worth: -surprise - Math.log(pull) * open.length };
      }).filter(({ other }) => other !== line);
      const best = written.sort((a, b) => b.worth - a.worth)[0] ?? { other: line, missing: 0 };
      told.wanted += telling.length;
      told.missing += best.missing;
      return best.other;
    };
    const rewritten = texts.map((text) => text.split('\n'));
    const artefact = () => ({ kind: 'cleaned texts', texts: rewritten.map((lines) => lines.join('\n')) }) as const;
    for (let stage = 0; stage < stages; stage++) {
      for (const [i, lines] of rewritten.entries()) {
        const [from, to] = [stage, stage + 1].map((at) => Math.round((at * lines.length) / stages)) as [number, number];
        for (let at = from; at < to; at++) {
          yield progress('writing lines anew', stage + (i + (at - from) / (to - from)) / texts.length, stages);
          lines[at] = anew(lines[at] as string);
        }
      }
      if (stage < stages - 1) yield { type: 'artefact', artefact: artefact() };
    }
    if (told.wanted > 0) {
      const there = Math.round(100 * (1 - told.missing / told.wanted));
      yield note(`Of the words that were to be kept, ${there} % are in the new lines.`);
    }
    return artefact();
  },
});

/** The words of a line in whose letters the model is least sure. */
function tellingWords(model: Decoder, line: string, kept: number): string[] {
  const logs = surprises(model, idsOf(`\n${line}\n`));
  const words = wordsIn(line).map(({ word, at }) => ({
    word,
    surprise: -logs.slice(at, at + word.length).reduce((sum, one) => sum + one, 0),
  }));
  const most = words.sort((a, b) => b.surprise - a.surprise).slice(0, Math.round(kept * words.length));
  return most.map(({ word }) => word);
}

/** Draws as the model has it, but for the words that are still to be said. @param open their numbers; each goes when it is said */
const towards =
  (open: number[], random: Random): Choose =>
  (probabilities) => {
    const word = drawnFrom(
      probabilities.map((own, at) => (open.includes(at) ? pull * own : own)),
      random,
    );
    if (open.includes(word)) open.splice(open.indexOf(word), 1);
    return word;
  };
