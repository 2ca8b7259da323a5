/** Randomised encryption: what encryption is meant to be. Nothing about the cells shows, and nothing can be done with them. */
import { defineDefense } from '../core/defense.ts';

export default defineDefense({
  id: 'randomised-encryption',
  title: 'Randomised encryption',
  says: 'Encrypts each cell afresh, so that equal ones look different. Nothing is left to match; nothing can be looked up or learned either.',
  paper: {
    title: 'Probabilistic encryption',
    authors: 'Goldwasser, Micali',
    venue: 'JCSS',
    year: 1984,
    doi: '10.1016/0022-0000(84)90070-9',
  },
  against: ['data decryption'],
  params: {},
  onProtection: (_options, protection) =>
    protection.id === 'column-encryption' ? { ...protection, randomised: true, ciphertexts: 0 } : undefined,
});
