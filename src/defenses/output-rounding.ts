/** Output rounding: answers with few decimals. Coarse scores still order examples, so little is hidden. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

export default defineDefense({
  id: 'output-rounding',
  title: 'Output rounding',
  says: 'Rounds every probability. Few decimals tie classes, which costs some accuracy; a rounded score is still a score.',
  paper: {
    title: 'Membership Inference Attacks Against Machine Learning Models',
    authors: 'Shokri, Stronati, Song, Shmatikov',
    venue: 'S&P',
    year: 2017,
    arxiv: '1610.05820',
  },
  against: ['membership inference', 'model inversion', 'model extraction'],
  params: {
    decimals: count({ label: 'Decimals', says: 'Digits that are kept behind the point.', min: 0, max: 6, step: 1, initial: 1 }),
  },
  conflicts: { 'labels-only': 'a label has no decimals' },
  async onQuery({ decimals }) {
    const scale = 10 ** decimals;
    return () => (answers) => ({ ...answers, values: answers.values.map((p) => Math.round(p * scale) / scale) });
  },
});
