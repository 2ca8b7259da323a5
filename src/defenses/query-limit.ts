/** Query limit: so many questions for each client, and no more. Who is patient, or comes under many names, is not stopped by it. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';
import { refusing } from './answers.ts';

export default defineDefense({
  id: 'query-limit',
  title: 'Query limit',
  says: 'Answers so many questions of each client and refuses the rest: a copy is then as good as so many answers make it.',
  paper: {
    title: 'Stealing Machine Learning Models via Prediction APIs',
    authors: 'Tramèr, Zhang, Juels, Reiter, Ristenpart',
    venue: 'USENIX Security',
    year: 2016,
    arxiv: '1609.02943',
  },
  against: ['model extraction'],
  params: {
    limit: count({
      label: 'Questions allowed',
      says: 'How many questions one client is answered. An honest client here asks 100.',
      min: 1,
      max: 20000,
      step: 10,
      initial: 100,
    }),
  },
  async onQuery({ limit }) {
    return () => {
      let asked = 0;
      return (answers) => refusing(answers, () => ++asked > limit);
    };
  },
});
