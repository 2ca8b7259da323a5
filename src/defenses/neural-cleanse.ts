/**
 * Neural Cleanse: ask of each class how small a trigger would do to be taken for it. One that is far smaller than all others was
 * put there by somebody; the model is then taught to answer rightly in spite of it.
 */
import type { Trigger } from '../core/artefact.ts';
import { defineDefense } from '../core/defense.ts';
import { evidence, type LaneEvent, note } from '../core/event.ts';
import { concatenate, type Examples, oneHot } from '../core/examples.ts';
import { count, range } from '../core/params.ts';
import { median } from '../core/statistics.ts';
import { triggered } from '../core/trigger.ts';
import { cleanExamples, cleanParam } from './clean-examples.ts';
import { recoveredTriggers } from './recovered-triggers.ts';

export default defineDefense({
  id: 'neural-cleanse',
  title: 'Neural Cleanse',
  says: 'Searches for a suspiciously small trigger, shows it, and unlearns it. Takes long, and sees only triggers that are small.',
  paper: {
    title: 'Neural Cleanse: Identifying and Mitigating Backdoor Attacks in Neural Networks',
    authors: 'Wang, Yao, Shan, Li, Viswanath, Zheng, Zhao',
    venue: 'S&P',
    year: 2019,
    doi: '10.1109/SP.2019.00031',
  },
  against: ['poisoning'],
  params: {
    steps: count({
      label: 'Steps',
      says: 'Steps of the search, for all classes side by side.',
      min: 10,
      max: 2000,
      step: 10,
      initial: 300,
    }),
    alarm: range({
      label: 'Alarm from',
      says: 'How many deviations a trigger must lie below the middle to be called one.',
      min: 0.5,
      max: 10,
      step: 0.5,
      initial: 2,
    }),
    epochs: count({
      label: 'Unlearning',
      says: 'Passes over the clean examples, one in five with the trigger that was found and its right label.',
      min: 0,
      max: 100,
      step: 2,
      initial: 10,
    }),
    clean: cleanParam,
  },
  needsReference: true,
  async *onModel({ steps, alarm, epochs, clean }, { network, model, classes, shape, reference, random, trainNetwork }) {
    const own = cleanExamples(reference, clean);
    const triggers = yield* recoveredTriggers(network, own, steps, random.stream('search'));
    const sizes = triggers.map(({ mask }) => mask.reduce((sum, opacity) => sum + opacity, 0) / (shape[2] ?? 1));
    const indices = anomalyIndices(sizes.map(Math.log));
    const worst = indices.indexOf(Math.max(...indices));
    const flagged = (indices[worst] as number) >= alarm ? worst : undefined;
    yield* shown(triggers, sizes, indices, flagged, shape);
    if (flagged === undefined || epochs === 0) return network.weights;
    const lessons = withFifth(own, triggers[flagged] as Trigger);
    const healed = yield* trainNetwork({
      model,
      inputs: lessons.inputs,
      targets: oneHot(lessons.labels, classes),
      outputs: classes,
      plan: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: Math.ceil(epochs / copies) },
      start: network.weights,
      phase: 'unlearning the trigger',
      seed: 'unlearning',
    });
    return healed.weights;
  },
});

/**
 * How many deviations each size lies below the median, where a deviation is 1.4826 times the median distance from it, as that of
 * normal numbers is. Of logarithms of sizes: those spread alike above and below, sizes do not.
 */
export function anomalyIndices(sizes: readonly number[]): number[] {
  const middle = median(sizes);
  const deviation = 1.4826 * median(sizes.map((size) => Math.abs(size - middle)));
  return sizes.map((size) => (middle - size) / Math.max(1e-12, deviation));
}

/** One in so many lessons wears the trigger. */
const copies = 5;

/** Every example that many times, once with the trigger. */
function withFifth(clean: Examples, trigger: Trigger): Examples {
  let lessons: Examples = { ...clean, inputs: triggered(clean.inputs, trigger) };
  for (let copy = 1; copy < copies; copy++) lessons = concatenate(lessons, clean);
  return lessons;
}

function* shown(
  triggers: readonly Trigger[],
  sizes: readonly number[],
  indices: readonly number[],
  flagged: number | undefined,
  [height, width, channels]: readonly number[],
): Generator<LaneEvent> {
  yield evidence('trigger sizes', {
    kind: 'table',
    title: 'The smallest trigger for each class',
    columns: ['class', 'pixels', 'anomaly index', 'found'],
    rows: sizes.map((size, c) => [c, size.toFixed(1), (indices[c] as number).toFixed(2), c === flagged ? 'a backdoor' : '']),
  });
  if (height && width && (channels === 1 || channels === 3)) {
    const pixels = new Float32Array(triggers.length * height * width * channels);
    for (const [c, { mask, pattern }] of triggers.entries()) {
      pixels.set(
        pattern.map((value, i) => value * (mask[i] as number)),
        c * mask.length,
      );
    }
    const items = sizes.map((size, c) => ({
      caption: `${c}: ${size.toFixed(1)} pixels`,
      ...(c === flagged && { mark: 'wrong' as const }),
    }));
    yield evidence('recovered triggers', {
      kind: 'images',
      title: 'The smallest trigger for each class',
      height,
      width,
      channels,
      pixels,
      items,
    });
  }
  const told = flagged === undefined ? 'Neural Cleanse raises no alarm.' : `Neural Cleanse finds a backdoor to class ${flagged}.`;
  yield note(told);
}
