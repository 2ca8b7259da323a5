/**
 * A CSV file becomes examples: one column is the label, every other one a feature.
 *
 *     height,width,label
 *     1.5,2,cat               →  inputs [1.5, 2], label 0 of the classes cat, dog
 *     1,3,dog                 →  inputs [1, 3], label 1
 */
import { strFromU8 } from 'fflate';
import { examplesOf } from '../core/examples.ts';
import { InputError } from '../core/input-error.ts';
import { type Classes, classesOfNumbers, classesOfTexts } from './classes.ts';
import { csvLines, numberIn } from './csv.ts';
import { checkSize, rowsThatFit } from './limits.ts';
import type { NamedBytes, OwnData } from './own-data.ts';
import { rangeNotes } from './range-notes.ts';
import { headOf, type TableHead } from './table-head.ts';
import { counted, quoted, several, summary } from './wording.ts';

interface Rows {
  /** The features of each row. */
  readonly features: Float32Array[];
  readonly labels: string[];
  /** The line at which each row begins. */
  readonly lines: number[];
}

export function readTable({ name, bytes }: NamedBytes): OwnData {
  const text = strFromU8(bytes).replace(/^\uFEFF/, ''); // the byte order mark that Excel writes
  if (text.includes('\0')) throw new InputError(`${name} holds zero bytes; text in UTF-8 is expected`);
  const head = headOf(name, text);
  const { features, labels, lines } = rowsOf(name, text, head);
  const numbered = head.columns[0] === '' && head.label !== 0 && features.every(([first], row) => first === row);
  const columns = head.columns.filter((_, column) => column !== head.label && !(numbered && column === 0));
  checkSize(name, features.length, columns.length);
  const inputs = new Float32Array(features.length * columns.length);
  features.forEach((row, index) => inputs.set(numbered ? row.subarray(1) : row, index * columns.length));
  const { labels: numbers, classNames, notes } = classesIn(name, labels, lines);
  return {
    examples: examplesOf(inputs, numbers),
    shape: [columns.length],
    classNames,
    columns,
    from: summary(name, features.length, [columns.length], classNames.length),
    notes: [
      ...head.notes,
      ...(numbered ? ['The first column has no name and only numbers the rows: it is left out.'] : []),
      ...notes,
      ...rangeNotes(inputs, [columns.length]),
    ],
  };
}

function rowsOf(name: string, text: string, { columns, label, firstLine, hasHeader }: TableHead): Rows {
  const rows: Rows = { features: [], labels: [], lines: [] };
  const most = rowsThatFit(columns.length - 1);
  for (const { number, fields } of csvLines(name, text)) {
    if (hasHeader && number === firstLine) continue;
    const line = `${name}, line ${counted(number)}`;
    if (fields.length !== columns.length) {
      throw new InputError(
        `${line} has ${several(fields.length, 'field')}; ${columns.length} are expected, as in line ${firstLine}`,
      );
    }
    if (rows.labels.length === most) {
      throw new InputError(`${name} has more rows than are read; at most ${counted(most)} of this width are allowed`);
    }
    const row = new Float32Array(fields.length - 1);
    fields.forEach((field, column) => {
      if (column === label) return;
      const value = numberIn(field);
      if (value === undefined || !Number.isFinite(Math.fround(value))) {
        const where = `${line} has ${quoted(field)} in ${hasHeader ? `column ${quoted(columns[column] as string)}` : columns[column]}`;
        throw new InputError(`${where}; ${value === undefined ? 'a number' : 'a number of at most 3.4e38'} is expected`);
      }
      row[column < label ? column : column - 1] = value;
    });
    const className = fields[label] as string;
    if (className === '') throw new InputError(`${line} has no label; one in every line is expected`);
    rows.features.push(row);
    rows.labels.push(className);
    rows.lines.push(number);
  }
  return rows;
}

/** Labels that are all numbers are class numbers; otherwise each text is a class. */
function classesIn(name: string, labels: readonly string[], lines: readonly number[]): Classes {
  const numbers = labels.map(numberIn);
  if (numbers.includes(undefined)) return classesOfTexts(name, labels);
  return classesOfNumbers(name, numbers as number[], (row) => `line ${counted(lines[row] as number)}`);
}
