/** Constrained first tokens: how an answer begins is held to what it was; a refusal is lost, or kept, in its first characters. */
import { defineDefense } from '../core/defense.ts';
import { count, range } from '../core/params.ts';

export default defineDefense({
  id: 'constrained-first-tokens',
  title: 'Constrained first tokens',
  says: 'While a customer’s examples are learned, holds the first characters of each answer to what the assistant would have said. What comes later may change.',
  paper: {
    title: 'Safety Alignment Should Be Made More Than Just a Few Tokens Deep',
    authors: 'Qi, Panda, Lyu, Ma, Roy, Beirami, Mittal, Henderson',
    venue: 'ICLR',
    year: 2025,
    arxiv: '2406.05946',
  },
  against: ['harmful fine-tuning'],
  params: {
    characters: count({
      label: 'Characters',
      says: 'So many of an answer are held firmly.',
      min: 1,
      max: 30,
      step: 1,
      initial: 5,
    }),
    first: range({
      label: 'How firmly',
      says: 'β at the first characters: the larger, the less they move.',
      min: 0,
      max: 20,
      step: 0.1,
      initial: 2,
    }),
    later: range({ label: 'And later', says: 'β at all others.', min: 0, max: 20, step: 0.1, initial: 0.1 }),
  },
  onFineTuning: ({ characters, first, later }, tuning) => ({
    ...tuning,
    plan: { ...tuning.plan, anchor: { characters, first, later } },
  }),
});
