/** Distillation for membership privacy: the model that answers has never seen a member, only a teacher's opinions on public data. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'distillation',
  title: 'Distillation (DMP)',
  says: 'Publishes a student that learned from the teacher’s answers on public data. Needs such data, and loses what it does not show.',
  paper: {
    title: 'Membership Privacy for Machine Learning Models Through Knowledge Transfer',
    authors: 'Shejwalkar, Houmansadr',
    venue: 'AAAI',
    year: 2021,
    arxiv: '1906.06589',
  },
  against: ['membership inference'],
  params: {
    temperature: range({
      label: 'Temperature',
      says: 'Softens the teacher’s answers; 1 leaves them as they are.',
      min: 0.1,
      max: 20,
      step: 0.5,
      initial: 1,
    }),
  },
  needsReference: true,
  onTraining: (plan, { temperature }) => ({ ...plan, distillation: { temperature } }),
});
