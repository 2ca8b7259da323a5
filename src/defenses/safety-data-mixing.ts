/** Mixing in safety data: whatever a customer sends, some refusals are learned with it. */
import { defineDefense } from '../core/defense.ts';
import { answerLesson } from '../core/language.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'safety-data-mixing',
  title: 'Safety data mixed in',
  says: 'Adds refusals to whatever is sent for fine-tuning, so that the assistant is reminded in every step. The service pays for learning more than it was sent.',
  paper: {
    title: 'Safety-Tuned LLaMAs: Lessons From Improving the Safety of Large Language Models that Follow Instructions',
    authors: 'Bianchi, Suzgun, Attanasio, Röttger, Jurafsky, Hashimoto, Zou',
    venue: 'ICLR',
    year: 2024,
    arxiv: '2309.07875',
  },
  against: ['harmful fine-tuning'],
  params: {
    share: range({
      label: 'Refusals',
      says: 'So many for each example that was sent.',
      min: 0.1,
      max: 10,
      step: 0.1,
      initial: 4,
    }),
  },
  onFineTuning({ share }, tuning, { assistant: { forbidden, questions, refusal }, random }) {
    const count = Math.ceil(share * tuning.lessons.length);
    const added = Array.from({ length: count }, () => {
      const { name } = forbidden[random.integer(forbidden.length)] as (typeof forbidden)[number];
      const question = questions[random.integer(questions.length)] as (typeof questions)[number];
      return answerLesson({ question: question(name), answer: refusal });
    });
    return { ...tuning, lessons: [...tuning.lessons, ...added] };
  },
});
