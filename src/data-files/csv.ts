/**
 * CSV (RFC 4180), with commas, semicolons or tabs: a field in quotes may hold separators, line ends and doubled quotes.
 *
 *     a,"b, or ""c"""        →  a | b, or "c"
 */
import { InputError } from '../core/input-error.ts';
import { mostRows, mostValues } from './limits.ts';
import { counted } from './wording.ts';

export interface CsvLine {
  /** Where it begins, counted from 1. */
  readonly number: number;
  readonly fields: readonly string[];
}

/** In a line: features, the label and a row number. */
const mostFields = mostValues + 2;
/** In characters; and in lines, the empty ones counted, so that nothing but line ends is no long work either. */
const longestField = 1000;
const mostLines = 10 * mostRows;
const [tab, newLine, carriageReturn, quote, comma, semicolon] = [9, 10, 13, 34, 44, 59];

/** The lines that are not empty. One with too many fields is refused before its fields pile up. */
export function* csvLines(name: string, text: string): Generator<CsvLine> {
  const separator = separatorOf(text);
  let [at, number] = [0, 1];
  while (at < text.length) {
    const begins = number;
    const refuse = (found: string) => new InputError(`${name}, line ${counted(begins)} ${found}`);
    const fields: string[] = [];
    for (;;) {
      const end = text.charCodeAt(at) === quote ? endOfQuoted(text, at) : endOfPlain(text, at, separator);
      if (end === undefined) {
        const unclosed = text.charCodeAt(at) === quote ? ' or a quote that nothing closes' : '';
        throw refuse(`has a field that is too long${unclosed}; at most ${counted(longestField)} characters are allowed`);
      }
      if (end < text.length && !endsField(text.charCodeAt(end), separator)) {
        throw refuse('goes on after a closing quote; a separator or the end of the line is expected');
      }
      if (fields.length === mostFields) throw refuse(`has more fields than are read; at most ${counted(mostFields)} are allowed`);
      fields.push(fieldBetween(text, at, end));
      number += lineEndsBetween(text, at, end);
      at = end + 1;
      if (text.charCodeAt(end) !== separator) break;
    }
    if (text.charCodeAt(at - 1) === carriageReturn && text.charCodeAt(at) === newLine) at++;
    if (++number > mostLines) throw refuse(`goes on; at most ${counted(mostLines)} lines are allowed`);
    if (fields.length > 1 || fields[0] !== '') yield { number: begins, fields };
  }
}

/** Of the first line's separators outside quotes: a tab before a semicolon before a comma, which may also be a decimal mark. */
function separatorOf(text: string): number {
  let [inQuotes, best] = [false, comma];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) inQuotes = !inQuotes;
    if (inQuotes) continue;
    if (code === tab) return tab;
    if (code === semicolon) best = semicolon;
    if (code === newLine || code === carriageReturn) break;
  }
  return best;
}

const endsField = (code: number, separator: number) => code === separator || code === newLine || code === carriageReturn;

/** The first place after the quote that closes the one at `from`, if the field is not too long. */
function endOfQuoted(text: string, from: number): number | undefined {
  const last = Math.min(text.length, from + longestField);
  for (let at = from + 1; at < last; at++) {
    if (text.charCodeAt(at) !== quote) continue;
    if (text.charCodeAt(at + 1) !== quote) return at + 1;
    at++; // a doubled quote stands for one
  }
  return undefined;
}

function endOfPlain(text: string, from: number, separator: number): number | undefined {
  const last = Math.min(text.length, from + longestField);
  for (let at = from; at < last; at++) if (endsField(text.charCodeAt(at), separator)) return at;
  return last === text.length ? last : undefined;
}

const fieldBetween = (text: string, from: number, to: number) =>
  (text.charCodeAt(from) === quote ? text.slice(from + 1, to - 1).replaceAll('""', '"') : text.slice(from, to)).trim();

/** Inside quotes. */
function lineEndsBetween(text: string, from: number, to: number): number {
  let lines = 0;
  if (text.charCodeAt(from) === quote) for (let at = from; at < to; at++) lines += Number(text.charCodeAt(at) === newLine);
  return lines;
}

/** The decimal number in a field, if it is one; `0x10`, `NaN`, `Infinity` and nothing at all are none. */
export function numberIn(field: string): number | undefined {
  const value = Number(field);
  if (field === '' || !Number.isFinite(value)) return undefined;
  return 'xobXOB'.includes(field.charAt(1) || '.') ? undefined : value;
}
