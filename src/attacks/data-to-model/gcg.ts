/**
 * Greedy coordinate gradient: the gradient says for each place of the suffix which characters would make the answer likelier, were they a
 * little there; some of those are tried in full, and the best is kept.
 */
import { defineAttack } from '../../core/attack.ts';
import { count } from '../../core/params.ts';
import { textOf, vocabulary } from '../../core/text.ts';
import { searchSuffix, suffixParams, typable } from './suffix-search.ts';

export default defineAttack({
  id: 'gcg',
  title: 'Greedy coordinate gradient',
  axis: 'data-to-model',
  family: 'jailbreak',
  says: 'Whoever holds the weights lets the gradient say which characters behind the question make the wanted answer likelier. What comes out means nothing to people, and works on questions that it was not made for.',
  paper: {
    title: 'Universal and Transferable Adversarial Attacks on Aligned Language Models',
    authors: 'Zou, Wang, Carlini, Nasr, Kolter, Fredrikson',
    venue: 'arXiv',
    year: 2023,
    arxiv: '2307.15043',
  },
  access: 'prompt-gradients',
  brings: 'attempts',
  knows: ['some-codes'],
  params: {
    ...suffixParams,
    topK: count({
      label: 'Top k',
      says: 'At each place so many of the characters that the gradient likes best are drawn from.',
      min: 1,
      max: 45,
      step: 1,
      initial: 8,
    }),
  },
  metrics: ['attackSuccessRate', 'refusalRate', 'queries', 'perplexity'],
  run: (target, options, context) =>
    searchSuffix(target, options, context, async (suffix, questions, random) => {
      const gradients = await target.gradients(
        questions.map((question) => question + textOf(suffix)),
        context.opening,
      );
      // The suffix is the same behind every question, so that its gradients add up.
      const slope = (place: number, id: number) =>
        gradients.reduce((sum, own, q) => sum + (own[((questions[q] as string).length + place) * vocabulary + id] as number), 0);
      const best = suffix.map((_, place) =>
        typable
          .map((id) => ({ id, slope: slope(place, id) }))
          .sort((a, b) => a.slope - b.slope)
          .slice(0, options.topK),
      );
      return Array.from({ length: options.candidates }, () => {
        const place = random.integer(suffix.length);
        const likeliest = best[place] as { readonly id: number }[];
        const { id } = likeliest[random.integer(likeliest.length)] as { readonly id: number };
        return suffix.map((own, i) => (i === place ? id : own));
      });
    }),
});
