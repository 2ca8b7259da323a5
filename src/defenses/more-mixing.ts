/** More mixing: more public pictures in each mixture. What hides one encoding does not hide hundreds of them. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

export default defineDefense({
  id: 'more-mixing',
  title: 'More mixing',
  says: 'Puts more public pictures into each mixture, so that less of each shows. It only takes more mixtures to see through, and a network learns less from each.',
  paper: {
    title: 'InstaHide: Instance-hiding Schemes for Private Distributed Learning',
    authors: 'Huang, Song, Li, Arora',
    venue: 'ICML',
    year: 2020,
    arxiv: '2010.02772',
  },
  against: ['data decryption'],
  params: {
    mixed: count({
      label: 'Pictures in a mixture',
      says: 'Two of them are private, the others public.',
      min: 3,
      max: 8,
      step: 1,
      initial: 4,
    }),
  },
  onProtection: ({ mixed }, protection) => (protection.id === 'instance-encoding' ? { ...protection, mixed } : undefined),
});
