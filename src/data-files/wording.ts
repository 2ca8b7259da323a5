/** How sentences show what was found: thousands set apart, words in the right number, long texts shortened. */

/** 12345 → `12,345`. */
export const counted = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** 1, row → `1 row`; 2, class, classes → `2 classes`. */
export const several = (count: number, one: string, more = `${one}s`) => `${counted(count)} ${count === 1 ? one : more}`;

/** [10, 28, 28] → `10 × 28 × 28`. */
export const sides = (shape: readonly number[]) => shape.map(counted).join(' × ') || '1';

/** In quotes, on one line, and at most 40 characters of it. */
export const quoted = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** A path with slashes between its folders, none before the first, and nothing that would break a line. */
export const tidyName = (name: string) =>
  name
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?');

/** A list of which at most five are named. */
export function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 4).join(', ')} and ${counted(names.length - 4)} more` : names.join(', ');
}

/** −0.123456 → `-0.1235`; a number as a note tells it. */
export const rounded = (value: number) => String(Number(value.toPrecision(4)));

/** `images.idx3-ubyte: 10,000 pictures of 28 × 28 with labels of 10 classes`. */
export function summary(source: string, rows: number, shape: readonly number[], classes: number): string {
  const what =
    shape.length === 3
      ? `${several(rows, 'picture')} of ${sides(shape.slice(0, 2))}${shape[2] === 1 ? '' : ' in colour'}`
      : `${several(rows, 'row')} of ${several(shape[0] ?? 0, 'feature')}`;
  return `${source}: ${what} with labels of ${several(classes, 'class', 'classes')}`;
}
