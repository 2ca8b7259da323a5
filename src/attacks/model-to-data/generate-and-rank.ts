/**
 * Generate and rank: let the model write, and hand in what it wrote most surely. Surely alone is not enough, for the commonest sentence is
 * sure as well: what is sure for this model, and not for another one or for a packer, was learned by heart.
 */
import { zlibSync } from 'fflate';
import { defineAttack } from '../../core/attack.ts';
import type { Decoder } from '../../core/decoder.ts';
import { progress } from '../../core/event.ts';
import { choice, count, range } from '../../core/params.ts';
import { mean } from '../../core/statistics.ts';
import { idsOf, lineBreak, textOf } from '../../core/text.ts';
import { surprises, write } from '../../core/writing.ts';

/** Texts between two reports. */
const often = 10;

export default defineAttack({
  id: 'generate-and-rank',
  title: 'Generate and rank',
  axis: 'model-to-data',
  family: 'training data extraction',
  says: 'Lets the model write hundreds of texts and keeps those of which it is surer than it should be. Nothing need be known of what it learned.',
  paper: {
    title: 'Extracting Training Data from Large Language Models',
    authors: 'Carlini, Tramèr, Wallace, Jagielski, Herbert-Voss, Lee, Roberts, Brown, Song, Erlingsson, Oprea, Raffel',
    venue: 'USENIX Security',
    year: 2021,
    arxiv: '2012.07805',
  },
  access: 'tokens',
  brings: 'extracted texts',
  knows: ['public-model'],
  params: {
    texts: count({ label: 'Texts', says: 'How many the model is let write.', min: 10, max: 2000, step: 10, initial: 200 }),
    claimed: count({ label: 'Handed in', says: 'How many are said to be stolen.', min: 1, max: 200, step: 1, initial: 20 }),
    rank: choice({
      label: 'Ranked by',
      says: 'Perplexity: the surest first. Zlib: surest for how little a packer can shorten it. Reference: surest compared with the public model.',
      choices: ['reference', 'zlib', 'perplexity'],
      initial: 'reference',
    }),
    temperature: range({
      label: 'Temperature',
      says: 'Above 1 it writes more freely, below 1 more of what is likeliest.',
      min: 0.1,
      max: 3,
      step: 0.1,
      initial: 1,
    }),
    topK: count({
      label: 'Top k',
      says: 'Each character is drawn from so many of the likeliest.',
      min: 1,
      max: 40,
      step: 1,
      initial: 40,
    }),
  },
  metrics: ['precision', 'extractionRate', 'perplexity'],
  async *run(decoder, { texts, claimed, rank, temperature, topK }, { publicModel, random }) {
    const written = new Set<string>(); // the same text twice is one
    const ranked = () => {
      const scored = [...written].map((text) => ({ text, score: scoreOf(text) }));
      return { kind: 'extracted texts', texts: scored.sort((a, b) => b.score - a.score), claimed } as const;
    };
    const scores = new Map<string, number>();
    const scoreOf = (text: string) => {
      const known = scores.get(text) ?? score[rank](text, decoder, publicModel);
      scores.set(text, known);
      return known;
    };
    const writing = random.stream('writing');
    for (let i = 0; i < texts; i++) {
      const options = { length: decoder.shape.length - 1, stops: [lineBreak], temperature, topK };
      const text = textOf(write(decoder, [lineBreak], options, writing));
      if (text.length >= shortest) written.add(text);
      yield progress('letting the model write', i + 1, texts);
      if (i % often === often - 1 && written.size > 0) yield { type: 'artefact', artefact: ranked() };
    }
    return ranked();
  },
});

/** Shorter ones are sure because there is little to be unsure of. */
const shortest = 10;

/** ln of the probability of a text, a character on average. */
const sureness = (decoder: Decoder, text: string) => mean(surprises(decoder, idsOf(`\n${text}\n`)));

/** Higher is likelier to be known by heart (§ 5.2 of the paper: each ratio the other way up, so that higher is surer). */
const score = {
  perplexity: (text: string, decoder: Decoder) => sureness(decoder, text),
  zlib: (text: string, decoder: Decoder) => zlibSync(Uint8Array.from(idsOf(text))).length / -sureness(decoder, text),
  reference: (text: string, decoder: Decoder, other: Decoder) => sureness(other, text) / sureness(decoder, text),
};
