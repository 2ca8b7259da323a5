/**
 * Losses of a stack. A step needs only their gradient with respect to the logits, so that is how they are written: shorter and
 * cheaper than letting TF.js take softmax and logarithm apart, and each network of the stack may go another direction.
 */
import * as tf from '@tensorflow/tfjs';

/** Which way each logit is pushed: ∂ loss / ∂ logits of each example, `[K, batch, classes]`, for target distributions. */
export type LossGradient = (logits: tf.Tensor3D, targets: tf.Tensor3D) => tf.Tensor3D;

/** Of cross-entropy: softmax − targets. */
export const crossEntropyGradient: LossGradient = (logits, targets) => tf.softmax(logits).sub(targets);

/** Of binary cross-entropy, each output for itself: sigmoid − target. Targets lie between 0 and 1, as grey values do. */
export const binaryCrossEntropyGradient: LossGradient = (logits, targets) => tf.sigmoid(logits).sub(targets);

/** Cross-entropy of each example, `[K, batch, 1]`. */
export function crossEntropy(logits: tf.Tensor3D, targets: tf.Tensor3D): tf.Tensor3D {
  return targets.mul(tf.logSoftmax(logits)).sum(2, true).neg() as tf.Tensor3D;
}

/**
 * RelaxLoss (Chen, Yu & Fritz 2022, algorithm 1). Above the level `alpha` it is cross-entropy. Below it, even epochs ascend,
 * and odd ones flatten the answer: the target keeps the probability that the true class has now, and the rest is spread
 * evenly over the other classes. Targets must be one-hot.
 * @param alphas each network's level, `[K, 1, 1]`; −∞ for plain cross-entropy
 * @param weights `[K, batch, 1]`, each network's shares of its batch mean
 */
export function relaxLossGradient(alphas: tf.Tensor3D, evenEpoch: boolean, weights: tf.Tensor3D): LossGradient {
  return (logits, targets) => {
    const gradient = crossEntropyGradient(logits, targets);
    const below = crossEntropy(logits, targets).mul(weights).sum(1, true).lessEqual(alphas); // [K, 1, 1]
    let relaxed: tf.Tensor;
    if (evenEpoch) relaxed = gradient.neg();
    else {
      const probabilities = gradient.add(targets);
      const onTarget = probabilities.mul(targets).sum(2, true);
      const onEachOther = onTarget
        .neg()
        .add(1)
        .div(logits.shape[2] - 1);
      const flattened = targets.mul(onTarget).add(targets.neg().add(1).mul(onEachOther));
      relaxed = probabilities.sub(flattened);
    }
    const isBelow = below.toFloat(); // a weighted sum rather than tf.where, which does not broadcast on every backend
    return relaxed.mul(isBelow).add(gradient.mul(isBelow.neg().add(1)));
  };
}

/**
 * Where a backward pass begins: a scalar whose gradient with respect to the logits is weights · loss gradient. Its own value is 0,
 * since nobody looks at it.
 */
export function pull(loss: LossGradient, logits: tf.Tensor3D, targets: tf.Tensor3D, weights: tf.Tensor3D): tf.Scalar {
  const start = tf.customGrad((x, save) => {
    (save as tf.GradSaveFunc)([loss(x as tf.Tensor3D, targets).mul(weights)]);
    return { value: tf.scalar(0), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => (saved[0] as tf.Tensor).mul(dy) };
  });
  return start(logits) as tf.Scalar;
}
