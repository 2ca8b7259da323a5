/** What the defenses of answers share. */

/** The k classes with the largest probability in a row, largest first; the lower class first among equals. */
export function largestIndices(table: ArrayLike<number>, row: number, classes: number, k: number): number[] {
  const order = Array.from({ length: classes }, (_, c) => c);
  order.sort((a, b) => (table[row * classes + b] as number) - (table[row * classes + a] as number) || a - b);
  return order.slice(0, k);
}
