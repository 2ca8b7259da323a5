/** JSON as it is saved: typed arrays as plain ones, a line for each value, and one line for each list of numbers. */

export const jsonText = (value: unknown): string =>
  // Text holds no line break in JSON, so a list that begins with one is a list and not part of a text.
  `${JSON.stringify(value, plainArrays, 1).replace(/\[\n(?:[\s\d.,eE+-]|null)*\]/g, (list) => list.replace(/\s+/g, ''))}\n`;

const plainArrays = (_key: string, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value);
