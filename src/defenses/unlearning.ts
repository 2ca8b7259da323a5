/** Unlearning: what must not be known is learned backwards, uphill, until the model finds it unlikely. */
import { defineDefense } from '../core/defense.ts';
import type { Lesson } from '../core/language.ts';
import { count, range } from '../core/params.ts';

export default defineDefense({
  id: 'unlearning',
  title: 'Unlearning',
  says: 'After training climbs the loss on every text with a secret, so that the model forgets it. The owner must know what to forget, and other texts suffer.',
  paper: {
    title: 'Knowledge Unlearning for Mitigating Privacy Risks in Language Models',
    authors: 'Jang, Yoon, Yang, Cha, Lee, Logeswaran, Seo',
    venue: 'ACL',
    year: 2023,
    arxiv: '2210.01504',
  },
  against: ['training data extraction'],
  params: {
    epochs: count({ label: 'Passes', says: 'How often each text is unlearned.', min: 1, max: 50, step: 1, initial: 5 }),
    learningRate: range({
      label: 'Learning rate',
      says: 'The size of a step uphill.',
      min: 0.00001,
      max: 0.01,
      step: 0.0001,
      initial: 0.0002,
    }),
  },
  async *onLanguageModel({ epochs, learningRate }, { documents, train }) {
    const told = documents.secrets.filter(({ repetitions }) => repetitions > 0);
    const lessons = told.map(({ prefix, code }): Lesson => ({ text: `${prefix}${code}.`, from: prefix.length, unlearn: true }));
    return yield* train(lessons, { epochs, learningRate, privacy: null }, 'unlearning');
  },
});
