/** Perplexity filter: a prompt that no person would type is not passed on. */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';
import { idsOf } from '../core/text.ts';
import { surprises } from '../core/writing.ts';

export default defineDefense({
  id: 'perplexity-filter',
  title: 'Perplexity filter',
  says: 'Turns away prompts with a passage that is more surprising than any honest question has. Stops suffixes of nonsense, and nothing that reads like language.',
  paper: {
    title: 'Baseline Defenses for Adversarial Attacks Against Aligned Language Models',
    authors: 'Jain, Schwarzschild, Wen, Somepalli, Kirchenbauer, Chiang, Goldblum, Saha, Geiping, Goldstein',
    venue: 'arXiv',
    year: 2023,
    arxiv: '2309.00614',
  },
  against: ['jailbreak'],
  params: {
    margin: range({
      label: 'Margin',
      says: 'The threshold, as a multiple of the most surprising honest question’s.',
      min: 0.5,
      max: 20,
      step: 0.5,
      initial: 4,
    }),
  },
  onPrompt({ margin }, { reader, honest }) {
    const surprise = (prompt: string) => mostSurprising(surprises(reader, idsOf(`\n>${prompt}`)));
    const threshold = margin * Math.max(...honest.map(surprise));
    return (prompt, inner) =>
      surprise(prompt) > threshold ? { text: 'blocked: nobody writes like that.', blocked: true } : inner.ask(prompt);
  },
});

/** Characters over which surprise is averaged: in a long prompt a short suffix would drown (the paper's windowed filter). */
const window = 10;

function mostSurprising(logProbabilities: Float64Array): number {
  let most = 0;
  for (let from = 0; from === 0 || from + window <= logProbabilities.length; from++) {
    const piece = logProbabilities.subarray(from, from + window);
    most = Math.max(most, -piece.reduce((sum, one) => sum + one, 0) / piece.length);
  }
  return most;
}
