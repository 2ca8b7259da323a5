/** How much is read, and why no more. */
import { InputError } from '../core/input-error.ts';
import { counted, several } from './wording.ts';

const mebibyte = 2 ** 20;

/** Fewer rows leave nothing to split into members, non-members, test and the attacker's own. */
const fewestRows = 40;
export const mostRows = 100_000;
/** In one example: a picture of 64 × 64 in colour. */
export const mostValues = 64 * 64 * 3;
/** Bytes of all inputs as 32-bit numbers, as they are held: MNIST's 60,000 training pictures take 180 MiB. */
const mostInputs = 192 * mebibyte;
/** In all files as they are given, and again once unpacked: room for that much as 32-bit numbers, or for some less as text. */
export const mostBytes = 256 * mebibyte;
/** In one encoded picture: the decoder needs four bytes for each pixel, however few bytes the file has. */
export const mostPixels = 2 ** 24;
/** In all encoded pictures: averaging them takes about half a minute. */
export const mostPixelsInAll = 2 ** 31;

/** How many examples of `size` values may be read. */
export const rowsThatFit = (size: number) => Math.min(mostRows, Math.floor(mostInputs / 4 / size));

/** Refuses a table of `rows` examples with `size` values each that is too small or too large. To be called before allocating it. */
export function checkSize(name: string, rows: number, size: number): void {
  if (rows < fewestRows) throw new InputError(`${name} has ${several(rows, 'example')}; at least ${fewestRows} are expected`);
  if (rows > mostRows) throw new InputError(`${name} has ${counted(rows)} examples; at most ${counted(mostRows)} are allowed`);
  if (size < 1) throw new InputError(`${name} has no values in an example; at least 1 is expected`);
  if (size > mostValues) {
    throw new InputError(
      `${name} has ${counted(size)} values an example; at most ${counted(mostValues)} (64 × 64 × 3) are allowed`,
    );
  }
  if (rows > rowsThatFit(size)) {
    throw new InputError(
      `${name} has ${counted(rows)} examples of ${several(size, 'value')}, ${counted(Math.ceil((rows * size * 4) / mebibyte))} MiB ` +
        `as 32-bit numbers; at most ${mostInputs / mebibyte} MiB are allowed, ${counted(rowsThatFit(size))} examples of this size`,
    );
  }
}

/** Refuses more bytes than are read. */
export function checkBytes(bytes: number): void {
  if (bytes <= mostBytes) return;
  throw new InputError(
    `the files have ${counted(Math.ceil(bytes / mebibyte))} MiB; at most ${mostBytes / mebibyte} MiB are allowed`,
  );
}

/** For a file that is small when packed. */
export const unpacksToTooMuch = (name: string) =>
  new InputError(`${name} unpacks to too much; at most ${mostBytes / mebibyte} MiB are allowed in all`);
