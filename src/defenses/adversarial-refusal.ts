/** Adversarial refusal training: it is taught to refuse in disguise as well, behind nonsense, in roles, and when an answer has begun. */
import { defineDefense } from '../core/defense.ts';
import { answerLesson, exchangeText, type Lesson } from '../core/language.ts';
import { count } from '../core/params.ts';
import { typableNoise } from '../core/text.ts';

export default defineDefense({
  id: 'adversarial-refusal',
  title: 'Adversarial refusals',
  says: 'Teaches it to refuse in disguise as well: with nonsense behind the question, as a role, with the answer begun. Takes longer to teach, and honest questions are refused more often.',
  paper: {
    title: 'HarmBench: A Standardized Evaluation Framework for Automated Red Teaming and Robust Refusal',
    authors: 'Mazeika, Phan, Yin, Zou, Wang, Mu, Sakhaee, Li, Basart, Li, Forsyth, Hendrycks',
    venue: 'ICML',
    year: 2024,
    arxiv: '2402.04249',
  },
  against: ['jailbreak'],
  params: {
    count: count({
      label: 'Disguises',
      says: 'For each code so many questions in disguise.',
      min: 1,
      max: 40,
      step: 1,
      initial: 12,
    }),
  },
  onAlignment({ count: times }, alignment, { assistant: { forbidden, questions, refusal, disguises, opening }, random }) {
    const added = forbidden.flatMap(({ name }): Lesson[] =>
      Array.from({ length: times }, (_, i) => {
        const question = (questions[random.integer(questions.length)] as (typeof questions)[number])(name);
        if (i % 3 === 0) return answerLesson({ question: question + typableNoise(random, 8, 20), answer: refusal });
        // An answer that has begun is taken back (the recovery examples of Qi et al. 2025).
        if (i % 3 === 1) {
          const begun = exchangeText({ question, answer: opening });
          return { text: begun + refusal, from: begun.length };
        }
        const dress = disguises[random.integer(disguises.length)] as (typeof disguises)[number];
        return answerLesson({ question: dress(question), answer: refusal });
      }),
    );
    return { ...alignment, lessons: [...alignment.lessons, ...added] };
  },
});
