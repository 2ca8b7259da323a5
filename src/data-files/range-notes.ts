/** What to say of inputs as they are: nothing is standardised behind the user's back. */
import { rounded } from './wording.ts';

const farthest = 100;

/** A note where pictures leave [0, 1] or features ±100. */
export function rangeNotes(values: Float32Array, shape: readonly number[]): string[] {
  const { low, high } = rangeOf(values);
  if (shape.length === 3) {
    if (low >= 0 && high <= 1) return [];
    return [`Pixels run from ${rounded(low)} to ${rounded(high)}, not from 0 to 1: left as they are, and shown stretched.`];
  }
  if (low >= -farthest && high <= farthest) return [];
  return [
    `Features run from ${rounded(low)} to ${rounded(high)} and are left as they are: beyond ±${farthest} training may fail, ` +
      'so bring them to a common scale first.',
  ];
}

export function rangeOf(values: Float32Array): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
