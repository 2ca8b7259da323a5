/** What the page's own texts say, each by its path: strings as they stand, functions for some things that they may be told. */

/** One of them fits every function; where none would do, a function says nothing and is a fault. */
const told: readonly (readonly unknown[])[] = [
  [0.5, 0.5, 0.5, 0.5, 0.5],
  [1, 1, 1, 1, 1],
  [20, 20, 20, 20, 20],
  ['Ada', 'Bo', 'Cy', 'Di', 'Ed'],
  [['Ada', 'Bo', 'Cy', 'Di', 'Ed'], 1],
  [3, ['Ada', 'Bo']],
  ['Ada', ['Bo', 'Cy']],
  ['Ada', [['Bo', 'Cy']]],
  ['Ada', 'Bo', false],
  ['Ada', 3, true],
  [true],
  [3, null],
  [{ backend: 'wasm', seconds: 3, build: 'b', tfjs: '4', workers: 2, at: 'now' }],
  ...['insecure', 'not offered', 'not built', 'refused'].map((type) => [{ type, says: 'Ada' }]),
  ...[true, false].map((full) => [{ type: 'file', file: 'a.js', full }]),
];

export function spokenBy(node: unknown, path = ''): Map<string, readonly string[]> {
  if (typeof node === 'string') return new Map([[path, [node]]]);
  if (typeof node === 'function') return new Map([[path, answersOf(node as (...given: unknown[]) => unknown)]]);
  return new Map(
    Object.entries(node as object).flatMap(([key, value]) => [...spokenBy(value, path === '' ? key : `${path}.${key}`)]),
  );
}

function answersOf(says: (...given: unknown[]) => unknown): string[] {
  const answers = told.flatMap((given) => {
    try {
      const answer = says(...given);
      return [typeof answer === 'string' ? answer : JSON.stringify(answer)];
    } catch {
      return []; // it is not told such things
    }
  });
  if (answers.length === 0) throw new Error(`nothing fits ${says}`);
  return answers;
}
