/** Labels only: no scores leave the house. What a label still tells is whether the model is right, more often so on members. */
import { defineDefense } from '../core/defense.ts';
import { argMax } from '../core/statistics.ts';

export default defineDefense({
  id: 'labels-only',
  title: 'Labels only',
  says: 'Answers the likeliest class as if it were certain. Score attacks fall back to asking whether the model is right.',
  paper: {
    title: 'Label-Only Membership Inference Attacks',
    authors: 'Choquette-Choo, Tramèr, Carlini, Papernot',
    venue: 'ICML',
    year: 2021,
    arxiv: '2007.14321',
  },
  against: ['membership inference', 'model inversion', 'model extraction'],
  params: {},
  conflicts: { memguard: 'MemGuard adds noise to scores, and there are none' },
  async onQuery(_options, { classes }) {
    return () => (answers) => {
      const values = new Float32Array(answers.values.length);
      for (let row = 0; row < answers.count; row++) values[row * classes + argMax(answers.values, row, classes)] = 1;
      return { ...answers, values };
    };
  },
});
