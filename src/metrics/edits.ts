/** How many words were put in, left out or exchanged between two texts (Levenshtein 1966). */
export function editDistance(from: readonly string[], to: readonly string[]): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, word] of from.entries()) {
    const own = [row + 1];
    for (const [column, other] of to.entries()) {
      const exchanged = (above[column] as number) + (word === other ? 0 : 1);
      own.push(Math.min(exchanged, (above[column + 1] as number) + 1, (own[column] as number) + 1));
    }
    above = own;
  }
  return above.at(-1) as number;
}
