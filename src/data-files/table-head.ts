/**
 * What the first lines of a CSV file say about all of it. The label is the column named label, class, target or y, else the last
 * one. The first line is a header if it has such a name, or if nothing in it is a number.
 */
import { InputError } from '../core/input-error.ts';
import { csvLines, numberIn } from './csv.ts';
import { quoted } from './wording.ts';

export interface TableHead {
  /** From the header, or `column 1`, `column 2`, … */
  readonly columns: readonly string[];
  /** Which column is the label. */
  readonly label: number;
  readonly hasHeader: boolean;
  /** The number of the first line that is not empty. */
  readonly firstLine: number;
  readonly notes: readonly string[];
}

const labelNames = ['label', 'class', 'target', 'y'];
/** Lines below the first in which its label name is looked for again: a table of y and n has no header. */
const ahead = 100;

export function headOf(name: string, text: string): TableHead {
  const [first, ...below] = firstLines(name, text);
  if (!first) throw new InputError(`${name} holds no rows; lines of numbers with a label are expected`);
  const { fields, number: firstLine } = first;
  if (fields.length < 2) {
    throw new InputError(`${name}, line ${firstLine} has 1 field; a label and at least one feature are expected`);
  }
  const lower = fields.map((field) => field.toLowerCase());
  const named = labelNames.map((label) => lower.indexOf(label)).find((column) => column >= 0);
  const hasHeader =
    named === undefined
      ? fields.every((field) => numberIn(field) === undefined)
      : below.every((line) => line.fields[named] !== fields[named]);
  const columns = hasHeader ? fields : fields.map((_, column) => `column ${column + 1}`);
  const last = fields.length - 1;
  if (hasHeader && named !== undefined) return { columns, label: named, hasHeader, firstLine, notes: [] };
  const title = hasHeader ? quoted(columns[last] as string) : `number ${last + 1}`;
  return { columns, label: last, hasHeader, firstLine, notes: [`The label is the last column, ${title}.`] };
}

function firstLines(name: string, text: string) {
  const lines = [];
  for (const line of csvLines(name, text)) {
    lines.push(line);
    if (lines.length > ahead) break;
  }
  return lines;
}
