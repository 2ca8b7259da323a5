/**
 * Which private examples an attacker has got back. A batch has no order, so within one every picture is held against the example that it
 * suits best, all of them at once. Not every small error is a find: what was got back must also be nearer to its example than to any other.
 */
import type { RecoveredInputs } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric } from '../core/event.ts';
import { type Examples, take } from '../core/examples.ts';
import { mean } from '../core/statistics.ts';
import { bestAssignment } from '../metrics/assignment.ts';
import { exact, meanOf, rate } from '../metrics/intervals.ts';
import { meanSquaredError, psnrOf, ssim } from '../metrics/pictures.ts';
import type { Split } from './data.ts';
import type { Bench } from './judge.ts';

/** A picture whose mean squared error is at most this counts as got back: 20 dB, where a digit is beyond doubt. */
const gotBack = 0.01;
/** The smallest error that is told: beyond it are only the last digits of double precision. */
const smallest = 1e-20;
const shownPictures = 10;

/** One private example and what the attacker made of it. */
interface Pair {
  readonly real: Float32Array;
  readonly label: number;
  readonly picture: Float64Array;
  /** The class that she thinks it has; −1 where she does not know. */
  readonly said: number;
  readonly error: number;
  readonly back: boolean;
}

export async function* judgeRecovered(
  found: RecoveredInputs,
  { recipe, shared }: Pick<Bench, 'shared'> & { readonly recipe: { readonly split: Pick<Split, 'members' | 'shape'> } },
): AsyncGenerator<LaneEvent> {
  const { members, shape } = recipe.split;
  const shares = found.of === 'batch' ? (shared?.() ?? []) : [];
  const groups = {
    batch: () => shares.map(({ batch }) => batch),
    members: () => oneByOne(members, found.labels.length),
    all: () => [members],
  }[found.of]();
  const blank = blankOf(members, shape);
  const pairs = pairsOf(found, groups, blank, members, shape.length === 3);
  if (pairs.length === 0) return;
  const of = found.of === 'batch' ? 'private examples' : 'examples';

  const back = pairs.filter((pair) => pair.back).length;
  yield metric('attackSuccessRate', rate(back, pairs.length, 0, ` ${of}, error at most ${gotBack}`));
  const grey = mean(pairs.map(({ real }) => meanSquaredError(blank, real)));
  const errors = pairs.map(({ error }) => error);
  const chanceIs = shape.length === 3 ? 'plain grey' : 'the mean example';
  yield metric('mse', { ...meanOf(errors, of, grey), chanceIs });
  const decibels = errors.map((error) => psnrOf(Math.max(smallest, error)));
  yield metric('psnr', { ...meanOf(decibels, of, psnrOf(grey)), chanceIs });
  if (shape.length === 3) {
    const alike = pairs.map(({ picture, real }) => ssim(picture, real, shape));
    yield metric('ssim', meanOf(alike, of));
  }
  if (shares.length > 0) {
    const cosines = shares.map(({ cosine }) => cosine);
    const value = cosines.length > 1 ? meanOf(cosines, 'shared gradients') : exact(cosines[0] as number, 'one shared gradient');
    yield metric('gradientCosine', value);
  }
  yield* shownAs(pairs, shape);
}

/** Each of the first members by itself: their order is known. */
const oneByOne = (members: Examples, count: number) =>
  Array.from({ length: Math.min(count, members.count) }, (_, row) => take(members, [row]));

/** What somebody who knows nothing would say: plain grey, or where examples are no pictures their mean. */
function blankOf({ inputs, count, size }: Examples, shape: readonly number[]): Float64Array {
  const blank = new Float64Array(size).fill(shape.length === 3 ? 0.5 : 0);
  if (shape.length !== 3) inputs.forEach((value, i) => (blank[i % size] = (blank[i % size] as number) + value / count));
  return blank;
}

function pairsOf(found: RecoveredInputs, groups: readonly Examples[], blank: Float64Array, members: Examples, pictures: boolean) {
  const { size } = members;
  const pairs: Pair[] = [];
  for (const group of groups) {
    const from = pairs.length;
    const guesses = Array.from({ length: group.count }, (_, i) => {
      const guess = found.inputs.subarray((from + i) * size, (from + i + 1) * size);
      // Nothing was recovered, or it has flown away: then nothing is what the attacker knows.
      if (!guess.every(Number.isFinite)) return { picture: blank, said: found.labels[from + i] as number, empty: true };
      // Everybody knows that pixels are from 0 to 1.
      const picture = pictures ? guess.map((value) => Math.min(1, Math.max(0, value))) : guess;
      return { picture, said: found.labels[from + i] as number, empty: false };
    });
    const reals = Array.from({ length: group.count }, (_, i) => rowOf(group, i));
    const errors = reals.map((real) => guesses.map(({ picture }) => meanSquaredError(picture, real)));
    const suits = bestAssignment(errors);
    for (const [i, real] of reals.entries()) {
      const { picture, said, empty } = guesses[suits[i] as number] as (typeof guesses)[number];
      const error = errors[i]?.[suits[i] as number] as number;
      const back = !empty && error <= gotBack && nearestIs(real, picture, error, members);
      pairs.push({ real, label: group.labels[i] as number, picture, said, error, back });
    }
  }
  return pairs;
}

/** Whether no other member is nearer to the picture. One that is the same to the last pixel does not count as another. */
function nearestIs(real: Float32Array, picture: Float64Array, error: number, members: Examples): boolean {
  for (let row = 0; row < members.count; row++) {
    const other = rowOf(members, row);
    if (meanSquaredError(picture, other) < error && meanSquaredError(other, real) > 0) return false;
  }
  return true;
}

function* shownAs(pairs: readonly Pair[], shape: readonly number[]): Generator<LaneEvent> {
  const known = pairs.filter(({ label, said }) => label === said).length;
  yield evidence('labels', {
    kind: 'table',
    title: `What was got back: ${known} of ${pairs.length} classes`,
    columns: ['example', 'class', 'class found', 'error'],
    rows: pairs
      .slice(0, 20)
      .map(({ label, said, error }, i) => [i, label, said < 0 ? 'unknown' : said, Number(error.toPrecision(3))]),
  });
  const [height, width, channels] = shape;
  if (shape.length !== 3 || !height || !width || (channels !== 1 && channels !== 3)) return;
  const shown = pairs.slice(0, shownPictures);
  const size = height * width * channels;
  const pixels = new Float32Array(shown.length * 2 * size);
  for (const [at, { picture, real }] of shown.entries()) {
    pixels.set(picture, 2 * at * size);
    pixels.set(real, (2 * at + 1) * size);
  }
  const items = shown.flatMap(({ error, label, back }) => [
    { caption: `got back, error ${error.toPrecision(2)}`, mark: back ? ('right' as const) : ('wrong' as const) },
    { caption: `private, ${label}` },
  ]);
  const title = 'What was got back, beside what was private';
  yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 2, pixels, items });
}

const rowOf = ({ inputs, size }: Examples, row: number) => inputs.subarray(row * size, (row + 1) * size);
