/** What is told of data to a page, which never holds the examples themselves. */
import { type Examples, take } from '../core/examples.ts';
import { type FirstRows, firstRows } from './first-rows.ts';
import type { OwnData } from './own-data.ts';

export interface OwnSummary extends Pick<OwnData, 'shape' | 'classNames' | 'from' | 'notes'> {
  /** How many examples there are. */
  readonly count: number;
  /** Of a table the first rows, as its file begins with them; pictures of each class in turn, because they often lie class by class. */
  readonly first: FirstRows;
}

const shownRows = 12;

export function summaryOf(data: OwnData): OwnSummary {
  const { shape, classNames, from, notes, examples } = data;
  const shown = shape.length === 3 ? { ...data, examples: take(examples, inTurns(examples, classNames.length)) } : data;
  return { shape, classNames, from, notes, count: examples.count, first: firstRows(shown, shownRows) };
}

/** Rows of labels 0 0 0 1 1 → rows 0, 3, 1, 4, 2: the first of each class, then the second of each. */
function inTurns({ labels }: Examples, classes: number): number[] {
  const rows = Array.from({ length: classes }, (): number[] => []);
  for (const [row, label] of labels.entries()) {
    const own = rows[label] as number[];
    if (own.length < shownRows) own.push(row);
  }
  return Array.from({ length: shownRows }, (_, turn) => rows.flatMap((own) => own[turn] ?? []))
    .flat()
    .slice(0, shownRows);
}
