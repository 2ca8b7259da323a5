/** Erase and check: if the prompt is refused with something taken off its end, it is refused. No suffix up to that length gets through. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

export default defineDefense({
  id: 'erase-and-check',
  title: 'Erase and check',
  says: 'Asks again with one, two, three … characters taken off the end, and refuses if any of these is refused: certain against suffixes up to that length. Each question costs as many.',
  paper: {
    title: 'Certifying LLM Safety against Adversarial Prompting',
    authors: 'Kumar, Agarwal, Srinivas, Li, Feizi, Lakkaraju',
    venue: 'COLM',
    year: 2024,
    arxiv: '2309.02705',
  },
  against: ['jailbreak'],
  params: {
    erased: count({
      label: 'Erased at most',
      says: 'The longest suffix that is looked behind.',
      min: 1,
      max: 40,
      step: 1,
      initial: 20,
    }),
  },
  onPrompt:
    ({ erased }, { assistant: { refusal } }) =>
    (prompt, inner) => {
      if (inner.refuses(prompt)) return { text: refusal, blocked: false };
      for (let cut = 1; cut <= Math.min(erased, prompt.length - 1); cut++)
        if (inner.refuses(prompt.slice(0, -cut))) return { text: refusal, blocked: true };
      return inner.ask(prompt);
    },
});
