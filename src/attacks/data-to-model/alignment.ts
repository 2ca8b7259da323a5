/**
 * How nearly the gradient of some examples points where that of others does, and how to turn it. The slope of the cosine runs through the
 * gradient of a gradient, along one direction of the weights. A finite difference would do, but for the ReLUs that switch within it: each
 * turns every pixel of a picture (measured: six of a hundred signs, and a poison that no longer works).
 */
import type { Examples } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';

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
    const across = Float32Array.from(own, (value, i) => (aim[i] as number) / aimLength - (cosine * value) / ownLength);
    const nudge = (shareOfLength * length) / Math.max(1e-30, lengthOf(across));
    const moved = (sign: number) =>
      network.with(network.weights.map((weight, i) => weight + sign * nudge * (across[i] as number)));
    const [ahead, behind] = [await moved(1).logits(inputs), await moved(-1).logits(inputs)];
    const gained = ahead.map((logit, i) => (logit - (behind[i] as number)) / (2 * nudge)); // of each logit, along the direction
    // Cross-entropy pulls a logit with its probability, which moves with all logits: p · (gained − mean of it by p).
    const { values, classes } = await network.probabilities(inputs);
    const ofPull = values.map((p, i) => {
      const row = i - (i % classes);
      let mean = 0;
      for (let c = row; c < row + classes; c++) mean += (values[c] as number) * (gained[c] as number);
      return (p * ((gained[i] as number) - mean)) / labels.length;
    });
    const throughPull = await network.inputGradients(inputs, ofPull);
    const through = await network.mixedGradients(inputs, await pullOf(network, inputs, labels), across);
    return { cosine, slope: through.map((value, i) => (value + (throughPull[i] as number)) / ownLength) };
  };
}

/** softmax − label, divided by the number of examples: what the mean cross-entropy pulls the logits with. */
async function pullOf(network: OwnNetwork, inputs: Float32Array<ArrayBuffer>, labels: Int32Array) {
  const { values, classes } = await network.probabilities(inputs);
  return values.map((p, i) => (p - (labels[Math.floor(i / classes)] === i % classes ? 1 : 0)) / labels.length);
}

const weightGradient = async (network: OwnNetwork, inputs: Float32Array<ArrayBuffer>, labels: Int32Array) =>
  network.weightGradients(inputs, await pullOf(network, inputs, labels));

const lengthOf = (vector: Float32Array | Float64Array) => {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
};
