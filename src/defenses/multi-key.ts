/** Several keys: whoever learns what one of them does to texts, or pictures, learns little of the others. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

const ofKeys = ['green-list', 'unigram', 'dct-watermark'];

export default defineDefense({
  id: 'multi-key',
  title: 'Several keys',
  says: 'Marks each text or picture by one of several keys, so that what they have in common says nothing about any of them. The owner tries all keys, and needs more evidence to be as sure.',
  paper: {
    title: 'No Free Lunch in LLM Watermarking: Trade-offs in Watermarking Design Choices',
    authors: 'Pang, Hu, Zheng, Smith',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2402.16187',
  },
  against: ['watermark removal'],
  params: {
    keys: count({
      label: 'Keys',
      says: 'The more, the less one can be learned, and the more evidence each takes.',
      min: 2,
      max: 64,
      step: 1,
      initial: 8,
    }),
  },
  onProtection: ({ keys }, protection) => (ofKeys.includes(protection.id) ? { ...protection, keys } : undefined),
});
