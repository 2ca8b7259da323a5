/**
 * Inputs read off a gradient, without any search. An example that pulls unit k of the first layer by δₖ adds δₖ · x to the gradient of the
 * unit's weights and δₖ to that of its bias: where nothing else pulls the unit, the quotient of the two is x, to the last digit (Phong et
 * al. 2018; Geiping et al. 2020, prop. 3.1).
 */
import { backwardOf, forwardOf, type Layer, layersOf, type Multilayer, weightGradient } from '../../core/multilayer.ts';

type Numbers = Float64Array<ArrayBuffer>;

/** The input of a batch of one, from the unit that it pulls most; undefined where it pulls none. */
export function fromLoudestUnit(network: Multilayer, gradient: Numbers): Numbers | undefined {
  const [{ inputs, outputs, at, bias }] = layersOf(network) as [Layer];
  const [loudest] = loudestFirst(gradient.subarray(bias, bias + outputs)) as [number];
  const pull = gradient[bias + loudest] as number;
  if (pull === 0) return undefined;
  return Float64Array.from({ length: inputs }, (_, i) => (gradient[at + i * outputs + loudest] as number) / pull);
}

/**
 * The same, from every unit at once: the weights' gradient is x δᵀ, so x and δ are fitted in turns by least squares, to those entries
 * alone that are not zero. What was pruned is no longer missed, and noise averages out over the units.
 * @param rounds how often x and δ are fitted; once, and x is fitted to the bias’s gradient as it was sent
 */
export function fromAllUnits(network: Multilayer, gradient: Numbers, rounds = 30): Numbers | undefined {
  const [{ inputs, outputs, bias }] = layersOf(network) as [Layer];
  // The bias is one more line of the table [inputs + 1, outputs], of an input that is always 1.
  const table = gradient.subarray(0, bias + outputs);
  const pull = table.slice(bias);
  if (!pull.some((value) => value !== 0)) return undefined;
  const x = new Float64Array(inputs + 1);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i <= inputs; i++) {
      let [product, square] = [0, 0];
      for (let k = 0; k < outputs; k++) {
        const entry = table[i * outputs + k] as number;
        if (entry === 0) continue;
        product += entry * (pull[k] as number);
        square += (pull[k] as number) ** 2;
      }
      x[i] = square > 0 ? product / square : 0; // a pixel without a trace was dark
    }
    const one = x[inputs] as number;
    if (one === 0) return undefined;
    const product = new Float64Array(outputs);
    const square = new Float64Array(outputs);
    for (let i = 0; i <= inputs; i++) {
      const value = (x[i] as number) / one;
      x[i] = value;
      for (let k = 0; k < outputs; k++) {
        const entry = table[i * outputs + k] as number;
        if (entry === 0) continue;
        product[k] = (product[k] as number) + entry * value;
        square[k] = (square[k] as number) + value * value;
      }
    }
    for (let k = 0; k < outputs; k++) pull[k] = (square[k] as number) > 0 ? (product[k] as number) / (square[k] as number) : 0;
  }
  return x.slice(0, inputs);
}

/** One example of a batch. */
export interface LoneExample {
  readonly input: Numbers;
  readonly label: number;
}

/**
 * Examples of a batch, from ReLU units that answered to a single one of them. Which units those are nobody says; but whoever holds the
 * network can check: the quotient x of a unit is an example if, for one of the labels, x would pull that very unit as much as it was
 * pulled, and every weight that leaves the unit too. A mixture of examples would not. Each one found is then peeled off the gradient, as if
 * it had not been in the batch, and other units are left with a single one.
 * @param tolerance how exact the gradient is, relative to the largest entries
 * @param peels whether to go on after the first look
 */
export function fromLoneUnits(
  network: Multilayer,
  gradient: Numbers,
  batchSize: number,
  tolerance: number,
  peels = true,
): LoneExample[] {
  const [first, second] = layersOf(network) as [Layer, Layer];
  const { inputs, outputs, at, bias } = first;
  const found: LoneExample[] = [];
  const left = gradient.slice();
  const source = peels ? left : gradient;
  const slack = {
    pull: tolerance * largest(gradient.subarray(bias, bias + outputs)),
    leaving: tolerance * largest(gradient.subarray(second.at, second.bias)),
  };
  for (let before = -1; before < found.length && found.length < batchSize; ) {
    before = found.length;
    for (const unit of loudestFirst(left.subarray(bias, bias + outputs))) {
      if (found.length === batchSize) break;
      if (Math.abs(left[bias + unit] as number) <= 10 * slack.pull) continue; // explained, or never pulled
      const pull = source[bias + unit] as number;
      const input = Float64Array.from({ length: inputs }, (_, i) => (source[at + i * outputs + unit] as number) / pull);
      const own = explanationOf(network, source, unit, input, batchSize, slack);
      if (!own) continue;
      found.push({ input, label: own.label });
      const contribution = weightGradient(network, own.pass);
      for (let i = 0; i < left.length; i++) left[i] = (left[i] as number) - (contribution[i] as number) / batchSize;
    }
    if (!peels) break;
  }
  return found;
}

/** The label with which `input`, alone, would have pulled this unit and the weights that leave it as they were pulled. */
function explanationOf(
  network: Multilayer,
  gradient: Numbers,
  unit: number,
  input: Numbers,
  batchSize: number,
  slack: { readonly pull: number; readonly leaving: number },
) {
  const [first, second] = layersOf(network) as [Layer, Layer];
  const classes = network.widths.at(-1) as number;
  const forward = forwardOf(network, input, 1);
  const activity = forward.h[1]?.[unit] as number;
  if (!(activity > 0)) return undefined;
  for (let label = 0; label < classes; label++) {
    const target = new Float64Array(classes);
    target[label] = 1;
    const pass = backwardOf(network, forward, target);
    const pull = (pass.pull[0] as Numbers)[unit] as number;
    if (!(Math.abs(pull / batchSize - (gradient[first.bias + unit] as number)) <= slack.pull)) continue;
    const from = second.at + unit * second.outputs;
    const fits = (pass.pull[1] as Numbers).every(
      (next, j) => Math.abs((activity * next) / batchSize - (gradient[from + j] as number)) <= slack.leaving,
    );
    if (fits) return { label, pass };
  }
  return undefined;
}

const largest = (values: Numbers) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Units in the order of how much they were pulled. */
const loudestFirst = (pulls: Numbers) =>
  Array.from(pulls.keys()).sort((a, b) => Math.abs(pulls[b] as number) - Math.abs(pulls[a] as number));
