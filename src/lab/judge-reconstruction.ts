/**
 * Judges pictures that were made from a model's answers about its own training data, one by one. An answer names a class, so everybody
 * who knows the class has its mean picture: only what is better than that was in the scores.
 */
import type { RecoveredInputs } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric, progress } from '../core/event.ts';
import type { Images } from '../core/evidence.ts';
import { mean } from '../core/statistics.ts';
import { meanOf } from '../metrics/intervals.ts';
import { correlation, meanSquaredError, ssim } from '../metrics/pictures.ts';
import { byClass, meanPicture, pictureOf } from './class-pictures.ts';
import type { Bench } from './judge.ts';

/** Pictures between two words about how far it is. */
const atOnce = 100;

export async function* judgeReconstruction(found: RecoveredInputs, { recipe: { split } }: Bench): AsyncGenerator<LaneEvent> {
  const { members, population, classes, shape } = split;
  const { size } = members;
  const isPicture = shape.length === 3;
  const anything = meanPicture(population);
  const averages = byClass(population, classes).map((own) => (own.count > 0 ? meanPicture(own) : anything));
  const count = Math.min(members.count, found.labels.length);
  const pairs: Pair[] = [];
  for (let i = 0; i < count; i++) {
    if (i % atOnce === 0) yield progress('holding pictures against the training data', i, count);
    const made = Float32Array.from(found.inputs.subarray(i * size, (i + 1) * size));
    const real = pictureOf(members, i);
    const average = averages[found.labels[i] as number] ?? anything;
    pairs.push({ i, made, real, average, ...likeness(made, real), ofAverage: likeness(average, real) });
  }

  function likeness(picture: Float32Array, real: Float32Array): Likeness {
    return {
      correlation: correlation(picture, real),
      mse: meanSquaredError(picture, real),
      ssim: isPicture ? ssim(picture, real, shape) : Number.NaN,
    };
  }
  for (const name of ['correlation', 'mse', ...(isPicture ? (['ssim'] as const) : [])] as const) {
    yield metric(name, {
      ...meanOf(
        pairs.map((pair) => pair[name]),
        'private examples',
      ),
      chance: mean(pairs.map(({ ofAverage }) => ofAverage[name])),
      chanceIs: 'the mean picture of the class that was answered',
    });
  }

  const [height, width, channels] = shape;
  if (!isPicture || !height || !width || (channels !== 1 && channels !== 3)) return;
  const shown = pairs.slice(0, 10);
  const rows = shown.flatMap(({ made, real, average }) => [made, real, average]);
  const pixels = new Float32Array(rows.length * size);
  for (const [at, row] of rows.entries()) pixels.set(row, at * size);
  const items = shown.flatMap(({ i, mse, ofAverage }) => [
    {
      caption: `${found.labels[i]}: made from the answer`,
      mark: mse < ofAverage.mse ? ('right' as const) : ('wrong' as const), // better than what the class alone tells
    },
    { caption: 'private' },
    { caption: 'class mean' },
  ]);
  const title = 'What answers gave away, beside what they were about';
  yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 3, pixels, items } satisfies Images);
}

interface Likeness {
  readonly correlation: number;
  readonly mse: number;
  readonly ssim: number;
}

interface Pair extends Likeness {
  readonly i: number;
  readonly made: Float32Array;
  readonly real: Float32Array;
  readonly average: Float32Array;
  readonly ofAverage: Likeness;
}
