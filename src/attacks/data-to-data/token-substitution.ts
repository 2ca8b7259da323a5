/**
 * Token substitution: exchange a share of the words for others that read as well there. Each exchanged word is green no more often than
 * chance; where the words that are green can be told from the texts, it is those that are exchanged.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { choice, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { idsOf } from '../../core/text.ts';
import { drawnFrom, logOf, type Speller, wordsIn } from '../../core/words.ts';
import { type Preference, preferenceIn } from './preference.ts';

/** So often on its way it hands in what it has. */
const stages = 4;
/** Likely words are tried, and no more than so many of them. */
const mostTried = 8;
/** A word may make a line less likely by e to this, no more: then it would be seen to be wrong. */
const mostLost = 4;

export default defineAttack({
  id: 'token-substitution',
  title: 'Words exchanged',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Exchanges a share of the words for others that a public model finds likely between what stands on both sides. Facts are exchanged with them; the texts read as well as before.',
  paper: {
    title: 'Watermark Stealing in Large Language Models',
    authors: 'Jovanović, Staab, Vechev',
    venue: 'ICML',
    year: 2024,
    arxiv: '2402.19361',
  },
  access: 'marked-texts',
  brings: 'cleaned texts',
  knows: ['public-model'],
  params: {
    share: range({
      label: 'Words exchanged',
      says: 'The share of all words at which it stops. Where a word leaves no choice it stays, so that it may stop before.',
      min: 0.05,
      max: 1,
      step: 0.05,
      initial: 0.3,
    }),
    choose: choice({
      label: 'Which',
      says: 'At random; or those first that occur more often in all the marked texts than in public ones: anywhere, or behind the same word.',
      choices: ['at random', 'preferred words', 'preferred pairs'],
      initial: 'at random',
    }),
  },
  metrics: ['attackSuccessRate', 'zScore', 'editRate', 'perplexity'],
  async *run({ texts }, { share, choose }, { publicModel, publicTexts, random }) {
    const phase = 'exchanging words';
    const preference = preferenceIn(choose, texts, publicTexts);
    const order = random.stream('order');
    const drawn = random.stream('words');
    const drafts = texts.map((text) => draftOf(text, preference, order));
    let rewritten = texts;
    for (let stage = 1; stage <= stages; stage++) {
      for (const [i, draft] of drafts.entries()) {
        const goal = ((share * stage) / stages) * draft.words;
        while (draft.exchanged < goal && draft.left.length > 0) {
          const done = i + Math.min(1, draft.exchanged / goal);
          yield progress(phase, (stage - 1) / stages + done / drafts.length / stages, 1);
          const place = draft.left.shift() as Place;
          const line = exchanged(publicModel, draft.lines, place, preference, drawn);
          if (line === undefined) continue;
          draft.lines[place.line] = line;
          draft.exchanged++;
        }
      }
      rewritten = drafts.map(({ lines }) => lines.join('\n'));
      if (stage < stages) yield { type: 'artefact', artefact: { kind: 'cleaned texts', texts: rewritten } };
    }
    return { kind: 'cleaned texts', texts: rewritten };
  },
});

interface Place {
  readonly line: number;
  /** Which word of the line: its number stays when words are exchanged. */
  readonly word: number;
}

interface Draft {
  readonly lines: string[];
  readonly words: number;
  /** Places where no word was exchanged yet, the next one first. */
  readonly left: Place[];
  exchanged: number;
}

/**
 * In random order. Of words that marked texts prefer those first of which an exchange brings most: an owner counts each once, so that a word
 * that stands there three times takes three exchanges.
 */
function draftOf(text: string, preference: Preference | undefined, order: Random): Draft {
  const lines = text.split('\n');
  const times = new Map<string, number>();
  const nameOf = (before: string, word: string) => `${preference?.contextOf(before)} ${word}`;
  const places: (Place & { readonly before: string; readonly text: string })[] = [];
  let before = '';
  for (const [line, own] of lines.entries())
    for (const [word, { word: text }] of wordsIn(own).entries()) {
      places.push({ line, word, before, text });
      times.set(nameOf(before, text), (times.get(nameOf(before, text)) ?? 0) + 1);
      before = text;
    }
  const gain = ({ before, text }: (typeof places)[number]) =>
    preference ? preference.of(before, text) / (times.get(nameOf(before, text)) as number) : 0;
  const shuffled = Array.from(order.permutation(places.length), (at) => places[at] as (typeof places)[number]);
  const left = shuffled.sort((one, other) => gain(other) - gain(one)); // stable
  return { lines, words: places.length, left, exchanged: 0 };
}

/**
 * A line with another word in one place, drawn by how likely the line is with it; of those only that marked texts do not prefer as much.
 * Undefined where no other word does.
 */
function exchanged(
  { decoder, vocabulary, next }: Speller,
  lines: readonly string[],
  { line: row, word: number }: Place,
  preference: Preference | undefined,
  random: Random,
): string | undefined {
  const line = lines[row] as string;
  const placed = wordsIn(line);
  const { word, at } = placed[number] as (typeof placed)[number];
  const before = placed[number - 1]?.word ?? wordsIn(lines[row - 1] ?? '').at(-1)?.word ?? '';
  const behind = line.slice(at + word.length);
  const beginning = line.slice(0, at);
  const probabilities = next(beginning);
  const preferred = preference?.of(before, word) ?? Number.POSITIVE_INFINITY;
  const likeliest = Array.from(probabilities.keys())
    .filter((other) => (probabilities[other] as number) > 0 && vocabulary[other] !== word)
    .filter((other) => !preference || preference.of(before, vocabulary[other] as string) < preferred)
    .sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number))
    .slice(0, mostTried);
  if (likeliest.length === 0) return undefined;
  const reading = decoder.read(idsOf(`\n${beginning}`));
  const room = decoder.shape.length - 1 - at - behind.length;
  const log = (other: number) => {
    const text = vocabulary[other] as string;
    return text.length > room ? Number.NEGATIVE_INFINITY : logOf(decoder, reading, idsOf(`${text}${behind}\n`));
  };
  const least = log(vocabulary.indexOf(word)) - mostLost;
  const logs = likeliest.map(log);
  const best = Math.max(...logs);
  const allowed = logs.map((one) => (one >= least ? Math.exp(one - best) : 0));
  const wanted = allowed.map((weight, i) =>
    preference ? weight * Math.exp(-preference.of(before, vocabulary[likeliest[i] as number] as string)) : weight,
  );
  if (!wanted.some((weight) => weight > 0)) return undefined;
  return beginning + vocabulary[likeliest[drawnFrom(wanted, random)] as number] + behind;
}
