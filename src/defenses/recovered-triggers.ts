/**
 * Triggers that a network would obey: for each class the smallest mask, and what is to be seen through it, that turn clean examples
 * of other classes into it (Wang et al. 2019, § IV.A). A backdoor needs far less than an honest class does.
 */
import type { Trigger } from '../core/artefact.ts';
import { type LaneEvent, progress } from '../core/event.ts';
import { type Examples, takeRows } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import type { Random } from '../core/random.ts';

/** Examples of other classes in one step, for each class. */
const batch = 64;
/** What a mask's size counts beside the loss. */
const weight = 0.01;
/** Adam's step, on numbers whose sigmoids are the mask and the pattern; they begin here. */
const [stepSize, firstMask, firstPattern] = [0.1, -2, 0];

/**
 * All classes side by side: in each step `classes × batch` inputs.
 * @param clean the defender's examples
 * @returns one trigger a class; a mask has the same opacity in all channels of a pixel
 */
export async function* recoveredTriggers(
  network: OwnNetwork,
  clean: Examples,
  steps: number,
  random: Random,
): AsyncGenerator<LaneEvent, Trigger[]> {
  const { outputs: classes, shape } = network;
  const { size } = clean;
  const channels = shape.length === 3 ? (shape[2] as number) : 1;
  const pixels = size / channels;
  const masks = adam(classes * pixels, firstMask);
  const patterns = adam(classes * size, firstPattern);
  const others = Array.from({ length: classes }, (_, c) =>
    Array.from(clean.labels.keys()).filter((row) => clean.labels[row] !== c),
  );
  for (let step = 1; step <= steps; step++) {
    yield progress('searching for the smallest trigger of each class', step - 1, steps);
    const [mask, pattern] = [masks.values.map(sigmoid), patterns.values.map(sigmoid)];
    const rows = Int32Array.from({ length: classes * batch }, (_, row) => {
      const from = others[Math.floor(row / batch)] as number[];
      return from[random.integer(from.length)] as number;
    });
    const x = takeRows(clean.inputs, size, rows);
    const mixed = new Float32Array(x.length);
    for (let at = 0, row = 0; row < rows.length; row++) {
      const wanted = Math.floor(row / batch);
      for (let pixel = wanted * pixels; pixel < (wanted + 1) * pixels; pixel++) {
        const opacity = mask[pixel] as number;
        for (let channel = 0; channel < channels; channel++, at++) {
          mixed[at] = (1 - opacity) * (x[at] as number) + opacity * (pattern[pixel * channels + channel] as number);
        }
      }
    }
    const slope = await network.inputGradients(mixed, await pullOf(network, mixed));
    const maskSlope = new Float64Array(mask.length);
    const patternSlope = new Float64Array(pattern.length);
    for (let at = 0, row = 0; row < rows.length; row++) {
      const wanted = Math.floor(row / batch);
      for (let pixel = wanted * pixels; pixel < (wanted + 1) * pixels; pixel++) {
        for (let channel = 0; channel < channels; channel++, at++) {
          const own = slope[at] as number;
          const place = pixel * channels + channel;
          maskSlope[pixel] = (maskSlope[pixel] as number) + own * ((pattern[place] as number) - (x[at] as number));
          patternSlope[place] = (patternSlope[place] as number) + own * (mask[pixel] as number);
        }
      }
    }
    masks.step(maskSlope.map((value, i) => (value + weight) * bend(mask[i] as number)));
    patterns.step(patternSlope.map((value, i) => value * bend(pattern[i] as number)));
  }
  return Array.from({ length: classes }, (_, c) => ({
    mask: Float32Array.from({ length: size }, (_value, i) =>
      sigmoid(masks.values[c * pixels + Math.floor(i / channels)] as number),
    ),
    pattern: Float32Array.from({ length: size }, (_value, i) => sigmoid(patterns.values[c * size + i] as number)),
  }));
}

/** What the mean cross-entropy of each class's batch pulls the logits with. */
async function pullOf(network: OwnNetwork, mixed: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>> {
  const { values, classes } = await network.probabilities(mixed);
  return values.map((p, i) => (p - (i % classes === Math.floor(i / classes / batch) ? 1 : 0)) / batch);
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
/** The sigmoid's slope, from its value. */
const bend = (value: number) => value * (1 - value);

/** Numbers, and Adam with its usual constants. */
function adam(length: number, initial: number) {
  const values = new Float64Array(length).fill(initial);
  const [first, second] = [new Float64Array(length), new Float64Array(length)];
  let steps = 0;
  return {
    values,
    step(slope: Float64Array) {
      steps++;
      for (let i = 0; i < slope.length; i++) {
        const own = slope[i] as number;
        first[i] = 0.9 * (first[i] as number) + 0.1 * own;
        second[i] = 0.999 * (second[i] as number) + 0.001 * own * own;
        const deviation = Math.sqrt((second[i] as number) / (1 - 0.999 ** steps));
        values[i] = (values[i] as number) - (stepSize * (first[i] as number)) / (1 - 0.9 ** steps) / (deviation + 1e-8);
      }
    },
  };
}
