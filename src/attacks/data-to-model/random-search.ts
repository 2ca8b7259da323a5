/** Random search for a suffix: change something, keep it if the answer became likelier. Needs probabilities, no gradient. */
import { defineAttack } from '../../core/attack.ts';
import { count } from '../../core/params.ts';
import { searchSuffix, suffixParams, typable } from './suffix-search.ts';

export default defineAttack({
  id: 'random-search',
  title: 'Random search for a suffix',
  axis: 'data-to-model',
  family: 'jailbreak',
  says: 'Puts characters behind the question, changes some at random and keeps what makes the wanted answer likelier. Who shows probabilities shows the way.',
  paper: {
    title: 'Jailbreaking Leading Safety-Aligned LLMs with Simple Adaptive Attacks',
    authors: 'Andriushchenko, Croce, Flammarion',
    venue: 'ICLR',
    year: 2025,
    arxiv: '2404.02151',
  },
  access: 'prompt-probabilities',
  brings: 'attempts',
  knows: ['some-codes'],
  params: {
    ...suffixParams,
    changed: count({
      label: 'Changed at once',
      says: 'Neighbouring characters that each candidate changes.',
      min: 1,
      max: 8,
      step: 1,
      initial: 1,
    }),
  },
  metrics: ['attackSuccessRate', 'refusalRate', 'queries', 'perplexity'],
  run: (target, options, context) =>
    searchSuffix(target, options, context, async (suffix, _questions, random) =>
      Array.from({ length: options.candidates }, () => {
        const changed = [...suffix];
        const from = random.integer(Math.max(1, suffix.length - options.changed + 1));
        for (let i = from; i < Math.min(suffix.length, from + options.changed); i++)
          changed[i] = typable[random.integer(typable.length)] as number;
        return changed;
      }),
    ),
});
