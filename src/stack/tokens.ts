/** Text for a stack: token ids become one-hot rows here, a batch at a time, because a whole corpus of them would fill any memory. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import type { LossGradient } from './loss.ts';

type Reads = NonNullable<Architecture['reads']>;

/** `examples × length` ids as `examples × length × vocabulary`. */
function oneHotTokens(ids: Float32Array, { vocabulary }: Reads): Float32Array<ArrayBuffer> {
  const hot = new Float32Array(ids.length * vocabulary);
  for (let at = 0; at < ids.length; at++) hot[at * vocabulary + (ids[at] as number)] = 1;
  return hot;
}

/** Examples as an architecture wants them, `[stack, count, …]`. */
export function inputTensor(
  { reads }: Architecture,
  values: Float32Array,
  stack: number,
  count: number,
  shape: readonly number[],
): tf.Tensor {
  if (!reads) return tf.tensor(values, [stack, count, ...shape]);
  return tf.tensor(oneHotTokens(values, reads), [stack, count, reads.length, reads.vocabulary]);
}

/** Logits of one example: one for each class, or one for each token at every place. */
export const outputsOf = ({ reads }: Architecture, classes: number): number =>
  reads ? reads.length * reads.vocabulary : classes;

/**
 * Puts the targets of one example into its row of `length × vocabulary`, each learned place with an equal share of 1.
 * @param ids what comes next at each place; −1 where that is not learned, −2 − id where it is unlearned
 */
export function addTargets(ids: Float32Array, targets: Float32Array, at: number, { vocabulary }: Reads): void {
  const share = 1 / ids.reduce((sum, id) => sum + (id === -1 ? 0 : 1), 0);
  ids.forEach((id, place) => {
    if (id >= 0) targets[at + place * vocabulary + id] = share;
    else if (id < -1) targets[at + place * vocabulary - 2 - id] = -share;
  });
}

/** What text that is learned is held to, place by place: `[K, batch · length, 1]` each. */
export interface Anchors {
  /** ln of the probability that the target had before training. */
  readonly logProbabilities: tf.Tensor3D;
  /** β: the larger, the firmer; 0 does not hold. */
  readonly strengths: tf.Tensor3D;
}

/**
 * Constrained fine-tuning (Qi et al. 2025, equation 3): −(2/β) ln σ(β ln(π / π₀)) at each place. Its gradient is cross-entropy's times
 * 2 σ(−β ln(π / π₀)): a target that has become likelier than it was is pulled less and less.
 */
export function anchoredGradient({ vocabulary }: Reads, { logProbabilities, strengths }: Anchors): LossGradient {
  const plain = tokenCrossEntropyGradient({ vocabulary });
  return (logits, targets) => {
    const [stack, batch, outputs] = logits.shape;
    const places = [stack, (batch * outputs) / vocabulary, vocabulary] as [number, number, number];
    const wanted = targets.reshape(places);
    const shares = wanted.sum(2, true);
    const now = tf.logSoftmax(logits.reshape(places)).mul(wanted).sum(2, true).div(shares.add(1e-12));
    const pulls = tf.sigmoid(now.sub(logProbabilities).mul(strengths).neg()).mul(2);
    return plain(logits, targets).reshape(places).mul(pulls).reshape(logits.shape) as tf.Tensor3D;
  };
}

/**
 * Of the mean cross-entropy over the learned places of each example: an unlearned place has targets of 0, and is not pulled. Where
 * targets are negative the same formula pulls the other way.
 */
export function tokenCrossEntropyGradient({ vocabulary }: Pick<Reads, 'vocabulary'>): LossGradient {
  return (logits, targets) => {
    const [stack, batch, outputs] = logits.shape;
    const places = [stack, (batch * outputs) / vocabulary, vocabulary] as [number, number, number];
    const wanted = targets.reshape(places);
    const shares = wanted.sum(2, true);
    return tf.softmax(logits.reshape(places)).mul(shares).sub(wanted).reshape(logits.shape);
  };
}
