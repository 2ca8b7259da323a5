/** Keys by content: no two pictures that look different carry the same pattern, so that averaging finds none. */
import { defineDefense } from '../core/defense.ts';

export default defineDefense({
  id: 'content-keys',
  title: 'Keys by content',
  says: 'Chooses each picture’s key by its own coarse content. Averaged pictures no longer have a pattern in common; whoever changes the content loses the key too.',
  paper: {
    title: 'Can Simple Averaging Defeat Modern Watermarks?',
    authors: 'Yang, Ci, Song, Shou',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2406.09026',
  },
  against: ['watermark removal'],
  params: {},
  onProtection: (_options, protection) =>
    protection.id === 'dct-watermark' ? { ...protection, key: 'each content' } : undefined,
});
