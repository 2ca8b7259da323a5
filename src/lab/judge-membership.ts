/** How well scores tell members from others: ROC, its area and its corner, and who is most exposed. */
import type { MembershipScores } from '../core/artefact.ts';
import { evidence, type LaneEvent, type MetricName, type MetricValue, metric } from '../core/event.ts';
import type { Images } from '../core/evidence.ts';
import { type Examples, take, takeRows } from '../core/examples.ts';
import { median, z95 } from '../core/statistics.ts';
import { binomialRange, newcombe, unresolved, wilson } from '../metrics/intervals.ts';
import { aucOf, type RocPoints, rocOf, tprAtFpr } from '../metrics/roc.ts';

export interface Truth {
  readonly candidates: Examples;
  readonly isMember: Uint8Array;
  readonly shape: readonly number[];
  /** The (ε, δ) that training guarantees, where it does. */
  readonly guarantee?: { readonly epsilon: number; readonly delta: number };
  /** Rows of those candidates that somebody is after, where it is not all of them. */
  readonly targets?: Int32Array;
}

const membershipMetrics: readonly MetricName[] = ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'];

/** Metrics that could not be measured, and why. */
export function unmeasured(names: readonly MetricName[], why: string): LaneEvent[] {
  return names.map((name) => metric(name, unresolved(why, 0)));
}

export function judgeMembership(artefact: MembershipScores, all: Truth): LaneEvent[] {
  const { targets } = all;
  const scores = targets ? Float64Array.from(targets, (row) => artefact.scores[row] as number) : artefact.scores;
  const isMember = targets ? Uint8Array.from(targets, (row) => all.isMember[row] as number) : all.isMember;
  const truth: Truth = targets ? { ...all, candidates: take(all.candidates, targets), isMember } : all;
  if (!scores.every(Number.isFinite))
    return unmeasured(membershipMetrics, 'the attack’s scores are not numbers: a training diverged');
  const roc = rocOf(scores, isMember);
  return [
    metric('auc', aucMetric(scores, isMember, roc)),
    metric('tprAtFpr0.01', tprMetric(roc, 0.01)),
    metric('tprAtFpr0.001', tprMetric(roc, 0.001)),
    metric('advantage', advantageOf(scores, isMember)),
    evidence('roc', {
      kind: 'roc',
      title: 'Found members against false alarms',
      ...thinned(roc),
      positives: roc.positives,
      negatives: roc.negatives,
      ...(truth.guarantee && { guarantee: truth.guarantee }),
    }),
    evidence('scores', histogramOf(scores, isMember)),
    ...mostExposed(scores, truth),
  ];
}

function aucMetric(scores: Float64Array, isMember: Uint8Array, { positives, negatives }: RocPoints): MetricValue {
  const { value, standardError } = aucOf(scores, isMember);
  // Perfect scores, or none that differ, have no spread for DeLong to see; that many pairs could still have gone another way.
  const pairs = Math.min(positives, negatives);
  const [low, high] =
    standardError > 0
      ? [Math.max(0, value - z95 * standardError), Math.min(1, value + z95 * standardError)]
      : wilson(value * pairs, pairs);
  const how = `${standardError > 0 ? 'DeLong' : `Wilson on ${pairs} pairs`}, ${positives} members and ${negatives} others`;
  return { value, low, high, how, chance: 0.5, sampleSize: scores.length };
}

/**
 * The rate at a false positive rate of `level`. Its interval is Wilson's, widened by the uncertainty of the threshold: the true
 * threshold for that level may lie anywhere where chance would put as many false alarms, so the lower end is taken where there are
 * few of them and the upper end where there are many. Wilson at the observed threshold alone would cover 84 %, not 95 %.
 */
function tprMetric(roc: RocPoints, level: number) {
  const needed = Math.floor(1 / level) + 1;
  if (roc.negatives < needed) return unresolved(`needs ${needed} non-members, has ${roc.negatives}`, roc.negatives);
  const firstStep = roc.falsePositiveRate[1] as number;
  if (firstStep > level) {
    return unresolved(`${Math.round(100 * firstStep)} % of the non-members share the highest score`, roc.negatives);
  }
  const hitsAt = (alarms: number) => Math.round(tprAtFpr(roc, alarms / roc.negatives) * roc.positives);
  const [few, many] = binomialRange(roc.negatives, level);
  // Between one false alarm and the next the threshold may lie anywhere: at its highest, those above the last alarm are found.
  const [low] = wilson(few === 0 ? 0 : hitsAt(few - 1), roc.positives);
  const [, high] = wilson(hitsAt(many), roc.positives);
  const how = `Wilson, over thresholds with ${few} to ${many} false alarms, ${roc.positives} members, ${roc.negatives} others`;
  return { value: tprAtFpr(roc, level), low, high, how, chance: level, sampleSize: roc.positives };
}

/**
 * TPR − FPR when the upper half of the scores is called members. The threshold does not look at the truth, so guessing gives
 * 0 on average; the best threshold, chosen with the truth in hand, would be biased upwards.
 */
function advantageOf(scores: Float64Array, isMember: Uint8Array) {
  const threshold = median(scores);
  // Tied scores at the median go all to one side: to the one that leaves the halves more even.
  const above = scores.filter((score) => score > threshold).length;
  const atLeast = scores.filter((score) => score >= threshold).length;
  const strict = Math.abs(above - scores.length / 2) <= Math.abs(atLeast - scores.length / 2);
  const tally = { hits: 0, members: 0, alarms: 0, others: 0 };
  scores.forEach((score, i) => {
    const called = (strict ? score > threshold : score >= threshold) ? 1 : 0;
    if (isMember[i]) {
      tally.members++;
      tally.hits += called;
    } else {
      tally.others++;
      tally.alarms += called;
    }
  });
  const [low, high] = newcombe(tally.hits, tally.members, tally.alarms, tally.others);
  const value = tally.hits / tally.members - tally.alarms / tally.others;
  return { value, low, high, how: 'TPR − FPR at the median score, Newcombe', chance: 0, sampleSize: scores.length };
}

/** All corners at small false positive rates, where attacks differ, and every few of the others: at most about 300. */
function thinned({ falsePositiveRate, truePositiveRate }: RocPoints) {
  const kept: number[] = [];
  const last = falsePositiveRate.length - 1;
  const stride = Math.ceil(falsePositiveRate.length / 200);
  falsePositiveRate.forEach((rate, i) => {
    const corner = rate < 0.02 && (rate !== falsePositiveRate[i + 1] || rate !== falsePositiveRate[i - 1]);
    if (corner || i % stride === 0 || i === last) kept.push(i);
  });
  return {
    falsePositiveRate: kept.map((i) => falsePositiveRate[i] as number),
    truePositiveRate: kept.map((i) => truePositiveRate[i] as number),
  };
}

const bins = 40;

/** Scores of members and of others; the outermost hundredth on either side is gathered in the end bins. */
function histogramOf(scores: Float64Array, isMember: Uint8Array) {
  const sorted = scores.slice().sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
  const low = at(0.01);
  const width = Math.max(1e-12, at(0.99) - low) / bins;
  const counts = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)] as const;
  scores.forEach((score, i) => {
    const bin = Math.max(0, Math.min(bins - 1, Math.floor((score - low) / width)));
    const group = counts[isMember[i] ? 0 : 1];
    group[bin] = (group[bin] as number) + 1;
  });
  return {
    kind: 'histogram' as const,
    title: 'What the attacker sees',
    xLabel: 'score: higher means likelier a member',
    edges: Array.from({ length: bins + 1 }, (_, i) => low + i * width),
    groups: [
      { name: 'members', counts: counts[0] },
      { name: 'non-members', counts: counts[1] },
    ],
  };
}

const shownExamples = 12;

/** The candidates that the attacker is surest about, as pictures where they are pictures. */
function mostExposed(scores: Float64Array, { candidates, isMember, shape }: Truth): LaneEvent[] {
  const order = Array.from(scores, (_, i) => i)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number))
    .slice(0, shownExamples);
  const mark = (i: number) => (isMember[i] ? ('right' as const) : ('wrong' as const));
  const word = (i: number) => (isMember[i] ? 'member' : 'not a member');
  const title = 'Most exposed: called members with the highest scores';
  const [height, width, channels] = shape;
  if (shape.length === 3 && height && width && (channels === 1 || channels === 3)) {
    const pixels = takeRows(candidates.inputs, candidates.size, order);
    const items = order.map((i) => ({ caption: `${candidates.labels[i]}, ${word(i)}`, mark: mark(i) }));
    return [evidence('exposed', { kind: 'images', title, height, width, channels, pixels, items } satisfies Images)];
  }
  const rows = order.map((i) => [i, candidates.labels[i] as number, Number((scores[i] as number).toFixed(3)), word(i)]);
  return [evidence('exposed', { kind: 'table', title, columns: ['candidate', 'class', 'score', 'truth'], rows })];
}
