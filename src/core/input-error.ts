/** Something that a person typed, linked or loaded is wrong: one sentence that says what was found and what is allowed. */
export class InputError extends Error {
  override name = 'InputError';
}

/** A longer list says less: of many names the nearest ones are told. */
const mostNames = 12;

/** `unknown attack "lyra"; known: lira, rmia` for a name that is in no list. */
export function unknownName(what: string, given: unknown, known: readonly string[]): InputError {
  const typed = typeof given === 'string' ? given : '';
  const nearest = known.toSorted((a, b) => editDistance(typed, a) - editDistance(typed, b)).slice(0, mostNames);
  const told = known.filter((name) => nearest.includes(name));
  const more = known.length - told.length;
  return new InputError(
    `unknown ${what} ${JSON.stringify(given)}; known: ${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  );
}

/** How many letters have to be put in, left out or changed to make one word the other (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const line = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      line.push(Math.min(changed, (above[j] as number) + 1, (line[j - 1] as number) + 1));
    }
    above = line;
  }
  return above[b.length] as number;
}
