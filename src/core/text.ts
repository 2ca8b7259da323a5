/** Characters for a language model: each is the number of its place in one alphabet, and a line break both begins and ends a text. */
import { InputError } from './input-error.ts';
import type { Lesson } from './language.ts';
import type { Random } from './random.ts';

export const alphabet = "\n abcdefghijklmnopqrstuvwxyz0123456789.,:?!'-<>";
export const vocabulary = alphabet.length;
/** Begins a text, ends it, and fills up what is left. */
export const lineBreak = 0;

/** @throws InputError for a character that the alphabet has not */
export function idsOf(text: string): number[] {
  return Array.from(text, (character) => {
    const id = alphabet.indexOf(character);
    if (id < 0)
      throw new InputError(`the character ${JSON.stringify(character)} is unknown; allowed: ${JSON.stringify(alphabet)}`);
    return id;
  });
}

export const textOf = (ids: ArrayLike<number>): string => Array.from(ids, (id) => alphabet[id] ?? '').join('');

const typable = alphabet.slice(1, -2); // without the line break and the signs between questions and answers

/** Characters that mean nothing, at least and at most so many. */
export function typableNoise(random: Random, shortest: number, longest: number): string {
  const count = shortest + random.integer(longest - shortest + 1);
  return Array.from({ length: count }, () => typable[random.integer(typable.length)]).join('');
}

/** Texts as examples: what is read, and at each place what comes next; −1 where that is not learned, −2 − id where it is unlearned. */
export interface Sequences {
  /** `count × length` */
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `count × length` */
  readonly targets: Float32Array<ArrayBuffer>;
  readonly count: number;
}

/**
 * Each lesson from its line break to its line break.
 * @throws InputError where a text is too long
 */
export function sequencesOf(lessons: readonly Lesson[], length: number): Sequences {
  const inputs = new Float32Array(lessons.length * length);
  const targets = new Float32Array(lessons.length * length).fill(-1);
  for (const [row, { text, from = 0, unlearn }] of lessons.entries()) {
    const ids = idsOf(`\n${text}\n`);
    if (ids.length > length + 1) throw new InputError(`a text has ${text.length} characters; allowed: at most ${length - 1}`);
    inputs.set(ids.slice(0, -1), row * length);
    const learned = ids.slice(from + 1);
    targets.set(unlearn ? learned.map((id) => -2 - id) : learned, row * length + from);
  }
  return { inputs, targets, count: lessons.length };
}
