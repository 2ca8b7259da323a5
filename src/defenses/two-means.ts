/** Points cut into two groups, and how well the cut fits. */
import type { Random } from '../core/random.ts';

const mostRounds = 300;

/**
 * 2-means (Lloyd 1982), begun from pairs of points far apart (k-means++, Arthur & Vassilvitskii 2007); of several starts the tightest.
 * @param points `count × width`
 * @returns the side of each point, 0 or 1
 */
export function twoMeans(points: Float64Array, width: number, random: Random, starts = 10): Uint8Array<ArrayBuffer> {
  const count = points.length / width;
  let best = new Uint8Array(count);
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < starts && count > 1; start++) {
    const first = random.integer(count);
    const apart = Float64Array.from({ length: count }, (_, row) => squaredDistance(points, row, points, first, width));
    const second = drawn(apart, random.uniform());
    const { sides, spread } = settled(points, width, first, second);
    if (spread < least) [best, least] = [sides, spread];
  }
  return best;
}

/** A place, drawn in proportion to its weight. */
function drawn(weights: Float64Array, uniform: number): number {
  let left = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i] as number;
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Each point goes to the nearer centre, each centre to the mean of its points, until nobody moves. */
function settled(points: Float64Array, width: number, first: number, second: number) {
  const count = points.length / width;
  let centres = Float64Array.from([
    ...points.subarray(first * width, (first + 1) * width),
    ...points.subarray(second * width, (second + 1) * width),
  ]);
  let sides = new Uint8Array(count).fill(2);
  let spread = 0;
  for (let round = 0; round < mostRounds; round++) {
    const next = new Uint8Array(count);
    const [sums, sizes] = [new Float64Array(2 * width), [0, 0]];
    spread = 0;
    for (let row = 0; row < count; row++) {
      const [a, b] = [squaredDistance(points, row, centres, 0, width), squaredDistance(points, row, centres, 1, width)];
      const side = b < a ? 1 : 0;
      next[row] = side;
      spread += Math.min(a, b);
      sizes[side] = (sizes[side] as number) + 1;
      for (let i = 0; i < width; i++) {
        sums[side * width + i] = (sums[side * width + i] as number) + (points[row * width + i] as number);
      }
    }
    const same = next.every((side, row) => side === sides[row]);
    sides = next;
    if (same) break;
    centres = centres.map((old, i) => {
      const size = sizes[Math.floor(i / width)] as number;
      return size ? (sums[i] as number) / size : old;
    });
  }
  return { sides, spread };
}

/**
 * Mean silhouette (Rousseeuw 1987): for each point how much nearer its own group is than the other, from −1 to 1. Two groups that
 * are really one have a small one.
 */
export function silhouette(points: Float64Array, width: number, sides: Uint8Array): number {
  const count = sides.length;
  const sizes = [0, 0];
  for (const side of sides) sizes[side] = (sizes[side] as number) + 1;
  if (sizes.includes(0)) return 0;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const totals = [0, 0];
    for (let other = 0; other < count; other++) {
      const side = sides[other] as number;
      totals[side] = (totals[side] as number) + Math.sqrt(squaredDistance(points, row, points, other, width));
    }
    const own = sides[row] as number;
    if (sizes[own] === 1) continue; // by definition 0
    const near = (totals[own] as number) / ((sizes[own] as number) - 1);
    const far = (totals[1 - own] as number) / (sizes[1 - own] as number);
    sum += (far - near) / Math.max(near, far);
  }
  return sum / count;
}

function squaredDistance(a: Float64Array, rowOfA: number, b: Float64Array, rowOfB: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += ((a[rowOfA * width + i] as number) - (b[rowOfB * width + i] as number)) ** 2;
  return sum;
}
