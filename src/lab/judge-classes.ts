/**
 * Judges one picture a class. Several numbers, because each alone misleads: a plain grey picture can have a small error, a model can be
 * sure of noise, and any face resembles any other. So beside the likeness to the class's mean stands that to the other classes' means, and
 * whom a picture shows is said by a model of the judge's own, trained on other examples.
 */
import type { InvertedClasses } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric, progress } from '../core/event.ts';
import type { Images } from '../core/evidence.ts';
import { oneHot } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import { argMax, mean } from '../core/statistics.ts';
import { exact, meanOf, rate, unresolved } from '../metrics/intervals.ts';
import { correlation, meanSquaredError, ssim } from '../metrics/pictures.ts';
import { byClass, meanPicture, pictureOf } from './class-pictures.ts';
import type { Bench } from './judge.ts';
import { trainNetwork } from './own-network.ts';

/** With fewer examples the judge's own model knows too little to be asked. */
const leastPopulation = 100;

export function judgeClasses(bench: Bench) {
  const { recipe, victim, asked } = bench;
  const { members, shape, classes, population, test } = recipe.split;
  const { size } = members;
  const isPicture = shape.length === 3;
  let averages: readonly Float32Array[] | undefined;
  let evaluator: OwnNetwork | undefined;
  let known = 0; // the share of test examples that it gets right

  return async function* ({ pictures, classes: claimed }: InvertedClasses): AsyncGenerator<LaneEvent> {
    if (population.count >= leastPopulation && !evaluator) {
      evaluator = yield* independentModel(bench);
      const said = (await evaluator.probabilities(test.inputs)).values;
      known = mean(test.labels.map((label, row) => (argMax(said, row, classes) === label ? 1 : 0)));
    }
    const ofClass = byClass(members, classes);
    averages ??= ofClass.map(meanPicture);
    const seen = await evaluator?.probabilities(pictures);
    const sure = await victim.network.probabilities(pictures);

    const found: Found[] = [];
    for (const [i, own] of claimed.entries()) {
      yield progress('holding pictures against the training data', i, claimed.length);
      const picture = pictures.subarray(i * size, (i + 1) * size);
      const examples = ofClass[own] as (typeof ofClass)[number];
      const average = averages[own] as Float32Array;
      const toMeans = averages.map((one) => correlation(picture, one));
      const toEach = Float64Array.from({ length: examples.count }, (_, row) => correlation(picture, pictureOf(examples, row)));
      const nearest = argMax(toEach, 0, toEach.length);
      found.push({
        own,
        picture,
        average,
        nearest: pictureOf(examples, nearest),
        correlation: toMeans[own] as number,
        toOthers: mean(toMeans.filter((_, c) => c !== own)),
        toNearest: toEach[nearest] ?? Number.NaN,
        ssim: isPicture ? ssim(picture, average, shape) : Number.NaN,
        mse: meanSquaredError(picture, average),
        grey: meanSquaredError(new Float32Array(size).fill(0.5), average),
        recognised: seen && argMax(seen.values, i, classes) === own,
        confidence: sure.values[i * classes + own] as number,
      });
    }
    const column = (of: (one: Found) => number) => found.map(of);
    const averaged = (of: (one: Found) => number) => meanOf(column(of), 'classes, to the class mean');
    const others = mean(column(({ toOthers }) => toOthers));
    yield metric('correlation', { ...averaged((one) => one.correlation), chance: others, chanceIs: 'to the other classes' });
    const beyond = meanOf(
      column((one) => one.correlation - one.toOthers),
      'classes, to the own class’s mean less the others’',
    );
    yield metric('margin', { ...beyond, chance: 0, chanceIs: 'like no class more than another' });
    const recognised = found.filter((one) => one.recognised).length;
    yield metric(
      'attackSuccessRate',
      seen
        ? rate(
            recognised,
            found.length,
            1 / classes,
            ` classes, by an independent model that knows ${Math.round(100 * known)} % of the test examples`,
          )
        : unresolved(`the judge’s own model needs a population of ${leastPopulation}, has ${population.count}`, found.length),
    );
    if (isPicture)
      yield metric(
        'ssim',
        averaged((one) => one.ssim),
      );
    const grey = mean(column((one) => one.grey));
    yield metric('mse', { ...averaged((one) => one.mse), chance: grey, chanceIs: 'plain grey' });
    yield metric('queries', exact(asked().queries, 'counted where they are answered'));
    yield* picturesOf(found, shape);
    yield evidence('classes', tableOf(found));
  };
}

interface Found {
  readonly own: number;
  readonly picture: Float32Array;
  readonly average: Float32Array;
  readonly nearest: Float32Array;
  readonly correlation: number;
  readonly toOthers: number;
  readonly toNearest: number;
  readonly ssim: number;
  readonly mse: number;
  readonly grey: number;
  readonly recognised: boolean | undefined;
  readonly confidence: number;
}

/** How the judge's own model is trained: on few examples longer, so that it knows everybody. */
const batchSize = 32;
const leastSteps = 200;

/** A network of another kind than the victim where there is one, trained on the population. */
async function* independentModel({ recipe: { compute, split, model, seed } }: Bench) {
  const convolves = split.shape.length === 3 && model.id !== 'cnn';
  const { inputs, labels, count: population } = split.population;
  return yield* trainNetwork(compute, split.shape, `${seed}`, {
    model: convolves
      ? { id: 'cnn', options: { channels: 8, dense: 0 } }
      : { id: 'mlp', options: { hidden: [128], activation: 'relu' } },
    inputs,
    targets: oneHot(labels, split.classes),
    outputs: split.classes,
    plan: { learningRate: 0.003, batchSize, epochs: Math.max(5, Math.ceil(leastSteps / Math.ceil(population / batchSize))) },
    phase: 'training the judge’s own model',
    seed: 'judge',
  });
}

/** Digits are all shown; of many people the first few. */
const shownClasses = 10;

/** What was got out, the training picture nearest to it, and the class mean, side by side. */
function* picturesOf(found: readonly Found[], shape: readonly number[]): Generator<LaneEvent> {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || !height || !width || (channels !== 1 && channels !== 3)) return;
  const shown = found.slice(0, found.length > shownClasses ? 8 : shownClasses);
  const rows = shown.flatMap(({ picture, nearest, average }) => [picture, nearest, average]);
  const pixels = new Float32Array(rows.length * height * width * channels);
  for (const [i, row] of rows.entries()) pixels.set(row, i * row.length);
  const items = shown.flatMap(({ own, recognised }) => [
    {
      caption: `${own}: what came out`,
      ...(recognised !== undefined && { mark: recognised ? ('right' as const) : ('wrong' as const) }),
    },
    { caption: 'nearest in training' },
    { caption: 'class mean' },
  ]);
  const title = 'What the model gave away, beside what it was trained on';
  yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 3, pixels, items } satisfies Images);
}

const tableOf = (found: readonly Found[]) => ({
  kind: 'table' as const,
  title: 'Class by class',
  columns: [
    'class',
    'model’s confidence',
    'correlation to class mean',
    'to other classes’ means',
    'to nearest picture',
    'recognised',
  ],
  rows: found.map((one) => [
    one.own,
    ...[one.confidence, one.correlation, one.toOthers, one.toNearest].map((value) => Number(value.toFixed(3))),
    one.recognised === undefined ? '–' : one.recognised ? 'yes' : 'no',
  ]),
});
