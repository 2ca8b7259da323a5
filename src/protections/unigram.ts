/** A mark in the choice of words: the same words are green everywhere. An edit spoils only what it touches; and the list can be learned. */
import { defineProtection } from '../core/protection.ts';
import { markedByWords, wordMarkParams } from './word-marks.ts';

export default defineProtection({
  id: 'unigram',
  title: 'One list of green words',
  says: 'Makes the same share of the words likelier everywhere, by a key. A changed word spoils no other, and whoever sees enough of such texts can tell which words are preferred.',
  paper: {
    title: 'Provable Robust Watermarking for AI-Generated Text',
    authors: 'Zhao, Ananth, Li, Wang',
    venue: 'ICLR',
    year: 2024,
    arxiv: '2306.17439',
  },
  access: 'marked-texts',
  params: wordMarkParams(4),
  // Each word is counted once, as the paper’s detector of unique words does: a list that is fixed says nothing new of the tenth “the”.
  protect: (options, writer) => markedByWords(options, writer, () => ''),
});
