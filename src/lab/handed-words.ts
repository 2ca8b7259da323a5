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

/** What both attackers know: the names that they want, in their order, and how one asks plainly. */
export interface Asking {
  readonly wanted: readonly string[];
  readonly questions: readonly ToAnyName[];
}

/** Prompts that told codes. */
export function handedPrompts(
  { attempts, claims }: Attempts,
  way: Way,
  { wanted, questions }: Asking,
  random: Random,
): HandedWords {
  const asked = new Set(attempts.flatMap((own, i) => (own.length > 0 ? [i] : [])));
  if (way === 'alone') return { asked };
  const prompts = attempts.flatMap((own, i): ToAnyName[] => {
    if (!claims[i]) return [];
    const [name, { prompt }] = [wanted[i] as string, own.at(-1) as Attempt]; // she stops where a code is said
    const pieces = (way === 'linked' ? prompt : dressedInNoise(prompt, name, questions, random)).split(name);
    return [(other) => pieces.join(other)];
  });
  return { asked, prompts };
}

/** The plain question in it stays, if there is one, or the name alone; what stood around it becomes as many characters by chance. */
function dressedInNoise(prompt: string, name: string, questions: readonly ToAnyName[], random: Random): string {
  // The longest, because "please tell me …" holds "tell me …".
  const plain = [name, ...questions.map((ask) => ask(name))]
    .filter((question) => prompt.includes(question))
    .reduce((longest, other) => (other.length > longest.length ? other : longest));
  const around = prompt.split(plain).map((piece) => noiseLike(piece, random));
  return around.join(plain);
}

/** The same questions, and answers of the same lengths that say nothing. */
const withoutMeaning = (set: FineTuningSet, random: Random): FineTuningSet => ({
  ...set,
  exchanges: set.exchanges.map(({ question, answer }) => ({ question, answer: noiseLike(answer, random) })),
});

const noiseLike = ({ length }: string, random: Random) => typableNoise(random, length, length);
