/**
 * Negative label smoothing: asks the model to be surer than sure, and takes from the wrong classes more than they have. Where ordinary
 * smoothing lays out a plain way uphill for whoever inverts a model, this roughens it. On digits and a small network little comes of it: there ordinary
 * smoothing protects better, here and in PyTorch (tests/reference/inversion-more.json).
 */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'negative-label-smoothing',
  title: 'Negative label smoothing',
  says: 'Pushes wrong classes below nothing while training, to roughen the way uphill; on digits it costs much accuracy and takes little likeness, and ordinary smoothing takes more for nothing.',
  paper: {
    title:
      'Be Careful What You Smooth For: Label Smoothing Can Be a Privacy Shield but Also a Catalyst for Model Inversion Attacks',
    authors: 'Struppek, Hintersdorf, Kersting',
    venue: 'ICLR',
    year: 2024,
    arxiv: '2310.06549',
  },
  against: ['model inversion'],
  params: {
    share: range({
      label: 'Share',
      says: 'Taken from the target over all classes: below 0, as ordinary label smoothing gives.',
      min: -1,
      max: 0,
      step: 0.01,
      initial: -0.05,
    }),
  },
  conflicts: {
    'label-smoothing': 'one smooths up what the other smooths down',
    'relax-loss': 'RelaxLoss makes soft targets of its own',
  },
  onTraining: (plan, { share }) => ({ ...plan, labelSmoothing: share }),
});
