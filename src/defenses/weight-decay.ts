/** Weight decay: smaller weights, smoother models. Against membership inference it does next to nothing. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'weight-decay',
  title: 'Weight decay',
  says: 'Pulls weights towards zero. Cheap, usual, and at usual strengths no hindrance to LiRA; what is got out of it by inversion is even a better likeness.',
  paper: {
    title: 'A Simple Weight Decay Can Improve Generalization',
    authors: 'Krogh, Hertz',
    venue: 'NeurIPS',
    year: 1991,
  },
  against: ['membership inference', 'model inversion'],
  params: {
    strength: range({
      label: 'Strength',
      says: 'Added to each gradient: strength × weight.',
      min: 0,
      max: 1,
      step: 0.0001,
      initial: 0.0005,
    }),
  },
  onTraining: (plan, { strength }) => ({ ...plan, weightDecay: strength }),
});
