/**
 * How nearly the gradient of some examples points where that of others does, and how to turn it. The slope of the cosine runs through the
 * gradient of a gradient; but that is how an input's gradient changes when the weights move along one direction, which two first
 * gradients tell, at weights a little this way and a little that way.
 */
import type { OwnNetwork } from '../../core/attack.ts';
import type { Examples } from '../../core/examples.ts';

export interface Alignment {
  /** Of the mean gradient of cross-entropy with the wanted one, over all weights. */
  readonly cosine: number;
  /** How it moves with each input, `count × size`. */
  readonly slope: Float32Array<ArrayBuffer>;
}

/** The step along the direction, as a share of the weights' own length: small against a bend, large against rounding. */
const shareOfLength = 1e-3;

/** @param labels of the inputs that will be shown; @param wanted examples whose mean gradient is to be matched */
export async function alignment(
  network: OwnNetwork,
  wanted: Examples,
  labels: Int32Array,
): Promise<(inputs: Float32Array<ArrayBuffer>) => Promise<Alignment>> {
  const aim = await weightGradient(network, wanted.inputs, wanted.labels);
  const aimLength = lengthOf(aim);
  const length = lengthOf(network.weights);
  return async (inputs) => {
    const own = await weightGradient(network, inputs, labels);
    const ownLength = lengthOf(own);
    const cosine = own.reduce((sum, value, i) => sum + value * (aim[i] as number), 0) / Math.max(1e-30, ownLength * aimLength);
    // d cosine / d own gradient, but for its factor 1 / |own|: what of the aim stands across it.
    const across = Float64Array.from(own, (value, i) => (aim[i] as number) / aimLength - (cosine * value) / ownLength);
    const acrossLength = Math.max(1e-30, lengthOf(across));
    const nudge = (shareOfLength * length) / acrossLength;
    const moved = (sign: number) =>
      network.with(network.weights.map((weight, i) => weight + sign * nudge * (across[i] as number)));
    const ahead = await inputGradient(moved(1), inputs, labels);
    const behind = await inputGradient(moved(-1), inputs, labels);
    const scale = 1 / (2 * nudge * ownLength);
    return { cosine, slope: ahead.map((value, i) => (value - (behind[i] as number)) * scale) };
  };
}

/** softmax − label, divided by the number of examples: what the mean cross-entropy pulls the logits with. */
async function pullOf(network: OwnNetwork, inputs: Float32Array<ArrayBuffer>, labels: Int32Array) {
  const { values, classes } = await network.probabilities(inputs);
  return values.map((p, i) => (p - (labels[Math.floor(i / classes)] === i % classes ? 1 : 0)) / labels.length);
}

const weightGradient = async (network: OwnNetwork, inputs: Float32Array<ArrayBuffer>, labels: Int32Array) =>
  network.weightGradients(inputs, await pullOf(network, inputs, labels));

const inputGradient = async (network: OwnNetwork, inputs: Float32Array<ArrayBuffer>, labels: Int32Array) =>
  network.inputGradients(inputs, await pullOf(network, inputs, labels));

const lengthOf = (vector: Float32Array | Float64Array) => {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
};
