/**
 * A result that was saved, here with `--out` or `--json` or on the page, runs again: it holds what was run, and how. Whatever else it
 * holds is left alone.
 */
import { InputError } from '../core/input-error.ts';
import { isObject } from './files.ts';

export interface Asked {
  /** An experiment or a chain, as given. */
  readonly given: unknown;
  /** At how many seeds it was run, if it says so. */
  readonly seeds?: number;
  /** In the words of `--spread`, where one option was run at several values. */
  readonly spread?: string;
}

/** What is asked for by a file: the saved run, or what is in it itself. */
export function askedBy(content: unknown): Asked {
  if (!isObject(content)) return { given: content };
  const { experiment, chain, given, seeds, spread } = content;
  if (chain !== undefined && given === undefined)
    throw new InputError('the saved chain has no "given", which holds it as it was typed; allowed: a result that has it');
  if (experiment === undefined && chain === undefined) return { given: content };
  return {
    given: chain === undefined ? experiment : given,
    ...(Array.isArray(seeds) && seeds.length > 0 && { seeds: seeds.length }),
    ...(isObject(spread) &&
      Array.isArray(spread.values) && { spread: `${spread.path}=${spread.values.map((one) => JSON.stringify(one)).join(',')}` }),
  };
}
