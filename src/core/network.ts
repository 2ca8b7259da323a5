/** A network in the hands of whoever trained it, attacker or defender. */
import type { Probabilities } from './access.ts';
import type { ModelChoice, TrainingPlan, Weights } from './training.ts';

/** A network in the hands of whoever trained it: plain weights, and what can be done with them. */
export interface OwnNetwork {
  readonly model: ModelChoice;
  /** Shape of one input. */
  readonly shape: readonly number[];
  /** Values in one output. */
  readonly outputs: number;
  readonly weights: Weights;
  /** `count × outputs`, before any softmax or sigmoid. */
  logits(inputs: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
  /** What goes into its last layer, `count × units`. */
  features(inputs: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  /** `count × size`: Σ over outputs of `pull` times how each output moves with the input. @param pull `count × outputs` */
  inputGradients(inputs: Float32Array<ArrayBuffer>, pull: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  /** The same of its features. @param pull `count × units` */
  featureGradients(inputs: Float32Array<ArrayBuffer>, pull: Float32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>>;
  /** Σ over all rows and outputs of `pull` times how each output moves with the weights. @param pull `count × outputs` */
  weightGradients(inputs: Float32Array<ArrayBuffer>, pull: Float32Array<ArrayBuffer>): Promise<Weights>;
  /**
   * `count × size`: how what the outputs gain along a direction of the weights, Σ pull · ∂ output / ∂ weights · along, moves with each
   * input. Where a ReLU or a maximum switches counts for nothing, as in every backward pass.
   */
  mixedGradients(
    inputs: Float32Array<ArrayBuffer>,
    pull: Float32Array<ArrayBuffer>,
    along: Weights,
  ): Promise<Float32Array<ArrayBuffer>>;
  /** The same network with other weights. */
  with(weights: Weights): OwnNetwork;
}

/** How an attacker, or a defender, trains a network of her own. */
export interface OwnTraining {
  readonly model: ModelChoice;
  /** Shape of one input; the dataset's unless said otherwise. */
  readonly shape?: readonly number[];
  /** `count × size` */
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `count × outputs`: distributions over classes, or numbers from 0 to 1 where the loss is `sigmoid`. */
  readonly targets: Float32Array<ArrayBuffer>;
  readonly outputs: number;
  readonly plan: Partial<TrainingPlan>;
  /** Weights to begin with, instead of random ones. */
  readonly start?: Weights;
  /** What a reader is told that is going on. */
  readonly phase: string;
  /** Names the random streams: initial weights and batches. */
  readonly seed: string;
}
