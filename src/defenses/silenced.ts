/**
 * Where a network's numbers lie around its last hidden layer: weights are kept layer after layer, each layer's weights
 * `[inputs, outputs]` and then its bias.
 */
import type { Weights } from '../core/training.ts';

/** A bias under which no unit of ours ever speaks. Its size keeps it there: no training moves it so far back. */
const silence = -1e6;

/**
 * The network without some of its last hidden units. Each gets a bias that nothing it sees can lift, so that its ReLU answers 0; what
 * answers 0 gets no gradient either, so it stays silent however the network is trained on.
 */
export function silenced(weights: Weights, units: Iterable<number>, width: number, outputs: number): Weights {
  const own = weights.slice();
  const bias = own.length - outputs * (width + 1) - width;
  for (const unit of units) own[bias + unit] = silence;
  return own;
}
