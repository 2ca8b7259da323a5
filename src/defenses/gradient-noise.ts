/** Gradient noise: what a participant shares is blurred. Enough of it hides her examples, and what they would have taught. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'gradient-noise',
  title: 'Gradient noise',
  says: 'Adds normal noise to every entry of a shared gradient. Little noise averages out for an attacker who knows; much of it teaches nothing.',
  paper: {
    title: 'Deep Leakage from Gradients',
    authors: 'Zhu, Liu, Han',
    venue: 'NeurIPS',
    year: 2019,
    arxiv: '1906.08935',
  },
  against: ['model inversion'],
  params: {
    deviation: range({
      label: 'Noise σ',
      says: 'Standard deviation of the noise on each entry.',
      min: 0,
      max: 10,
      step: 0.001,
      initial: 0.01,
    }),
  },
  onGradients: ({ deviation }, gradient, random) => gradient.map((entry) => entry + deviation * random.normal()),
});
