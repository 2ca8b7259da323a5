/**
 * Whether a model has learned from marked pictures. Its owner lays the mark of each class on pictures that carry none, and looks whether the
 * model takes them for that class any more readily than if somebody else's mark were on them (after Sablayrolles et al. 2020, who look
 * into the model's weights).
 */
import type { TrainedModel } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric, progress } from '../core/event.ts';
import { take } from '../core/examples.ts';
import type { PictureReader } from '../core/protection.ts';
import { argMax, mean, variance } from '../core/statistics.ts';
import { exact, rate } from '../metrics/intervals.ts';
import { pValue } from '../metrics/marks.ts';
import type { Split } from './data.ts';
import { unmeasured } from './judge-membership.ts';

/** Somebody else's marks, to see what chance does. */
const strangers = 40;
/** Pictures on which each class's mark is laid. */
const mostAsked = 20;
/** How often a model may be called guilty that is not. */
const falseAlarms = 0.01;

export async function* judgeTrained(
  { network }: TrainedModel,
  { stamped }: PictureReader,
  { test, classes }: Split,
): AsyncGenerator<LaneEvent> {
  const { values } = await network.probabilities(test.inputs);
  const right = test.labels.reduce((sum, label, row) => sum + (argMax(values, row, classes) === label ? 1 : 0), 0);
  yield metric('testAccuracy', rate(right, test.count, 1 / classes));
  if (!stamped) {
    yield* unmeasured(['attackSuccessRate', 'zScore'], 'only a mark that differs from class to class can be found in a model');
    return;
  }
  const asked = Array.from({ length: classes }, (_, label) => {
    const others = Array.from(test.labels.keys()).filter((row) => test.labels[row] !== label);
    return take(test, others.slice(0, mostAsked));
  });
  /** How sure the model is, on average, that a picture is of the class whose mark is on it: ln of the probability. */
  const pull = async (stranger?: number) => {
    const logs: number[] = [];
    for (const [label, { inputs, count }] of asked.entries()) {
      const answers = await network.probabilities(stamped(inputs, label, stranger));
      for (let row = 0; row < count; row++) logs.push(Math.log(Math.max(1e-7, answers.values[row * classes + label] as number)));
    }
    return mean(logs);
  };
  const own = await pull();
  const chance: number[] = [];
  for (let stranger = 0; stranger < strangers; stranger++) {
    yield progress('asking the model about marks', stranger, strangers);
    chance.push(await pull(stranger));
  }
  const z = (own - mean(chance)) / Math.sqrt(variance(chance));
  const isFound = pValue(z) < falseAlarms;
  const how = `one model, against the marks of ${strangers} strangers`;
  yield metric('attackSuccessRate', exact(isFound ? 0 : 1, how));
  yield metric('zScore', { ...exact(z, how), chance: 0, chanceIs: 'a stranger’s mark' });
  yield evidence('owner', {
    kind: 'table',
    title: 'What marks make of the model’s answers',
    columns: ['mark', 'probability of its class'],
    rows: [
      ['the owner’s', Math.exp(own).toPrecision(3)],
      ['strangers’, on average', Math.exp(mean(chance)).toPrecision(3)],
      ['strangers’, the largest', Math.exp(Math.max(...chance)).toPrecision(3)],
    ],
  });
}
