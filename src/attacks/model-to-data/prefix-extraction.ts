/** Extraction from a known beginning: the attacker types what stands before a secret and reads on. */
import { defineAttack } from '../../core/attack.ts';
import type { Decoder } from '../../core/decoder.ts';
import { progress } from '../../core/event.ts';
import { count, toggle } from '../../core/params.ts';
import { idsOf, textOf } from '../../core/text.ts';
import { beamSearch } from '../../core/writing.ts';

export default defineAttack({
  id: 'prefix-extraction',
  title: 'Extraction from a prefix',
  axis: 'model-to-data',
  family: 'training data extraction',
  says: 'Types the words that stand before a secret and takes the likeliest continuation that a beam search finds. Whoever knows whose secret she wants needs nothing more.',
  paper: {
    title: 'Quantifying Memorization Across Neural Language Models',
    authors: 'Carlini, Ippolito, Jagielski, Lee, Tramèr, Zhang',
    venue: 'ICLR',
    year: 2023,
    arxiv: '2202.07646',
  },
  access: 'tokens',
  brings: 'guessed secrets',
  knows: ['owners'],
  params: {
    beams: count({
      label: 'Beams',
      says: 'How many continuations are followed at once; 1 is greedy.',
      min: 1,
      max: 50,
      step: 1,
      initial: 5,
    }),
    adaptive: toggle({
      label: 'Knows the filter',
      says: 'Takes what the model may not say for the secret: a filter that forbids nothing but what was learned gives it away.',
      initial: false,
    }),
  },
  metrics: ['extractionRate', 'perplexity'],
  async *run(decoder, { beams, adaptive }, { secrets }) {
    const guesses = secrets.map(() => '');
    for (const [i, { prefix, code }] of secrets.entries()) {
      yield progress('reading on', i, secrets.length);
      const ids = idsOf(`\n${prefix}`);
      const [line] = beamSearch(decoder, ids, beams, code.length);
      guesses[i] = textOf(line?.ids ?? []);
      if (adaptive) guesses[i] = forbiddenIn(decoder, ids, code.length) ?? (guesses[i] as string);
      yield { type: 'artefact', artefact: { kind: 'guessed secrets', guesses: [...guesses] } };
    }
    return { kind: 'guessed secrets', guesses };
  },
});

/** The characters that are ruled out one after another, where at each place it is one alone. */
function forbiddenIn(decoder: Decoder, prefix: readonly number[], length: number): string | undefined {
  const { vocabulary } = decoder.shape;
  const found: number[] = [];
  let { logits, past } = decoder.read(prefix);
  while (found.length < length) {
    const next = logits.subarray(logits.length - vocabulary);
    const ruledOut = Array.from(next.keys()).filter((id) => next[id] === Number.NEGATIVE_INFINITY);
    if (ruledOut.length !== 1) return undefined;
    found.push(...ruledOut);
    if (found.length < length) ({ logits, past } = decoder.read(ruledOut, past));
  }
  return textOf(found);
}
