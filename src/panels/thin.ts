/** Charts are SVG: no more points than a reader could see. */
const mostPoints = 300;

/** At most `most` of `count` positions, evenly spread, always with the first and the last. */
export function thin(count: number, most = mostPoints): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}
