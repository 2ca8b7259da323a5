/** Writing with a language model: greedy, by chance, or along several lines at once; and how surprised it is by a text. */
import type { Decoder, Past, Reading } from './decoder.ts';
import type { Random } from './random.ts';
import { argMax } from './statistics.ts';

export interface WritingOptions {
  /** How many characters at most. */
  readonly length: number;
  /** Tokens that end a text; they are not part of what is returned. */
  readonly stops?: readonly number[];
  /** Logits are divided by it; 0 takes the likeliest character each time. */
  readonly temperature?: number;
  /** Only so many of the likeliest characters are drawn from; all if it is not said. */
  readonly topK?: number;
}

/** Goes on where a prompt ends. @param random needed at a temperature over 0 */
export function write(decoder: Decoder, prompt: ArrayLike<number>, options: WritingOptions, random?: Random): number[] {
  return goOn(decoder, decoder.read(prompt), options, random);
}

/** Goes on from what was read. */
export function goOn(decoder: Decoder, reading: Reading, options: WritingOptions, random?: Random): number[] {
  const { length, stops = [], temperature = 0, topK = Number.POSITIVE_INFINITY } = options;
  const written: number[] = [];
  let { logits, past } = reading;
  const room = Math.min(length, decoder.shape.length - past.count);
  while (written.length < room) {
    const own = logits.subarray(logits.length - decoder.shape.vocabulary);
    const id = temperature > 0 ? drawn(own, temperature, topK, random as Random) : argMax(own, 0, own.length);
    if (stops.includes(id)) break;
    written.push(id);
    if (written.length < room) ({ logits, past } = decoder.read([id], past));
  }
  return written;
}

function drawn(logits: Float64Array, temperature: number, topK: number, random: Random): number {
  const order = Array.from(logits.keys()).sort((a, b) => (logits[b] as number) - (logits[a] as number));
  const likeliest = order.slice(0, topK);
  const largest = logits[likeliest[0] as number] as number;
  const shares = likeliest.map((id) => Math.exp(((logits[id] as number) - largest) / temperature));
  let rest = random.uniform() * shares.reduce((sum, share) => sum + share, 0);
  for (const [i, share] of shares.entries()) {
    rest -= share;
    if (rest < 0) return likeliest[i] as number;
  }
  return likeliest.at(-1) as number;
}

export interface Line {
  readonly ids: readonly number[];
  /** ln of its probability, given the prompt. */
  readonly logProbability: number;
}

/** The likeliest continuations of exactly that length that a beam finds, likeliest first. */
export function beamSearch(decoder: Decoder, prompt: ArrayLike<number>, beams: number, length: number): Line[] {
  const { vocabulary } = decoder.shape;
  interface Open extends Line {
    readonly past: Past;
    readonly next: Float64Array;
  }
  const lastOf = (logits: Float64Array) => logProbabilities(logits.subarray(logits.length - vocabulary));
  const first = decoder.read(prompt);
  let open: Open[] = [{ ids: [], logProbability: 0, past: first.past, next: lastOf(first.logits) }];
  for (let step = 0; step < length; step++) {
    const candidates = open.flatMap((line) =>
      Array.from(line.next, (own, id) => ({ line, id, logProbability: line.logProbability + own })),
    );
    candidates.sort((a, b) => b.logProbability - a.logProbability);
    open = candidates.slice(0, beams).map(({ line, id, logProbability }) => {
      const ids = [...line.ids, id];
      if (step === length - 1) return { ids, logProbability, past: line.past, next: line.next };
      const { logits, past } = decoder.read([id], line.past);
      return { ids, logProbability, past, next: lastOf(logits) };
    });
  }
  return open.map(({ ids, logProbability }) => ({ ids, logProbability }));
}

/** ln of the softmax. */
export function logProbabilities(logits: Float64Array): Float64Array {
  const largest = logits.reduce((one, other) => Math.max(one, other));
  const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return logits.map((logit) => logit - largest - total);
}

/** ln of the probability of each character of a text after the first. */
export function surprises(decoder: Decoder, ids: ArrayLike<number>): Float64Array {
  const { vocabulary } = decoder.shape;
  const { logits } = decoder.read(Array.from(ids).slice(0, -1)); // what would come after the last one does not matter
  return Float64Array.from({ length: ids.length - 1 }, (_, at) => {
    const next = logProbabilities(logits.subarray(at * vocabulary, (at + 1) * vocabulary));
    return next[ids[at + 1] as number] as number;
  });
}

/** e to the mean surprise: how many characters it might as well have been, each time. */
export function perplexity(decoder: Decoder, ids: ArrayLike<number>): number {
  const logs = surprises(decoder, ids);
  return Math.exp(-logs.reduce((sum, one) => sum + one, 0) / logs.length);
}
