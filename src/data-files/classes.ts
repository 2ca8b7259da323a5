/** From what files call classes to the numbers 0 … classes − 1. */
import { InputError } from '../core/input-error.ts';
import { listed, quoted, several } from './wording.ts';

export interface Classes {
  readonly labels: Int32Array<ArrayBuffer>;
  readonly classNames: readonly string[];
  readonly notes: readonly string[];
}

const mostClasses = 100;

/** Classes by number. `where` says where a row's label stands, for one that is not whole. */
export function classesOfNumbers(name: string, values: ArrayLike<number>, where: (row: number) => string): Classes {
  const given = Array.from(values);
  const wrong = given.findIndex((value) => !Number.isSafeInteger(value));
  if (wrong >= 0) {
    const most = Number.isInteger(given[wrong]) ? ' up to 2⁵³' : '';
    throw new InputError(`${name} has the label ${given[wrong]} in ${where(wrong)}; whole numbers${most} are expected`);
  }
  const known = [...new Set(given)].sort((a, b) => a - b);
  const classNames = known.map(String);
  const asTheyAre = known.every((value, index) => value === index);
  return {
    ...classesOf(name, given, known, classNames),
    notes: asTheyAre ? [] : [`Labels are renumbered from 0 in this order: ${listed(classNames)}.`],
  };
}

/** Classes by name, in alphabetical order; by size if all names are whole numbers. */
export function classesOfTexts(name: string, texts: readonly string[]): Classes {
  const known = [...new Set(texts)];
  const byNumber = known.every((text) => /^\d{1,9}$/.test(text));
  known.sort((a, b) => (byNumber ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1));
  return { ...classesOf(name, texts, known, known), notes: [] };
}

function classesOf<T>(
  name: string,
  given: readonly T[],
  known: readonly T[],
  classNames: readonly string[],
): Omit<Classes, 'notes'> {
  if (known.length < 2 || known.length > mostClasses) {
    const found = listed(classNames.slice(0, 2).map(quoted));
    throw new InputError(
      `${name} has ${several(known.length, 'class', 'classes')}${known.length > 2 ? '' : `, ${found}`}; 2 to ${mostClasses} are expected`,
    );
  }
  const numbers = new Map(known.map((value, index) => [value, index]));
  return { labels: Int32Array.from(given, (value) => numbers.get(value) as number), classNames };
}
