/** A mark in the choice of words: which are green depends on the word before, so that no list of them can be seen in a text. */
import { defineProtection } from '../core/protection.ts';
import { markedByWords, wordMarkParams } from './word-marks.ts';

export default defineProtection({
  id: 'green-list',
  title: 'Green words after each word',
  says: 'Makes a share of the words likelier where the model writes, other ones after each word, by a key. Nobody sees it, and whoever has the key counts too many of them to be chance.',
  paper: {
    title: 'A Watermark for Large Language Models',
    authors: 'Kirchenbauer, Geiping, Wen, Katz, Miers, Goldstein',
    venue: 'ICML',
    year: 2023,
    arxiv: '2301.10226',
  },
  access: 'marked-texts',
  params: wordMarkParams(3),
  // Each pair of words is counted once, as the paper does where texts repeat themselves (its § 4.1, and `ignore_repeated_bigrams`).
  protect: (options, writer) => markedByWords(options, writer, (previous) => previous),
});
