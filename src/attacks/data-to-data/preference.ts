/**
 * Which words marked texts prefer, learned from nothing but many of them: what occurs more often there than in public texts of the kind
 * (Jovanović et al., Watermark Stealing in Large Language Models, ICML 2024).
 */
import { wordsIn } from '../../core/words.ts';

export interface Preference {
  /** What of the word before matters. */
  contextOf(before: string): string;
  /** ln of how many times as often a word stands in such a place in marked texts as in public ones. */
  of(before: string, word: string): number;
}

/** Occurrences that both kinds of text are credited with, so that rare words are no evidence. */
const credit = 1;

/** @param by in whose context words are counted: anywhere, or behind the same word; nothing is learned at random */
export function preferenceIn(
  by: 'at random' | 'preferred words' | 'preferred pairs',
  marked: readonly string[],
  publicTexts: readonly string[],
): Preference | undefined {
  if (by === 'at random') return undefined;
  const contextOf = (before: string) => (by === 'preferred pairs' ? before : '');
  const [own, others] = [countsIn(marked, contextOf), countsIn(publicTexts, contextOf)];
  return {
    contextOf,
    of(before, word) {
      const context = contextOf(before);
      const [all, usual] = [own.all(context), others.all(context)];
      const expected = usual > 0 ? (all * others.of(context, word)) / usual : 0;
      return Math.log((own.of(context, word) + credit) / (expected + credit));
    },
  };
}

function countsIn(texts: readonly string[], contextOf: (before: string) => string) {
  const pairs = new Map<string, number>();
  const contexts = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const text of texts) {
    let before = '';
    for (const { word } of wordsIn(text)) {
      const context = contextOf(before);
      add(pairs, `${context} ${word}`);
      add(contexts, context);
      before = word;
    }
  }
  return {
    of: (context: string, word: string) => pairs.get(`${context} ${word}`) ?? 0,
    all: (context: string) => contexts.get(context) ?? 0,
  };
}
