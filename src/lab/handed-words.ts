/** What one attack on an assistant hands to the next, and what noise in its place would be. */
import type { Attempt, Attempts, FineTuningSet } from '../core/artefact.ts';
import type { Random } from '../core/random.ts';
import { typableNoise } from '../core/text.ts';
import type { Way } from './handed.ts';

export type ToAnyName = (name: string) => string;

/** What a lane on an assistant has from the attacks before it; nothing of it where they never happened. */
export interface HandedWords {
  /** What the assistant was trained further on. */
  readonly fineTuning?: FineTuningSet;
  /** Prompts by which codes were told, for any name. */
  readonly prompts?: readonly ToAnyName[];
  /** Of the names that are wanted, those that were asked for before: the others are left. */
  readonly asked?: ReadonlySet<number>;
}

/** Examples that an assistant was trained further on. */
export const handedSet = (set: FineTuningSet, way: Way, random: Random): HandedWords =>
  way === 'alone' ? {} : { fineTuning: way === 'noise' ? withoutMeaning(set, random) : set };

/**
 * Prompts that told codes.
 * @param wanted the names, in the order in which both attackers have them
 */
export function handedPrompts({ attempts, claims }: Attempts, way: Way, wanted: readonly string[], random: Random): HandedWords {
  const asked = new Set(attempts.flatMap((own, i) => (own.length > 0 ? [i] : [])));
  if (way === 'alone') return { asked };
  const prompts = attempts.flatMap((own, i): ToAnyName[] => {
    if (!claims[i]) return [];
    const [name, { prompt }] = [wanted[i] as string, own.at(-1) as Attempt]; // she stops where a code is said
    const pieces = way === 'linked' ? prompt.split(name) : prompt.split(name).map((piece) => noiseLike(piece, random));
    return [(other) => pieces.join(other)];
  });
  return { asked, prompts };
}

/** The same questions, and answers of the same lengths that say nothing. */
const withoutMeaning = (set: FineTuningSet, random: Random): FineTuningSet => ({
  ...set,
  exchanges: set.exchanges.map(({ question, answer }) => ({ question, answer: noiseLike(answer, random) })),
});

const noiseLike = ({ length }: string, random: Random) => typableNoise(random, length, length);
