/** Error correction: the message is written with more bits than it has, so that some may go wrong. Each of them is fainter for it. */
import { defineDefense } from '../core/defense.ts';

export default defineDefense({
  id: 'error-correction',
  title: 'Error correction',
  says: 'Writes four bits as seven, so that a bit that was lost is mended. The mark gets no louder: each of the seven is fainter.',
  paper: {
    title: 'Error detecting and error correcting codes',
    authors: 'Hamming',
    venue: 'Bell System Technical Journal',
    year: 1950,
    doi: '10.1002/j.1538-7305.1950.tb00463.x',
  },
  against: ['watermark removal'],
  params: {},
  onProtection: (_options, protection) => (protection.id === 'dct-watermark' ? { ...protection, corrected: true } : undefined),
});
