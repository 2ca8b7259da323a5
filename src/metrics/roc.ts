/** The ROC of a score, ties and all, and what is read off it. */

export interface RocPoints {
  /** From (0, 0) to (1, 1), one point a distinct score, highest score first. */
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/** @param isMember one flag a score; both kinds must occur */
export function rocOf(scores: ArrayLike<number>, isMember: ArrayLike<boolean | number>): RocPoints {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const positives = order.reduce((sum, i) => sum + (isMember[i] ? 1 : 0), 0);
  const negatives = order.length - positives;
  const falsePositiveRate = [0];
  const truePositiveRate = [0];
  let [hits, alarms] = [0, 0];
  order.forEach((i, rank) => {
    if (isMember[i]) hits++;
    else alarms++;
    // Equal scores fall together on one side of any threshold: one point for all of them.
    const next = order[rank + 1];
    if (next === undefined || scores[next] !== scores[i]) {
      falsePositiveRate.push(alarms / negatives);
      truePositiveRate.push(hits / positives);
    }
  });
  return {
    falsePositiveRate: Float64Array.from(falsePositiveRate),
    truePositiveRate: Float64Array.from(truePositiveRate),
    positives,
    negatives,
  };
}

/** The highest true positive rate among thresholds whose false positive rate is at most `level`. */
export function tprAtFpr(roc: RocPoints, level: number): number {
  let best = 0;
  roc.falsePositiveRate.forEach((rate, i) => {
    if (rate <= level) best = Math.max(best, roc.truePositiveRate[i] as number);
  });
  return best;
}

export interface AucEstimate {
  /** P(member's score > non-member's), ties counted half. */
  readonly value: number;
  /** Standard error by DeLong, DeLong & Clarke-Pearson 1988. */
  readonly standardError: number;
}

/**
 * The area under the ROC with DeLong's standard error, by mid-ranks (Sun & Xu 2014): each example's placement is the share of
 * the other kind that it beats, and the variance of the area is the sum of the placements' variances over their numbers.
 */
export function aucOf(scores: ArrayLike<number>, isMember: ArrayLike<boolean | number>): AucEstimate {
  const all = Array.from(scores, (score, i) => ({ score, member: Boolean(isMember[i]) }));
  const members = all.filter(({ member }) => member).map(({ score }) => score);
  const others = all.filter(({ member }) => !member).map(({ score }) => score);
  const memberPlacements = placements(members, others);
  const otherPlacements = placements(others, members).map((share) => 1 - share);
  const value = memberPlacements.reduce((sum, share) => sum + share, 0) / members.length;
  const spread = (shares: number[]) =>
    shares.reduce((sum, share) => sum + (share - value) ** 2, 0) / Math.max(1, shares.length - 1);
  const variance = spread(memberPlacements) / members.length + spread(otherPlacements) / others.length;
  return { value, standardError: Math.sqrt(variance) };
}

/** For each of `scores`, the share of `against` that lies below it, ties counted half. */
function placements(scores: readonly number[], against: readonly number[]): number[] {
  const sorted = Float64Array.from(against).sort();
  return scores.map((score) => (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2 / sorted.length);
}

/** How many of the sorted values are < score, or ≤ score. */
function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value < score || (orEqual && value === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}
