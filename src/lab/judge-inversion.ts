/**
 * How much of the training data the pictures show that an attack got out of a model. Several numbers, because each alone misleads: a
 * plain grey picture can have a small error, and a model can be sure of noise. Whom a picture shows is said by a model of the judge's own,
 * trained on other examples.
 */
import type { InvertedClasses, OwnNetwork, RecoveredInputs } from '../core/attack.ts';
import { evidence, type LaneEvent, metric } from '../core/event.ts';
import type { Images } from '../core/evidence.ts';
import { type Examples, oneHot, take } from '../core/examples.ts';
import { argMax, mean } from '../core/statistics.ts';
import { meanOf, rate } from '../metrics/intervals.ts';
import { correlation, meanSquaredError, psnrOf, ssim } from '../metrics/pictures.ts';
import type { Bench } from './judge.ts';
import { trainNetwork } from './own-network.ts';

/** A picture whose mean squared error is at most this counts as got back: 20 dB, where a digit is beyond doubt. */
const gotBack = 0.01;

export function judgeInversion(bench: Bench) {
  let evaluator: OwnNetwork | undefined;
  return async function* (found: InvertedClasses | RecoveredInputs): AsyncGenerator<LaneEvent> {
    if (found.kind === 'recovered inputs') return yield* judgeRecovered(found, bench);
    if (!evaluator) evaluator = yield* independentModel(bench);
    yield* judgeClasses(found, bench, evaluator);
  };
}

/** A network of another kind than the victim where there is one, trained on the population. */
async function* independentModel({ recipe: { compute, split, model, seed } }: Bench) {
  const pictures = split.shape.length === 3 && model.id !== 'cnn';
  const { inputs, labels } = split.population;
  return yield* trainNetwork(compute, split.shape, `${seed}`, {
    model: pictures
      ? { id: 'cnn', options: { channels: 8, dense: 0 } }
      : { id: 'mlp', options: { hidden: [128], activation: 'relu' } },
    inputs,
    targets: oneHot(labels, split.classes),
    outputs: split.classes,
    plan: { epochs: 5 },
    phase: 'training the judge’s own model',
    seed: 'judge',
  });
}

async function* judgeClasses(
  { pictures, classes: claimed }: InvertedClasses,
  { recipe: { split }, victim }: Bench,
  evaluator: OwnNetwork,
): AsyncGenerator<LaneEvent> {
  const { members, shape, classes } = split;
  const { size } = members;
  const seen = await evaluator.probabilities(pictures);
  const sure = await victim.network.probabilities(pictures);
  const picture = (i: number) => pictures.subarray(i * size, (i + 1) * size);
  const found = Array.from(claimed, (own, i) => {
    const ofClass = take(
      members,
      Array.from(members.labels.keys()).filter((row) => members.labels[row] === own),
    );
    const average = meanOfRows(ofClass);
    const likeness = Array.from({ length: ofClass.count }, (_, row) => correlation(picture(i), rowOf(ofClass, row)));
    const nearest = rowOf(ofClass, argMax(Float64Array.from(likeness), 0, likeness.length));
    return {
      own,
      average,
      nearest,
      correlation: correlation(picture(i), average),
      toNearest: Math.max(...likeness),
      ssim: shape.length === 3 ? ssim(picture(i), average, shape) : Number.NaN,
      mse: meanSquaredError(picture(i), average),
      grey: meanSquaredError(new Float32Array(size).fill(0.5), average),
      recognised: argMax(seen.values, i, classes) === own,
      confidence: sure.values[i * classes + own] as number,
    };
  });
  const recognised = found.filter((one) => one.recognised).length;
  yield metric(
    'correlation',
    meanOf(
      found.map((one) => one.correlation),
      'classes, to the class mean',
      0,
    ),
  );
  yield metric('attackSuccessRate', rate(recognised, found.length, 1 / classes, ' classes, by an independent model'));
  if (shape.length === 3)
    yield metric(
      'ssim',
      meanOf(
        found.map((one) => one.ssim),
        'classes, to the class mean',
      ),
    );
  const grey = mean(found.map((one) => one.grey));
  yield metric('mse', {
    ...meanOf(
      found.map((one) => one.mse),
      'classes, to the class mean',
      grey,
    ),
    chanceIs: 'plain grey',
  });
  yield* picturesOf(
    found.map((one, i) => ({ ...one, picture: picture(i) })),
    shape,
  );
  yield evidence('classes', {
    kind: 'table',
    title: 'Class by class',
    columns: ['class', 'model’s confidence', 'correlation to class mean', 'to nearest picture', 'recognised'],
    rows: found.map((one) => [
      one.own,
      Number(one.confidence.toFixed(3)),
      Number(one.correlation.toFixed(3)),
      Number(one.toNearest.toFixed(3)),
      one.recognised ? 'yes' : 'no',
    ]),
  });
}

interface Shown {
  readonly own: number;
  readonly picture: Float32Array;
  readonly nearest: Float32Array;
  readonly average: Float32Array;
  readonly recognised: boolean;
}

const shownClasses = 10;

/** What was got out, the training picture nearest to it, and the class mean, side by side. */
function* picturesOf(found: readonly Shown[], shape: readonly number[]): Generator<LaneEvent> {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || !height || !width || (channels !== 1 && channels !== 3)) return;
  const shown = found.slice(0, shownClasses);
  const rows = shown.flatMap(({ picture, nearest, average }) => [picture, nearest, average]);
  const pixels = new Float32Array(rows.length * height * width * channels);
  for (const [i, row] of rows.entries()) pixels.set(row, i * row.length);
  const items = shown.flatMap(({ own, recognised }) => [
    { caption: `${own}: got out`, mark: recognised ? ('right' as const) : ('wrong' as const) },
    { caption: 'nearest in training' },
    { caption: 'class mean' },
  ]);
  const title = 'What the model gave away, beside what it was trained on';
  yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 3, pixels, items } satisfies Images);
}

async function* judgeRecovered(found: RecoveredInputs, { recipe, shared }: Bench): AsyncGenerator<LaneEvent> {
  const { shape } = recipe.split;
  const { size } = recipe.split.members;
  const held = (found.of === 'batch' && shared?.()) || recipe.split.members;
  const count = Math.min(held.count, found.labels.length);
  const pairs = Array.from({ length: count }, (_, i) => {
    const picture = found.inputs.subarray(i * size, (i + 1) * size);
    const true_ = rowOf(held, i);
    const error = meanSquaredError(picture, true_);
    return { picture: Float32Array.from(picture), real: true_, error: Number.isFinite(error) ? error : 1, i };
  });
  const back = pairs.filter(({ error }) => error <= gotBack).length;
  const known = pairs.filter(({ i }) => found.labels[i] === held.labels[i]).length;
  yield metric('attackSuccessRate', rate(back, count, 0, ` examples with an error of at most ${gotBack}`));
  const grey = mean(pairs.map(({ real }) => meanSquaredError(new Float32Array(size).fill(0.5), real)));
  yield metric('mse', {
    ...meanOf(
      pairs.map(({ error }) => error),
      'examples',
      grey,
    ),
    chanceIs: 'plain grey',
  });
  yield metric(
    'psnr',
    meanOf(
      pairs.map(({ error }) => psnrOf(Math.max(1e-20, error))),
      'examples',
      psnrOf(grey),
    ),
  );
  if (shape.length === 3)
    yield metric(
      'ssim',
      meanOf(
        pairs.map(({ picture, real }) => ssim(picture, real, shape)),
        'examples',
      ),
    );
  yield evidence('labels', {
    kind: 'table',
    title: `What was got back: ${known} of ${count} classes`,
    columns: ['example', 'class', 'class found', 'error'],
    rows: pairs
      .slice(0, 20)
      .map(({ i, error }) => [i, held.labels[i] as number, found.labels[i] as number, Number(error.toPrecision(3))]),
  });
  const [height, width, channels] = shape;
  if (shape.length !== 3 || !height || !width || (channels !== 1 && channels !== 3)) return;
  const shown = pairs.slice(0, shownClasses);
  const pixels = new Float32Array(shown.length * 2 * size);
  for (const [at, { picture, real }] of shown.entries()) {
    pixels.set(picture, 2 * at * size);
    pixels.set(real, (2 * at + 1) * size);
  }
  const items = shown.flatMap(({ error, i }) => [
    { caption: `got back, error ${error.toPrecision(2)}`, mark: error <= gotBack ? ('right' as const) : ('wrong' as const) },
    { caption: `private, ${held.labels[i]}` },
  ]);
  const title = 'What was got back, beside what was private';
  yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 2, pixels, items } satisfies Images);
}

const rowOf = ({ inputs, size }: Examples, row: number) => inputs.subarray(row * size, (row + 1) * size);

function meanOfRows(examples: Examples): Float32Array {
  const average = new Float32Array(examples.size);
  for (let row = 0; row < examples.count; row++) {
    rowOf(examples, row).forEach((value, i) => {
      average[i] = (average[i] as number) + value / examples.count;
    });
  }
  return average;
}
