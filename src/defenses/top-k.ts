/** Top-k: only the likeliest classes are answered. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';
import { largestIndices } from './answers.ts';

export default defineDefense({
  id: 'top-k',
  title: 'Top k only',
  says: 'Answers only the likeliest classes; the others share what is left, so each looks alike.',
  paper: {
    title: 'Membership Inference Attacks Against Machine Learning Models',
    authors: 'Shokri, Stronati, Song, Shmatikov',
    venue: 'S&P',
    year: 2017,
    arxiv: '1610.05820',
  },
  against: ['membership inference', 'model inversion'],
  params: {
    k: count({ label: 'k', says: 'Classes that are answered.', min: 1, max: 10, step: 1, initial: 1 }),
  },
  conflicts: { 'labels-only': 'a label alone leaves nothing to cut' },
  async onQuery({ k }, { classes }) {
    return () => (answers) => {
      const values = new Float32Array(answers.values.length);
      for (let row = 0; row < answers.count; row++) {
        const kept = largestIndices(answers.values, row, classes, k);
        const shown = kept.reduce((sum, c) => sum + (answers.values[row * classes + c] as number), 0);
        if (kept.length < classes)
          values.fill(Math.max(0, 1 - shown) / (classes - kept.length), row * classes, (row + 1) * classes);
        for (const c of kept) values[row * classes + c] = answers.values[row * classes + c] as number;
      }
      return { ...answers, values };
    };
  },
});
