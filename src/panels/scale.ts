/** From values to places, and the round numbers at which to mark them. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly log?: boolean;
}

/** Where a value lies between two places. What lies outside the scale is drawn at its edge. */
export function placeOf({ min, max, log = false }: Scale, value: number, from: number, to: number): number {
  const inside = Math.min(max, Math.max(min, value));
  const share = log ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min || 1);
  return from + share * (to - from);
}

/** About `count` round values: multiples of 1, 2 or 5 times a power of ten; on a logarithmic scale powers of ten. */
export function ticksOf({ min, max, log = false }: Scale, count: number): number[] {
  if (log) {
    const [first, last] = [Math.ceil(Math.log10(min) - 1e-9), Math.floor(Math.log10(max) + 1e-9)];
    return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  }
  const rough = (max - min || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((multiple) => multiple * power >= rough) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first) + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
