/** How far the gradient of a guessed batch is from a shared gradient, as a function of the guess: what DLG makes small. */
import type { Objective } from '../../core/descent.ts';
import {
  type Layer,
  layersOf,
  type Multilayer,
  mixedGradient,
  passOf,
  softmaxRows,
  weightGradient,
} from '../../core/multilayer.ts';

type Numbers = Float64Array<ArrayBuffer>;

/** What is known of a shared gradient beside its numbers. */
export interface Known {
  /** The labels of the batch, `rows × classes`. */
  readonly labels?: Numbers | undefined;
  /** That entries which are zero were pruned, and say nothing. */
  readonly pruned?: boolean;
}

/**
 * ‖∇ loss(guess) − shared‖², over all weights, and its exact gradient. It is counted in units of the shared gradient's length where that is
 * below 1: the gradient of an example that the network has learned is tiny, and a search that stops at 1e-9 would never begin.
 *
 * The guess is `rows × inputs` values, and behind them `rows × classes` label logits, a softmax of which is the guessed label (Zhu et al.
 * 2019, eq. 4); where the labels are known, the inputs alone (Zhao et al. 2020).
 */
export function distanceTo(
  network: Multilayer,
  shared: Numbers,
  rows: number,
  { labels, pruned = false }: Known = {},
): Objective {
  const inputs = network.widths[0] as number;
  const classes = network.widths.at(-1) as number;
  const unit = Math.min(1, Math.sqrt(shared.reduce((sum, entry) => sum + entry * entry, 0))) || 1;
  const silent = pruned ? silentInputs(network, shared) : [];
  const difference = new Float64Array(shared.length); // by far the largest array: made once
  return (guess) => {
    const targets = labels ?? softmaxRows(guess.slice(rows * inputs), classes);
    const pass = passOf(network, guess.slice(0, rows * inputs), targets, rows);
    weightGradient(network, pass, difference);
    let loss = 0;
    for (let i = 0; i < difference.length; i++) {
      const entry = shared[i] as number;
      const distance = pruned && entry === 0 ? 0 : ((difference[i] as number) - entry) / unit;
      loss += distance * distance;
      difference[i] = (2 * distance) / unit;
    }
    const slopes = mixedGradient(network, pass, difference);
    const gradient = new Float64Array(guess.length);
    gradient.set(slopes.inputs);
    for (const i of silent) for (let row = 0; row < rows; row++) gradient[row * inputs + i] = 0; // they stay as they began
    if (!labels) gradient.set(throughSoftmax(slopes.targets, targets, classes), rows * inputs);
    return { loss, gradient };
  };
}

/** Inputs that left no trace in the first layer's gradient: they were 0, or nearly. */
export function silentInputs(network: Multilayer, shared: Numbers): number[] {
  const { at, inputs, outputs } = layersOf(network)[0] as Layer;
  return Array.from({ length: inputs }, (_, i) => i).filter(
    (i) => !shared.subarray(at + i * outputs, at + (i + 1) * outputs).some((entry) => entry !== 0),
  );
}

/** Slopes by probabilities as slopes by the logits behind them. */
function throughSoftmax(slopes: Numbers, probabilities: Numbers, classes: number): Numbers {
  const through = new Float64Array(slopes.length);
  for (let from = 0; from < slopes.length; from += classes) {
    let mean = 0;
    for (let i = from; i < from + classes; i++) mean += (slopes[i] as number) * (probabilities[i] as number);
    for (let i = from; i < from + classes; i++) through[i] = (probabilities[i] as number) * ((slopes[i] as number) - mean);
  }
  return through;
}
