/**
 * DP-SGD: no example may pull the model further than a fixed length, and noise drowns what is left of any one of them. The only
 * defense here with a proof, and the proof is a number: ε.
 */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'dp-sgd',
  title: 'DP-SGD',
  says: 'Clips every example’s gradient and adds noise: a proven bound on what any attack can learn, paid for in accuracy.',
  paper: {
    title: 'Deep Learning with Differential Privacy',
    authors: 'Abadi, Chu, Goodfellow, McMahan, Mironov, Talwar, Zhang',
    venue: 'CCS',
    year: 2016,
    arxiv: '1607.00133',
  },
  against: ['membership inference', 'model inversion', 'training data extraction'],
  params: {
    noiseMultiplier: range({
      label: 'Noise',
      says: 'Deviation of the noise, in units of the clipping norm.',
      min: 0,
      max: 1000,
      step: 0.1,
      initial: 1.1,
    }),
    clip: range({
      label: 'Clipping norm',
      says: 'The longest that one example’s gradient may be.',
      min: 0.001,
      max: 1000,
      step: 0.1,
      initial: 1,
    }),
    delta: range({
      label: 'δ',
      says: 'The probability with which the bound may fail; well under one over the number of members.',
      min: 1e-12,
      max: 0.01,
      step: 0.0001,
      initial: 0.0001,
    }),
  },
  conflicts: {
    memguard: 'MemGuard fits its classifier to the members without noise, which no ε would account for',
    'relax-loss': 'RelaxLoss looks at the mean loss of a batch, and what it does with it is outside the privacy accounting',
  },
  onTraining: (plan, { noiseMultiplier, clip, delta }) => ({ ...plan, privacy: { noiseMultiplier, clip, delta } }),
  // A gradient that is shared goes the same way as one that is learned from: every example clipped, noise on their sum.
  onExampleGradient({ clip }, gradient) {
    const norm = Math.sqrt(gradient.reduce((sum, entry) => sum + entry * entry, 0));
    return norm > clip ? gradient.map((entry) => (entry * clip) / norm) : gradient;
  },
  onGradients({ clip, noiseMultiplier }, gradient, random, batchSize) {
    const deviation = (noiseMultiplier * clip) / batchSize;
    return gradient.map((entry) => entry + deviation * random.normal());
  },
});
