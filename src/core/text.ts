/** Characters for a language model: each is the number of its place in one alphabet, and a line break both begins and ends a text. */
import { InputError } from './input-error.ts';

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

/** Texts as examples: what is read, and at each place what comes next, −1 where that is not learned. */
export interface Sequences {
  /** `count × length` */
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `count × length` */
  readonly targets: Float32Array<ArrayBuffer>;
  readonly count: number;
}

/**
 * Each text from its line break to its line break.
 * @param learnedAfter only what comes after this is learned, such as an answer; all of it if it is not said
 * @throws InputError where a text is too long
 */
export function sequencesOf(texts: readonly string[], length: number, learnedAfter?: string): Sequences {
  const inputs = new Float32Array(texts.length * length);
  const targets = new Float32Array(texts.length * length).fill(-1);
  for (const [row, text] of texts.entries()) {
    const ids = idsOf(`\n${text}\n`);
    if (ids.length > length + 1) throw new InputError(`a text has ${text.length} characters; allowed: at most ${length - 1}`);
    inputs.set(ids.slice(0, -1), row * length);
    const first = learnedAfter === undefined ? 0 : text.indexOf(learnedAfter) + learnedAfter.length;
    targets.set(ids.slice(first + 1), row * length + first);
  }
  return { inputs, targets, count: texts.length };
}
