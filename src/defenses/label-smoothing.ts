/**
 * Label smoothing: asks the model not to be quite sure. A false friend against membership inference: members are pulled to exactly the
 * smoothed answer, which marks them more clearly than before. Against plain inversion of a small network it helps; Struppek et al. (2024)
 * found it to help the attacker who has a prior.
 */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'label-smoothing',
  title: 'Label smoothing',
  says: 'Spreads a share of each target over all classes. Looks like modesty, and makes members easier to tell; pictures are harder to get out.',
  paper: {
    title: 'Rethinking the Inception Architecture for Computer Vision',
    authors: 'Szegedy, Vanhoucke, Ioffe, Shlens, Wojna',
    venue: 'CVPR',
    year: 2016,
    arxiv: '1512.00567',
  },
  against: ['membership inference', 'model inversion'],
  params: {
    share: range({
      label: 'Share',
      says: 'Share of the target that is spread over all classes.',
      min: 0,
      max: 0.9,
      step: 0.05,
      initial: 0.1,
    }),
  },
  conflicts: { 'relax-loss': 'RelaxLoss makes soft targets of its own' },
  onTraining: (plan, { share }) => ({ ...plan, labelSmoothing: share }),
});
