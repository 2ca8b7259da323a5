/** The examples of each class, and what they are on average: what pictures are held against. */
import { type Examples, take } from '../core/examples.ts';

/** For each class, the examples that have its label. */
export function byClass(examples: Examples, classes: number): Examples[] {
  const rows = Array.from({ length: classes }, (): number[] => []);
  examples.labels.forEach((label, row) => {
    rows[label]?.push(row);
  });
  return rows.map((own) => take(examples, own));
}

export const pictureOf = ({ inputs, size }: Examples, row: number) => inputs.subarray(row * size, (row + 1) * size);

export function meanPicture({ inputs, count, size }: Examples): Float32Array {
  const sum = new Float64Array(size);
  for (let at = 0; at < inputs.length; at++) sum[at % size] = (sum[at % size] as number) + (inputs[at] as number);
  return Float32Array.from(sum, (value) => value / Math.max(1, count));
}
