/**
 * Losses of a stack. Each is written with its gradient with respect to the logits, which is shorter and cheaper than letting
 * TF.js take softmax and logarithm apart, and lets RelaxLoss choose another direction for each network of the stack.
 */
import * as tf from '@tensorflow/tfjs';

/** What a loss makes of logits: a loss for each example, and which way each logit is pushed. */
export interface Objective {
  /** `[K, batch, 1]` */
  readonly losses: tf.Tensor3D;
  /** ∂ loss / ∂ logits of each example, `[K, batch, classes]`. */
  readonly logitGradient: tf.Tensor3D;
}

export type LossFunction = (logits: tf.Tensor3D, targets: tf.Tensor3D) => Objective;

/** Cross-entropy with target distributions `[K, batch, classes]`; its gradient is softmax − targets. */
export const crossEntropy: LossFunction = (logits, targets) => {
  const shifted = logits.sub(logits.max(2, true));
  const exponentials = shifted.exp();
  const total = exponentials.sum(2, true);
  const logProbabilities = shifted.sub(total.log());
  return {
    losses: targets.mul(logProbabilities).sum(2, true).neg() as tf.Tensor3D,
    logitGradient: exponentials.div(total).sub(targets) as tf.Tensor3D,
  };
};

/**
 * RelaxLoss (Chen, Yu & Fritz 2022, algorithm 1). Above the level `alpha` it is cross-entropy. Below it, even epochs ascend,
 * and odd ones flatten the answer: the target keeps the probability that the true class has now, and the rest is spread
 * evenly over the other classes. Targets must be one-hot.
 * @param weights `[K, batch, 1]`, each network's shares of its batch mean
 */
export function relaxLoss(alpha: number, evenEpoch: boolean, weights: tf.Tensor3D): LossFunction {
  return (logits, targets) => {
    const { losses, logitGradient } = crossEntropy(logits, targets);
    const below = losses.mul(weights).sum(1, true).lessEqual(alpha); // [K, 1, 1]
    let relaxed: tf.Tensor;
    if (evenEpoch) relaxed = logitGradient.neg();
    else {
      const probabilities = logitGradient.add(targets);
      const onTarget = probabilities.mul(targets).sum(2, true);
      const onEachOther = onTarget
        .neg()
        .add(1)
        .div(logits.shape[2] - 1);
      const flattened = targets.mul(onTarget).add(targets.neg().add(1).mul(onEachOther));
      relaxed = probabilities.sub(flattened);
    }
    const isBelow = below.toFloat(); // a weighted sum rather than tf.where, which does not broadcast on every backend
    return { losses, logitGradient: relaxed.mul(isBelow).add(logitGradient.mul(isBelow.neg().add(1))) };
  };
}

/** Σ weights · loss as a scalar that TF.js can differentiate with respect to the logits. */
export function weightedLoss(loss: LossFunction, logits: tf.Tensor3D, targets: tf.Tensor3D, weights: tf.Tensor3D): tf.Scalar {
  const weighted = tf.customGrad((x, save) => {
    const { losses, logitGradient } = loss(x as tf.Tensor3D, targets);
    (save as tf.GradSaveFunc)([logitGradient.mul(weights)]);
    return {
      value: losses.mul(weights).sum(),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => (saved[0] as tf.Tensor).mul(dy),
    };
  });
  return weighted(logits) as tf.Scalar;
}
