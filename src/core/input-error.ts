/** Something that a person typed, linked or loaded is wrong: one sentence that says what was found and what is allowed. */
export class InputError extends Error {
  override name = 'InputError';
}

/** `unknown attack "lyra"; known: lira, rmia` for a name that is in no list. */
export function unknownName(what: string, given: unknown, known: readonly string[]): InputError {
  return new InputError(`unknown ${what} ${JSON.stringify(given)}; known: ${known.join(', ')}`);
}
