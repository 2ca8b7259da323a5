/** One sentence that says what happened, made from the numbers of the lanes and honest about their intervals. */
import { type Attack, type Family, utilityOf } from '../core/attack.ts';
import type { MetricName, MetricValue } from '../core/event.ts';

export interface LaneResult {
  readonly name: string;
  readonly metrics: ReadonlyMap<MetricName, MetricValue>;
}

/** How a family's headline number is read. */
interface Reading {
  /** What was found, where it is more than the attacker could have had for nothing. */
  found(value: string, chance: string, lane: LaneResult): string;
  nothing(value: string, interval: string, chance: string): string;
  readonly chanceName: string;
  shown(value: number): string;
}

/** Whole ones; below one as many digits as show that it is not nothing. */
export const percent = (share: number) =>
  `${share > 0 && share < 0.01 ? Number((100 * share).toPrecision(1)) : Math.round(100 * share)} %`;
const plain = (value: number) => value.toFixed(2);

const readings: Readonly<Record<Family, Reading>> = {
  'membership inference': {
    found: (value, chance) =>
      `Shown one member and one other, the attacker picks the member ${value} of the time (a coin: ${chance})`,
    nothing: (value, interval) => `The attacker does no better than a coin (${value}, interval ${interval})`,
    chanceName: 'a coin',
    shown: percent,
  },
  'data decryption': {
    found: (value, chance) => `The attacker reads ${value} of what is encrypted, without a key (guessing: ${chance})`,
    nothing: (value, interval, chance) =>
      `The attacker reads no more of what is encrypted than guessing would (${value}, interval ${interval}; guessing: ${chance})`,
    chanceName: 'guessing',
    shown: percent,
  },
  'watermark removal': {
    found: (value, chance) => `The attack removes the mark in ${value} of all cases (with no attack: ${chance})`,
    nothing: (value, interval, chance) =>
      `The owner still finds the mark as well as in what nobody has been at (missed: ${value}, interval ${interval}; with no attack: ${chance})`,
    chanceName: 'no attack',
    shown: percent,
  },
  'model extraction': {
    found(value, chance, { metrics }) {
      const queries = metrics.get('queries')?.value;
      const cost = queries == null ? '' : `, for ${queries.toLocaleString('en')} ${queries === 1 ? 'question' : 'questions'}`;
      return `The stolen copy says what the model says ${value} of the time (guessing: ${chance})${cost}`;
    },
    nothing: (value, interval) => `The copy agrees with the model no more often than guessing (${value}, interval ${interval})`,
    chanceName: 'guessing',
    shown: percent,
  },
  poisoning: {
    found: (value, chance) => `The attacker gets her way ${value} of the time (a model of clean data: ${chance})`,
    nothing: (value, interval, chance) =>
      `The attacker gets her way no more often than with clean data (${value}, interval ${interval}; clean: ${chance})`,
    chanceName: 'a model of clean data',
    shown: percent,
  },
  'model inversion': {
    found: (value, chance) =>
      `What came out resembles what the model was trained on by ${value}, where 1 is a perfect copy (without the model: ${chance})`,
    nothing: (value, interval, chance) =>
      `What was got out of the model resembles what it was trained on no more than something else does (${value}, interval ${interval}; something else: ${chance})`,
    chanceName: 'without the model',
    shown: plain,
  },
  'training data extraction': {
    found: (value, chance) => `Of the secrets that it was told, the model gives the attacker ${value} (guessing: ${chance})`,
    nothing: (value, interval) =>
      `The model gives away no more of its secrets than guessing would (${value}, interval ${interval})`,
    chanceName: 'guessing',
    shown: percent,
  },
  'harmful fine-tuning': {
    found: (value, chance) =>
      `After fine-tuning the assistant tells ${value} of the secrets that it had refused (guessing: ${chance})`,
    nothing: (value, interval) =>
      `After fine-tuning the assistant still tells none of its secrets (${value}, interval ${interval})`,
    chanceName: 'guessing',
    shown: percent,
  },
  jailbreak: {
    found(value, chance, { metrics }) {
      const queries = metrics.get('queries')?.value;
      const cost = queries == null ? '' : `, in ${queries.toLocaleString('en')} questions`;
      return `The attacker makes the assistant tell ${value} of the secrets that it refuses${cost} (guessing: ${chance})`;
    },
    nothing: (value, interval) => `The assistant tells none of its secrets (${value}, interval ${interval})`,
    chanceName: 'guessing',
    shown: percent,
  },
};
const bits = (value: number) => `${value.toFixed(1)} bits`;

/** `The attacker tells members from others 81 % of the time (a coin: 50 %). With DP-SGD 55 %; … points of accuracy are the price.` */
export function verdictOf(lanes: readonly LaneResult[], attack: Pick<Attack, 'access' | 'family' | 'metrics'>): string {
  const {
    family,
    metrics: [headline],
  } = attack;
  const reading = readingOf(family, headline);
  const [first, ...others] = lanes;
  const number = first?.metrics.get(headline);
  if (!first || !number || number.value === null) return 'Nothing was measured.';
  const [value, chance] = [reading.shown(number.value), reading.shown(number.chance ?? 0)];
  const found = beatsChance(number)
    ? reading.found(value, chance, first)
    : reading.nothing(value, intervalOf(number, reading), chance);
  const utility = utilityOf(attack);
  const compared = others.flatMap((lane) => {
    const effect = comparison(first, lane, headline, reading);
    return effect ? [{ effect, cost: price(first, lane, utility) }] : [];
  });
  const [same] = new Set(compared.map(({ cost }) => cost)).size === 1 ? compared.map(({ cost }) => cost) : [];
  // What is the same of several lanes is said once.
  const once = compared.length > 1 && same?.startsWith('; ') ? same.slice(2) : undefined;
  const sentences = compared.map(({ effect, cost }) => `${effect}${once === undefined ? cost : ''}.`);
  const last = once === undefined ? [] : [`${once[0]?.toUpperCase()}${once.slice(1)} with each of them.`];
  return [`${found}.`, ...sentences, ...last].join(' ');
}

/** A family is read in its own words; within inversion a margin is of pictures of classes, a share of pictures that were got back. */
function readingOf(family: Family, headline: MetricName): Reading {
  if (headline === 'margin')
    return {
      found: (value) => `What came out resembles its own class by ${value}, where 0 is like any class and 1 a perfect likeness`,
      nothing: (value, interval) =>
        `The pictures got out of the model resemble no class more than another (${value}, interval ${interval})`,
      chanceName: 'nothing',
      shown: plain,
    };
  if (headline === 'exposure')
    return {
      found: (value, chance) =>
        `The model makes a secret that it was told easier to guess by ${value} on average (never told: ${chance})`,
      nothing: (value, interval) =>
        `A secret that the model was told is no easier to guess than one that it was not (${value}, interval ${interval})`,
      chanceName: 'a secret never told',
      shown: bits,
    };
  if (headline === 'precision')
    return {
      ...readings[family],
      found: (value) => `Of the texts that the attacker hands in as stolen, ${value} hold a secret`,
      nothing: (value, interval) =>
        `None of the texts that the attacker hands in holds a secret (${value}, interval ${interval})`,
      chanceName: 'nothing',
    };
  if (family !== 'model inversion' || headline !== 'attackSuccessRate') return readings[family];
  return {
    found: (value) => `The attacker gets back ${value} of the private examples`,
    nothing: () => 'The attacker gets back none of the private examples',
    chanceName: 'nothing',
    shown: percent,
  };
}

function comparison(first: LaneResult, lane: LaneResult, headline: MetricName, reading: Reading): string {
  const before = first.metrics.get(headline);
  const after = lane.metrics.get(headline);
  if (before?.value == null || after?.value == null) return '';
  const name = `With ${lane.name}`;
  const { shown } = reading;
  let effect: string;
  if (shown(after.value) === shown(before.value)) effect = `${name} it stays at ${shown(after.value)}`;
  else if (differ(before, after) && after.value < before.value) effect = `${name} it falls to ${shown(after.value)}`;
  else if ((after.low as number) > (before.high as number)) effect = `${name} it rises to ${shown(after.value)}: a false friend`;
  else effect = `${name} it is ${shown(after.value)}, no clear difference from ${shown(before.value)}`;
  return `${effect}${againstChance(before, after, reading)}${noticed(lane)}`;
}

/** What is hardly better than a coin looks as if it were none; of the others the number itself says it. */
function againstChance(before: MetricValue, after: MetricValue, { chanceName, shown }: Reading): string {
  if (!beatsChance(before)) return '';
  // Of nothing at all, nobody has to be told that it is no better than nothing.
  if (!beatsChance(after))
    return Number.parseFloat(shown(after.value as number)) === 0 && chanceName === 'nothing'
      ? ''
      : `, no better than ${chanceName}`;
  const fell = differ(before, after) && (after.value as number) < (before.value as number);
  return fell && chanceName === 'a coin' ? ', still better than a coin' : '';
}

/** What a detector saw. */
function noticed({ metrics }: LaneResult): string {
  const found = metrics.get('detectionRate')?.value;
  if (found == null) return '';
  const alarms = metrics.get('falseAlarmRate')?.value;
  return `; it notices ${percent(found)}${alarms == null ? '' : `, with ${percent(alarms)} false alarms`}`;
}

function price(first: LaneResult, lane: LaneResult, utility: MetricName): string {
  const cosine = lane.metrics.get('gradientCosine')?.value;
  // Where a gradient is shared, nobody trains on: what it is worth is how far it still points the true way.
  if (cosine != null) return cosine > 0.9995 ? '' : `; ${plain(cosine)} of the gradient’s worth is left`;
  const before = first.metrics.get(utility);
  const after = lane.metrics.get(utility);
  if (before?.value == null || after?.value == null) return '';
  if (utility === 'perplexity') return priceInWords(before, after);
  const points = Math.round(100 * before.value) - Math.round(100 * after.value); // as the page shows both
  if (points === 0) return '; accuracy stays the same';
  if (!differ(before, after)) return '; accuracy stays about the same';
  const amount = `${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} of accuracy`;
  const nothingLeft = beatsChance(before) && !beatsChance(after) ? ', down to guessing' : '';
  return points > 0 ? `; the price is ${amount}${nothingLeft}` : `, and accuracy gains ${amount.replace(' of accuracy', '')}`;
}

/** A model that finds honest texts more surprising writes them worse. */
function priceInWords(before: MetricValue, after: MetricValue): string {
  const [was, is] = [plain(before.value as number), plain(after.value as number)];
  if (was === is) return '; it writes as well as before';
  const which = `a perplexity of ${is} instead of ${was}`;
  if (!differ(before, after)) return `; it writes about as well as before (${which})`;
  return (after.value as number) > (before.value as number) ? `; the price is ${which}` : `, and it writes better: ${which}`;
}

/** Further apart than the errors of both allow. The lanes share their examples, so this asks rather too much than too little. */
export const differ = (a: MetricValue, b: MetricValue) =>
  Math.abs((a.value as number) - (b.value as number)) > Math.hypot(halfWidth(a), halfWidth(b));
const halfWidth = ({ low, high }: MetricValue) => ((high as number) - (low as number)) / 2;
const beatsChance = ({ low, chance }: MetricValue) => (low as number) > (chance ?? 0);
const intervalOf = ({ low, high }: MetricValue, { shown }: Reading) => `${shown(low as number)} to ${shown(high as number)}`;
