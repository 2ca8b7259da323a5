/** What the defenses of answers share. */
import type { Probabilities } from '../core/access.ts';

/** The k classes with the largest probability in a row, largest first; the lower class first among equals. */
export function largestIndices(table: ArrayLike<number>, row: number, classes: number, k: number): number[] {
  const order = Array.from({ length: classes }, (_, c) => c);
  order.sort((a, b) => (table[row * classes + b] as number) - (table[row * classes + a] as number) || a - b);
  return order.slice(0, k);
}

/** The answers without those that are refused, whose rows are all zeros. @param refuse whether row `row` is */
export function refusing(answers: Probabilities, refuse: (row: number) => boolean): Probabilities {
  const { classes, count } = answers;
  const values = answers.values.slice();
  const refused = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    if (!answers.refused?.[row] && !refuse(row)) continue;
    refused[row] = 1;
    values.fill(0, row * classes, (row + 1) * classes);
  }
  return { ...answers, values, refused };
}
