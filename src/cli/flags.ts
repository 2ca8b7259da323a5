/** The words after `lab --`: `run NAME --seed 3 --set attack.shadowModels=8 --json`. */
import { InputError } from '../core/input-error.ts';

export interface Flags {
  readonly words: readonly string[];
  /** The last value of a flag. */
  text(name: string): string | undefined;
  /** All values of a flag that may be repeated. */
  all(name: string): readonly string[];
  has(name: string): boolean;
  number(name: string, check: { readonly min: number; readonly max: number; readonly integer?: boolean }): number | undefined;
}

/**
 * @param valued flags that take a value; @param bare flags that do not
 * @throws InputError for a flag that is neither, or one whose value is missing
 */
export function parseFlags(args: readonly string[], valued: readonly string[], bare: readonly string[], words: number): Flags {
  const found = new Map<string, string[]>();
  const plain: string[] = [];
  const known = [...valued, ...bare].map((name) => `--${name}`).join(', ') || 'none';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('--')) {
      plain.push(arg);
      continue;
    }
    const [name, joined] = splitOnce(arg.slice(2), '=');
    if (bare.includes(name)) {
      if (joined !== undefined) throw new InputError(`--${name} takes no value, and was given ${JSON.stringify(joined)}`);
      found.set(name, []);
    } else if (valued.includes(name)) {
      const value = joined ?? args[++i];
      if (value === undefined) throw new InputError(`--${name} needs a value`);
      found.set(name, [...(found.get(name) ?? []), value]);
    } else throw new InputError(`unknown flag --${name}; known here: ${known}`);
  }
  if (plain.length > words) throw new InputError(`${JSON.stringify(plain[words])} is one word too many; expected ${words}`);
  return {
    words: plain,
    text: (name) => found.get(name)?.at(-1),
    all: (name) => found.get(name) ?? [],
    has: (name) => found.has(name),
    number(name, { min, max, integer }) {
      const text = found.get(name)?.at(-1);
      if (text === undefined) return undefined;
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isFinite(value) || value < min || value > max || (integer && !Number.isInteger(value))) {
        throw new InputError(
          `--${name} is ${text || 'empty'}; allowed: a ${integer ? 'whole ' : ''}number from ${min} to ${max}`,
        );
      }
      return value;
    },
  };
}

/** `a=b=c` at its first `=`: `a` and `b=c`. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
