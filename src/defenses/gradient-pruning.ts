/**
 * Gradient pruning: only the largest entries of a gradient are shared, as is done to save bandwidth. It stops whoever compares all of
 * the gradient; the entries that are left are exact, and an input can be divided out of few.
 */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'gradient-pruning',
  title: 'Gradient pruning',
  says: 'Shares only the largest entries of a gradient, and zeros for the rest: confuses a search, and leaves exact numbers to be divided.',
  paper: {
    title: 'Deep Leakage from Gradients',
    authors: 'Zhu, Liu, Han',
    venue: 'NeurIPS',
    year: 2019,
    arxiv: '1906.08935',
  },
  against: ['model inversion'],
  params: {
    kept: range({
      label: 'Share kept',
      says: 'Share of the entries, the largest ones, that is sent.',
      min: 0.001,
      max: 1,
      step: 0.01,
      initial: 0.1,
    }),
  },
  onGradients({ kept }, gradient) {
    const sizes = gradient.map(Math.abs).sort();
    const smallest = sizes[sizes.length - Math.max(1, Math.round(kept * sizes.length))] as number;
    return gradient.map((entry) => (Math.abs(entry) >= smallest ? entry : 0));
  },
});
