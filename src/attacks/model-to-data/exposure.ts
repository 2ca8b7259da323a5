/**
 * Exposure: how soon a secret comes up where all are tried, likeliest first. It is an audit: who does it knows what was planted, and
 * wants to know how well the model knows it.
 */
import { defineAttack } from '../../core/attack.ts';
import type { Decoder, Reading } from '../../core/decoder.ts';
import { progress } from '../../core/event.ts';
import { choice, toggle } from '../../core/params.ts';
import { idsOf } from '../../core/text.ts';
import { logProbabilities } from '../../core/writing.ts';
import { exposureUnder, fitSkewNormal } from '../../metrics/exposure.ts';

/** Codes from which the distribution is fitted. */
const sampled = 200;

export default defineAttack({
  id: 'exposure',
  title: 'Exposure',
  axis: 'model-to-data',
  family: 'training data extraction',
  says: 'Plants secrets of a known form, trains, and looks at which rank each comes among all codes that there could be: in bits, how much of the secret the model gives away.',
  paper: {
    title: 'The Secret Sharer: Evaluating and Testing Unintended Memorization in Neural Networks',
    authors: 'Carlini, Liu, Erlingsson, Kos, Song',
    venue: 'USENIX Security',
    year: 2019,
    arxiv: '1802.08232',
  },
  access: 'tokens',
  brings: 'secret ranks',
  knows: ['secrets'],
  params: {
    method: choice({
      label: 'Method',
      says: 'Rank: the exact place among all codes. Skew-normal: from the distribution of 200 codes, as one must where there are too many to try; or both.',
      choices: ['rank', 'skew-normal', 'both'],
      initial: 'rank',
    }),
    adaptive: toggle({
      label: 'Knows the filter',
      says: 'Takes a digit that the model may not say for the right one: a filter that forbids nothing but what was learned gives it away.',
      initial: false,
    }),
  },
  metrics: ['exposure', 'perplexity'],
  async *run(decoder, { method, adaptive }, { secrets, codeSpace, random }) {
    const ranks = new Float64Array(secrets.length).fill(Number.NaN);
    const approximated = ranks.slice();
    const digits = digitsOf(decoder, adaptive);
    for (const [i, { prefix, code }] of secrets.entries()) {
      yield progress('ranking the secrets', i, secrets.length);
      const first = decoder.read(idsOf(`\n${prefix}`));
      const own = logProbabilityOf(decoder, digits, first, code);
      if (method !== 'rank') {
        const others = Array.from({ length: sampled }, () => String(random.integer(codeSpace)).padStart(code.length, '0'));
        const fitted = fitSkewNormal(others.map((other) => -logProbabilityOf(decoder, digits, first, other)));
        approximated[i] = exposureUnder(fitted, -own);
      }
      // Where the rank is not looked for, the approximation stands for it, as it does where codes are too many.
      ranks[i] =
        method === 'skew-normal'
          ? codeSpace / 2 ** (approximated[i] as number)
          : rankOf(decoder, digits, first, own, code.length);
      yield { type: 'artefact', artefact: { kind: 'secret ranks', ranks: ranks.slice(), approximated: approximated.slice() } };
    }
    return { kind: 'secret ranks', ranks, approximated };
  },
});

const zero = idsOf('0')[0] as number;

/** ln of the probability of each digit that may come next, as whoever asks sees it: to who knows the filter what is ruled out is certain. */
type Digits = (reading: Reading) => Float64Array;

function digitsOf({ shape: { vocabulary } }: Decoder, adaptive: boolean): Digits {
  return ({ logits }) => {
    const said = logProbabilities(logits.subarray(logits.length - vocabulary)).subarray(zero, zero + 10);
    return adaptive ? said.map((one) => (one === Number.NEGATIVE_INFINITY ? 0 : one)) : said;
  };
}

function logProbabilityOf(decoder: Decoder, digitsAfter: Digits, first: Reading, code: string): number {
  let reading = first;
  let sum = 0;
  for (const [place, id] of idsOf(code).entries()) {
    sum += digitsAfter(reading)[id - zero] as number;
    if (place < code.length - 1) reading = decoder.read([id], reading.past);
  }
  return sum;
}

/**
 * One more than the number of likelier codes, exactly: a code is never likelier than its own beginning, so that whole branches of the tree
 * of digits can be left out.
 */
function rankOf(decoder: Decoder, digitsAfter: Digits, first: Reading, own: number, digits: number): number {
  const likelier = (reading: Reading, left: number, soFar: number): number => {
    const sums = digitsAfter(reading).map((logProbability) => soFar + logProbability);
    const open = Array.from(sums.keys()).filter((digit) => (sums[digit] as number) > own);
    if (left === 1) return open.length;
    const ids = open.map((digit) => zero + digit);
    return decoder
      .readEach(ids, reading.past)
      .reduce((count, next, i) => count + likelier(next, left - 1, sums[open[i] as number] as number), 0);
  };
  return 1 + likelier(first, digits, 0);
}
