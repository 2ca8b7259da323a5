/** Vaccine: while it is taught to refuse, its hidden values are pushed the way that would undo it, so that it refuses there as well. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'vaccine',
  title: 'Vaccine',
  says: 'Teaches it to refuse while its hidden values are pushed the wrong way, so that a later push undoes less. Each step of teaching costs two.',
  paper: {
    title: 'Vaccine: Perturbation-aware Alignment for Large Language Models against Harmful Fine-tuning Attack',
    authors: 'Huang, Hu, Liu',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2402.01109',
  },
  against: ['harmful fine-tuning'],
  params: {
    radius: range({
      label: 'Radius',
      says: 'How far they are pushed, over all layers.',
      min: 0,
      max: 100,
      step: 0.5,
      initial: 1,
    }),
  },
  onAlignment: ({ radius }, alignment) => ({ ...alignment, plan: { ...alignment.plan, vaccine: { radius } } }),
});
