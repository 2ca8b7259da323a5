/** Dropout: meant against overfitting. As a defense it is a false friend: LiRA's shadow models drop units too. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'dropout',
  title: 'Dropout',
  says: 'Switches off random hidden units while training. Helps accuracy; does not hide members from LiRA.',
  paper: {
    title: 'Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
    authors: 'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov',
    venue: 'JMLR',
    year: 2014,
  },
  against: ['membership inference'],
  params: {
    rate: range({
      label: 'Rate',
      says: 'Probability with which a hidden unit is switched off.',
      min: 0.05,
      max: 0.9,
      step: 0.05,
      initial: 0.5,
    }),
  },
  refuses: (_options, { model }) => (model.id === 'softmax' ? 'softmax regression has no hidden units to switch off' : undefined),
  onTraining: (plan, { rate }) => ({ ...plan, dropout: rate }),
});
