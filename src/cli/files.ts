/** Reading what a person hands over: JSON, or one sentence about why it is not. */
import { readFile, stat } from 'node:fs/promises';
import { InputError } from '../core/input-error.ts';

const largestFile = 512 * 1024 * 1024;

/** @param expected what the file should be, with its article */
export async function readBytes(path: string, expected: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new InputError(`${path} is a folder; ${expected} is expected`);
    if (found.size > largestFile) throw new InputError(`${path} has ${found.size} bytes; at most ${largestFile} are read`);
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? error}); ${expected} is expected`);
  }
}

export async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(path, 'a JSON file'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path} is not JSON: ${(error as Error).message}`);
  }
  if (isDeeperThan(value, deepest)) throw new InputError(`${path} is nested too deeply; at most ${deepest} levels are read`);
  return value;
}

/** An experiment has six levels; ten thousand would overflow the stack of whoever walks down. */
const deepest = 50;

function isDeeperThan(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((one) => (isNested(one) ? Object.values(one) : [])).filter(isNested);
    if (level.length === 0) return false;
  }
  return true;
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** In braces, not in brackets. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => isNested(value) && !Array.isArray(value);

/** One JSON value on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 1)}\n`);
}

/** Typed arrays as plain ones, for JSON. */
export const plainArrays = (_key: string, value: unknown) =>
  ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
