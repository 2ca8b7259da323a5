/**
 * A multilayer perceptron in double precision, written out: the forward pass, the backward pass, and how the gradient itself moves with
 * the example it is of. The last is Pearlmutter's R-operator ("Fast Exact Multiplication by the Hessian", Neural Computation 1994): the
 * backward pass, differentiated along one direction of the weights, without a single finite difference.
 *
 *     const pass = passOf(network, inputs, targets, rows);
 *     const gradient = weightGradient(network, pass);         // of the mean cross-entropy, by the weights
 *     const { inputs } = mixedGradient(network, pass, push);  // of ⟨push, gradient⟩, by the inputs
 *
 * A row of a matrix is one example: `h` of a layer is `rows × inputs`, its `pull` is `rows × outputs`.
 */
import type { ModelChoice } from './training.ts';

type Numbers = Float64Array<ArrayBuffer>;

export interface Multilayer {
  /** Values of one input, units of each hidden layer, classes. */
  readonly widths: readonly number[];
  /** Behind every layer but the last, which a softmax follows. */
  readonly activation: 'relu' | 'sigmoid';
  /** Every layer's weights `[inputs, outputs]`, then its bias, one layer after another. */
  readonly weights: Numbers;
}

/** The widths of a model that is one; undefined of any other. */
export function widthsOf({ id, options }: ModelChoice, inputs: number, outputs: number): readonly number[] | undefined {
  if (id === 'softmax') return [inputs, outputs];
  if (id === 'mlp') return [inputs, ...(options.hidden as readonly number[]), outputs];
  return undefined;
}

/** A network in other hands as one of these, where it is one. */
export function multilayerOf(network: {
  readonly model: ModelChoice;
  readonly shape: readonly number[];
  readonly outputs: number;
  readonly weights: ArrayLike<number>;
}): Multilayer | undefined {
  const inputs = network.shape.reduce((product, side) => product * side, 1);
  const widths = widthsOf(network.model, inputs, network.outputs);
  const activation = network.model.options.activation === 'sigmoid' ? 'sigmoid' : 'relu';
  return widths && { widths, activation, weights: Float64Array.from(network.weights) };
}

export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights begin, and where its bias does. */
  readonly at: number;
  readonly bias: number;
}

export function layersOf({ widths }: Pick<Multilayer, 'widths'>): Layer[] {
  let at = 0;
  return widths.slice(1).map((outputs, i) => {
    const inputs = widths[i] as number;
    const layer = { inputs, outputs, at, bias: at + inputs * outputs };
    at = layer.bias + outputs;
    return layer;
  });
}

/** What a forward pass over a batch leaves behind. */
export interface Forward {
  readonly rows: number;
  /** What goes into each layer. */
  readonly h: readonly Numbers[];
  readonly probabilities: Numbers;
}

/** What a backward pass adds to it. */
export interface Pass extends Forward {
  /** How the mean loss moves with what comes out of each layer, before the activation. */
  readonly pull: readonly Numbers[];
  /** How it moves with what goes into each layer; not reckoned for the inputs, see `inputGradient`. */
  readonly reach: readonly (Numbers | undefined)[];
}

export function forwardOf(network: Multilayer, inputs: Numbers, rows: number): Forward {
  const { weights, activation } = network;
  const layers = layersOf(network);
  const h = [inputs];
  let a: Numbers = inputs;
  for (const [l, layer] of layers.entries()) {
    a = new Float64Array(rows * layer.outputs);
    addForward(layer, weights, h[l] as Numbers, rows, a);
    if (l < layers.length - 1) h.push(activation === 'relu' ? a.map((value) => Math.max(0, value)) : a.map(sigmoid));
  }
  return { rows, h, probabilities: softmaxRows(a, network.widths.at(-1) as number) };
}

/** @param targets `rows × classes` distributions over classes; a single 1 a row, or soft */
export function backwardOf(network: Multilayer, forward: Forward, targets: Numbers): Pass {
  const { weights, activation } = network;
  const { rows, h, probabilities } = forward;
  const layers = layersOf(network);
  const pull = new Array<Numbers>(layers.length);
  const reach = new Array<Numbers | undefined>(layers.length);
  pull[layers.length - 1] = probabilities.map((p, i) => (p - (targets[i] as number)) / rows);
  for (let l = layers.length - 1; l > 0; l--) {
    const layer = layers[l] as Layer;
    const below = new Float64Array(rows * layer.inputs);
    addBackward(layer, weights, pull[l] as Numbers, rows, below);
    reach[l] = below;
    pull[l - 1] = below.map((value, i) => value * slope(activation, (h[l] as Numbers)[i] as number));
  }
  return { ...forward, pull, reach };
}

export const passOf = (network: Multilayer, inputs: Numbers, targets: Numbers, rows: number): Pass =>
  backwardOf(network, forwardOf(network, inputs, rows), targets);

/** Mean cross-entropy of a batch. */
export function lossOf({ probabilities, rows }: Forward, targets: Numbers): number {
  return targets.reduce(
    (sum, target, i) => (target === 0 ? sum : sum - (target * Math.log(probabilities[i] as number)) / rows),
    0,
  );
}

/** The gradient of the mean loss by the inputs, `rows × inputs`. */
export function inputGradient(network: Multilayer, { pull, rows }: Pass): Numbers {
  const first = layersOf(network)[0] as Layer;
  const gradient = new Float64Array(rows * first.inputs);
  addBackward(first, network.weights, pull[0] as Numbers, rows, gradient);
  return gradient;
}

/** The gradient of the mean loss by every weight, in the order of the weights. @param into where to write it */
export function weightGradient(network: Multilayer, { h, pull, rows }: Pass, into = new Float64Array(network.weights.length)) {
  into.fill(0);
  for (const [l, layer] of layersOf(network).entries()) addOuter(layer, h[l] as Numbers, pull[l] as Numbers, rows, into);
  return into;
}

/**
 * How ⟨push, gradient of the mean loss by the weights⟩ moves with the inputs and with the targets. With push = 2 (gradient − another)
 * that is how the squared distance to the other gradient moves.
 */
export function mixedGradient(network: Multilayer, pass: Pass, push: Numbers): { inputs: Numbers; targets: Numbers } {
  const { weights, activation } = network;
  const { rows, h, reach, pull, probabilities } = pass;
  const layers = layersOf(network);
  const last = layers.length - 1;

  // R{·}: how each value of the forward pass moves when the weights move along `push`. The inputs do not move.
  const movedSum: Numbers[] = [];
  let moved: Numbers | undefined;
  for (const [l, layer] of layers.entries()) {
    const sum = new Float64Array(rows * layer.outputs);
    addForward(layer, push, h[l] as Numbers, rows, sum);
    if (moved) addForward(layer, weights, moved, rows, sum, false);
    movedSum.push(sum);
    if (l < last) moved = sum.map((value, i) => value * slope(activation, (h[l + 1] as Numbers)[i] as number));
  }

  // The softmax: R{p} = p · (R{z} − Σ p R{z}), and −ln p is what a target's movement counts.
  const classes = network.widths.at(-1) as number;
  const logits = movedSum[last] as Numbers;
  const targets = new Float64Array(rows * classes);
  let movedPull: Numbers = new Float64Array(rows * classes);
  for (let from = 0; from < rows * classes; from += classes) {
    let mean = 0;
    for (let i = from; i < from + classes; i++) mean += (probabilities[i] as number) * (logits[i] as number);
    for (let i = from; i < from + classes; i++) {
      const own = ((logits[i] as number) - mean) / rows;
      targets[i] = -own;
      movedPull[i] = (probabilities[i] as number) * own;
    }
  }

  // R{·} of the backward pass, from the last layer to the inputs.
  for (let l = last; ; l--) {
    const layer = layers[l] as Layer;
    const movedReach = new Float64Array(rows * layer.inputs);
    addBackward(layer, weights, movedPull, rows, movedReach);
    addBackward(layer, push, pull[l] as Numbers, rows, movedReach);
    if (l === 0) return { inputs: movedReach, targets };
    const [own, through, sum] = [h[l] as Numbers, reach[l] as Numbers, movedSum[l - 1] as Numbers];
    movedPull = movedReach.map(
      (value, i) =>
        value * slope(activation, own[i] as number) +
        (through[i] as number) * bend(activation, own[i] as number) * (sum[i] as number),
    );
  }
}

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** The activation's first derivative, and its second, from its value. */
const slope = (activation: Multilayer['activation'], h: number) => (activation === 'relu' ? (h > 0 ? 1 : 0) : h * (1 - h));
const bend = (activation: Multilayer['activation'], h: number) => (activation === 'relu' ? 0 : h * (1 - h) * (1 - 2 * h));

/** Rows of logits as probabilities, each row by itself. */
export function softmaxRows(logits: Numbers, classes: number): Numbers {
  const probabilities = new Float64Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    let [largest, total] = [Number.NEGATIVE_INFINITY, 0];
    for (let i = from; i < from + classes; i++) largest = Math.max(largest, logits[i] as number);
    for (let i = from; i < from + classes; i++) {
      const value = Math.exp((logits[i] as number) - largest);
      probabilities[i] = value;
      total += value;
    }
    for (let i = from; i < from + classes; i++) probabilities[i] = (probabilities[i] as number) / total;
  }
  return probabilities;
}

// The three products of a layer. Index arithmetic on flat arrays: this is where all the time goes.

/** into += x · W, and the bias. */
function addForward(
  { inputs, outputs, at, bias }: Layer,
  weights: Numbers,
  x: Numbers,
  rows: number,
  into: Numbers,
  biased = true,
) {
  for (let row = 0; row < rows; row++) {
    const to = row * outputs;
    if (biased) for (let j = 0; j < outputs; j++) into[to + j] = (into[to + j] as number) + (weights[bias + j] as number);
    for (let i = 0; i < inputs; i++) {
      const value = x[row * inputs + i] as number;
      if (value === 0) continue;
      const line = at + i * outputs;
      for (let j = 0; j < outputs; j++) into[to + j] = (into[to + j] as number) + value * (weights[line + j] as number);
    }
  }
}

/** into += pull · Wᵀ */
function addBackward({ inputs, outputs, at }: Layer, weights: Numbers, pull: Numbers, rows: number, into: Numbers) {
  for (let row = 0; row < rows; row++) {
    const from = row * outputs;
    for (let i = 0; i < inputs; i++) {
      const line = at + i * outputs;
      let sum = 0;
      for (let j = 0; j < outputs; j++) sum += (pull[from + j] as number) * (weights[line + j] as number);
      into[row * inputs + i] = (into[row * inputs + i] as number) + sum;
    }
  }
}

/** into += xᵀ · pull at the layer's weights, Σ pull at its bias. */
function addOuter({ inputs, outputs, at, bias }: Layer, x: Numbers, pull: Numbers, rows: number, into: Numbers) {
  for (let row = 0; row < rows; row++) {
    const from = row * outputs;
    for (let i = 0; i < inputs; i++) {
      const value = x[row * inputs + i] as number;
      if (value === 0) continue;
      const line = at + i * outputs;
      for (let j = 0; j < outputs; j++) into[line + j] = (into[line + j] as number) + value * (pull[from + j] as number);
    }
    for (let j = 0; j < outputs; j++) into[bias + j] = (into[bias + j] as number) + (pull[from + j] as number);
  }
}
