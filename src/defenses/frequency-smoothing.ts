/** Frequency smoothing: common values get many ciphertexts, so that none is more frequent than another. It hides frequency, not order. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

export default defineDefense({
  id: 'frequency-smoothing',
  title: 'Frequency smoothing',
  says: 'Gives each value as many ciphertexts as it is common, so that all look equally frequent. What keeps its order still tells what lies below it.',
  paper: {
    title: 'Frequency-smoothing encryption: preventing snapshot attacks on deterministically encrypted data',
    authors: 'Lacharité, Paterson',
    venue: 'ToSC',
    year: 2018,
    doi: '10.13154/tosc.v2018.i1.277-313',
  },
  against: ['data decryption'],
  params: {
    ciphertexts: count({
      label: 'Ciphertexts a column',
      says: 'The more, the more alike their frequencies; and the longer each search, which has to ask for all of a value’s.',
      min: 10,
      max: 1000,
      step: 10,
      initial: 200,
    }),
  },
  conflicts: { 'randomised-encryption': 'randomised encryption leaves no frequencies to smooth' },
  onProtection: ({ ciphertexts }, protection) =>
    protection.id === 'column-encryption' ? { ...protection, ciphertexts } : undefined,
});
