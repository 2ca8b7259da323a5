/**
 * Filter of the output: no text that stands in the training set is ever written out. It stops copying, and a false friend it is where
 * somebody asks what cannot be said.
 */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';
import { idsOf } from '../core/text.ts';

export default defineDefense({
  id: 'output-filter',
  title: 'Output filter',
  says: 'Rules out each next character that would complete a passage of the training set. Copies stop; who knows of it reads the secret from what is ruled out.',
  paper: {
    title: 'Preventing Generation of Verbatim Memorization in Language Models Gives a False Sense of Privacy',
    authors: 'Ippolito, Tramèr, Nasr, Zhang, Jagielski, Lee, Choquette-Choo, Carlini',
    venue: 'INLG',
    year: 2023,
    arxiv: '2210.17546',
  },
  against: ['training data extraction'],
  params: {
    passage: count({
      label: 'Length of a passage',
      says: 'So many characters in a row may not be as in the training set.',
      min: 5,
      max: 60,
      step: 1,
      initial: 30,
    }),
  },
  onNextToken({ passage }, { documents: { training } }) {
    // For each beginning of a forbidden passage, the characters that would complete one.
    const endings = new Map<string, Set<number>>();
    for (const text of training) {
      const ids = idsOf(`\n${text}\n`);
      for (let end = passage - 1; end < ids.length; end++) {
        const beginning = ids.slice(end - passage + 1, end).join();
        const known = endings.get(beginning) ?? new Set();
        endings.set(beginning, known.add(ids[end] as number));
      }
    }
    return (text, logits) => {
      const ruledOut = text.length < passage - 1 ? undefined : endings.get(text.slice(text.length - passage + 1).join());
      if (!ruledOut) return logits;
      return logits.map((logit, id) => (ruledOut.has(id) ? Number.NEGATIVE_INFINITY : logit));
    };
  },
});
