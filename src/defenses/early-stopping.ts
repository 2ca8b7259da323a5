/** Early stopping: what is learned late is mostly single examples. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

export default defineDefense({
  id: 'early-stopping',
  title: 'Early stopping',
  says: 'Stops before the model knows single examples by heart; stops the last points of accuracy as well.',
  paper: {
    title: 'Systematic Evaluation of Privacy Risks of Machine Learning Models',
    authors: 'Song, Mittal',
    venue: 'USENIX Security',
    year: 2021,
    arxiv: '2003.10595',
  },
  against: ['membership inference'],
  params: {
    epochs: count({ label: 'Stop after', says: 'Epochs after which training ends.', min: 1, max: 500, step: 1, initial: 5 }),
  },
  refuses: ({ epochs }, { training }) =>
    epochs >= training.epochs ? `it stops after ${epochs} epochs, and training has only ${training.epochs}` : undefined,
  onTraining: (plan, { epochs }) => ({ ...plan, epochs }),
});
