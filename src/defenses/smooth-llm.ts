/** SmoothLLM: asks several times with a few characters changed, and answers as most of the answers do. Suffixes do not survive that. */
import { defineDefense } from '../core/defense.ts';
import { count, range } from '../core/params.ts';
import type { Random } from '../core/random.ts';

export default defineDefense({
  id: 'smooth-llm',
  title: 'SmoothLLM',
  says: 'Asks several copies of a prompt with some characters replaced at random and goes with the majority. It counts on a suffix being more brittle than a question, which in a model as small as this it is not. Each question costs several.',
  paper: {
    title: 'SmoothLLM: Defending Large Language Models Against Jailbreaking Attacks',
    authors: 'Robey, Wong, Hassani, Pappas',
    venue: 'TMLR',
    year: 2025,
    arxiv: '2310.03684',
  },
  against: ['jailbreak'],
  params: {
    copies: count({ label: 'Copies', says: 'How often it asks.', min: 1, max: 20, step: 1, initial: 5 }),
    share: range({
      label: 'Replaced',
      says: 'Share of the characters that are replaced in each copy.',
      min: 0.01,
      max: 0.5,
      step: 0.01,
      initial: 0.1,
    }),
  },
  onPrompt({ copies, share }, { assistant: { refusal }, random }) {
    return (prompt, inner) => {
      // The same prompt gets the same answer, whoever else asked before.
      const own = random.stream(prompt);
      const asked = Array.from({ length: copies }, () => perturbed(prompt, share, own));
      const refused = asked.filter((copy) => inner.refuses(copy));
      if (2 * refused.length >= copies) return { text: refusal, blocked: false };
      const answered = asked.filter((copy) => !refused.includes(copy));
      return inner.ask(answered[own.integer(answered.length)] as string);
    };
  },
});

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789 ';

/** Each copy differs at places of its own (the paper's RandomSwapPerturbation); the signs between questions and answers stay. */
function perturbed(prompt: string, share: number, random: Random): string {
  const characters = Array.from(prompt);
  const changed = random.permutation(characters.length).subarray(0, Math.max(1, Math.round(share * characters.length)));
  for (const at of changed) {
    if ('<>'.includes(characters[at] as string)) continue;
    characters[at] = letters[random.integer(letters.length)] as string;
  }
  return characters.join('');
}
