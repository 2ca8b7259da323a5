/** RelaxLoss: members should not have smaller losses than others, so training stops descending at a loss that others have. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'relax-loss',
  title: 'RelaxLoss',
  says: 'Keeps the training loss at a level that non-members have too: ascends below it, or flattens the wrong classes.',
  paper: {
    title: 'RelaxLoss: Defending Membership Inference Attacks without Losing Utility',
    authors: 'Chen, Yu, Fritz',
    venue: 'ICLR',
    year: 2022,
    arxiv: '2207.05801',
  },
  against: ['membership inference'],
  params: {
    level: range({
      label: 'Level',
      says: 'The mean loss under which training no longer descends.',
      min: 0.01,
      max: 5,
      step: 0.05,
      initial: 0.5,
    }),
  },
  conflicts: { distillation: 'the student learns soft answers, for which RelaxLoss is not defined' },
  onTraining: (plan, { level }) => ({ ...plan, relaxLoss: level }),
});
