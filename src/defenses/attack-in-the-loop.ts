/** Attacks in the loop: writer and reader of a mark learn to understand each other while the picture between them is attacked. */
import { defineDefense } from '../core/defense.ts';

export default defineDefense({
  id: 'attack-in-the-loop',
  title: 'Attacks in the loop',
  says: 'Blurs marked pictures and adds noise while writer and reader learn. The mark learns to live through that, and through what resembles it, and through nothing else.',
  paper: {
    title: 'HiDDeN: Hiding Data With Deep Networks',
    authors: 'Zhu, Kaplan, Johnson, Fei-Fei',
    venue: 'ECCV',
    year: 2018,
    arxiv: '1807.09937',
  },
  against: ['watermark removal'],
  params: {},
  onProtection: (_options, protection) => (protection.id === 'learned-watermark' ? { ...protection, attacked: true } : undefined),
});
