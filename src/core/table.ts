/** Tables: examples whose cells are one value of several each, as indicators, one column after another. */
import type { Examples } from './examples.ts';

export interface Column {
  readonly name: string;
  readonly values: readonly string[];
  /** Whether the values have an order, which is that of the list. */
  readonly ordered: boolean;
}

/** For each column the number of each row's value. */
export function valuesOf({ inputs, count, size }: Examples, columns: readonly Column[]): Int32Array<ArrayBuffer>[] {
  let start = 0;
  return columns.map(({ values }) => {
    const from = start;
    const end = from + values.length;
    start = end;
    return Int32Array.from({ length: count }, (_, row) => inputs.subarray(row * size + from, row * size + end).indexOf(1));
  });
}

/** Which share of the cells each of so many kinds has. */
export function sharesOf(cells: Int32Array, kinds: number): Float64Array<ArrayBuffer> {
  const counts = new Float64Array(kinds);
  for (const one of cells) counts[one] = (counts[one] as number) + 1;
  return counts.map((count) => count / cells.length);
}
