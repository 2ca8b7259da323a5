/**
 * Marks in the choice of words, as they are written and looked for. A key splits the vocabulary into green words and others, and green
 * ones are made likelier by e^δ where the model writes. Whoever has the key counts them: with no mark a share γ is green.
 *
 * The model here writes characters, which leave next to no choice; words do. Their vocabulary is that of the public texts the model has
 * learned its language from. Every number is a word.
 */
import { type LaneEvent, progress } from '../core/event.ts';
import { count, range } from '../core/params.ts';
import type { Protected, TextReader, WriterContext } from '../core/protection.ts';
import type { Random } from '../core/random.ts';
import { drawnFrom, lineWriter, wordsIn } from '../core/words.ts';

/** @param delta what is usual */
export const wordMarkParams = (delta: number) => ({
  gamma: range({
    label: 'Green share γ',
    says: 'Share of the vocabulary that is green. The smaller, the more a green word says.',
    min: 0.1,
    max: 0.9,
    step: 0.05,
    initial: 0.25,
  }),
  delta: range({
    label: 'Bias δ',
    says: 'Added to the logarithm of a green word’s probability. At 0 there is no mark; the larger, the odder the texts.',
    min: 0,
    max: 10,
    step: 0.5,
    initial: delta,
  }),
  texts: count({ label: 'Texts', says: 'How many the model writes.', min: 2, max: 200, step: 1, initial: 16 }),
  mails: count({
    label: 'Mails in a text',
    says: 'A mail alone has too few words to say anything: so many in a row, about eight words each, are one text.',
    min: 1,
    max: 60,
    step: 1,
    initial: 16,
  }),
  keys: count({
    label: 'Keys',
    says: 'Each text is marked by one of so many keys, and all of them are tried where a mark is looked for.',
    min: 1,
    max: 64,
    step: 1,
    initial: 1,
  }),
});

interface WordMark {
  readonly gamma: number;
  readonly delta: number;
  readonly texts: number;
  readonly mails: number;
  readonly keys: number;
}

/**
 * What the green words of the next place depend on, beside the key: the word before it, or nothing. It is also what makes two words in a
 * text the same: each is counted once in the same context, since a second one would say nothing new.
 */
export type Context = (previous: string) => string;

export async function* markedByWords(
  { gamma, delta, texts, mails, keys }: WordMark,
  { model, random }: WriterContext,
  contextOf: Context,
): AsyncGenerator<LaneEvent, Protected<'marked-texts'>> {
  const phase = 'writing the texts';
  yield progress(phase, 0, texts);
  const { vocabulary } = model;
  const lists = Array.from({ length: keys }, (_, key) => greenLists(vocabulary, gamma, random.stream(`key ${key}`)));
  const write = lineWriter(model);
  const keyOf = random.stream('which key');
  const drawn = random.stream('writing');
  const bias = Math.exp(delta);
  const written: string[] = [];
  while (written.length < texts) {
    const greenIn = lists[keyOf.integer(keys)] as GreenLists;
    const lines: string[] = [];
    let before = '';
    while (lines.length < mails) {
      const { line, last } = write(
        (probabilities, previous) => {
          const green = greenIn(contextOf(previous));
          return drawnFrom(
            probabilities.map((own, word) => (green[word] ? bias * own : own)),
            drawn,
          );
        },
        drawn,
        before,
      );
      before = last;
      lines.push(line);
      yield progress(phase, written.length + lines.length / mails, texts);
    }
    written.push(lines.join('\n'));
  }
  const reader = readerOf(vocabulary, lists, contextOf, greenCount(vocabulary, gamma) / vocabulary.length);
  return { released: { texts: written }, learnable: undefined, reader };
}

/** For each context, for each word of the vocabulary: 1 where it is green. */
type GreenLists = (context: string) => Uint8Array;

const greenCount = (vocabulary: readonly string[], gamma: number) => Math.round(gamma * vocabulary.length);

/** The first words of the vocabulary in an order that the key and the context make. */
function greenLists(vocabulary: readonly string[], gamma: number, key: Random): GreenLists {
  const known = new Map<string, Uint8Array>();
  return (context) => {
    const before = known.get(context);
    if (before) return before;
    const green = new Uint8Array(vocabulary.length);
    for (const word of key.stream(context).permutation(green.length).subarray(0, greenCount(vocabulary, gamma))) green[word] = 1;
    known.set(context, green);
    return green;
  };
}

function readerOf(vocabulary: readonly string[], lists: readonly GreenLists[], contextOf: Context, share: number): TextReader {
  const places = new Map(vocabulary.map((word, place) => [word, place]));
  /** Each word of the vocabulary once in each context. */
  const countedIn = (text: string) => {
    const seen = new Set<string>();
    let previous = '';
    return wordsIn(text).flatMap((placed) => {
      const context = contextOf(previous);
      const place = places.get(placed.word);
      const name = `${context} ${placed.word}`;
      previous = placed.word;
      if (place === undefined || seen.has(name)) return [];
      seen.add(name);
      return [{ ...placed, context, place }];
    });
  };
  return {
    share,
    keys: lists.length,
    read(text) {
      const counted = countedIn(text);
      const found = lists.map((greenIn) => counted.map(({ context, place }) => greenIn(context)[place] === 1));
      const best = found.reduce((one, other) => (greenOf(other) > greenOf(one) ? other : one));
      return counted.map(({ word, at }, i) => ({ word, at, green: best[i] as boolean }));
    },
  };
}

const greenOf = (words: readonly boolean[]) => words.filter(Boolean).length;
