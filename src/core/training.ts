/**
 * Training as plain values: a job says what to train and comes back as weights. A job holds no tensors and no functions, so
 * it can be run here, sent to a worker, cut into pieces for several workers, or run again when one of them has died; the
 * result is the same each time, because each member of a stack draws from streams of its own.
 */
import type { Params, Values } from './params.ts';

export const optimizers = ['sgd', 'momentum', 'adam'] as const;
export type OptimizerName = (typeof optimizers)[number];

/**
 * How one network is trained, after the defenses have had their say. The members of a stack may differ in everything but what
 * decides which operations a step is made of, and how many steps there are: see `stackable`.
 */
export interface TrainingPlan {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** L2 penalty on all parameters: its gradient, `weightDecay · w`, is added to the loss's. */
  readonly weightDecay: number;
  /** Probability with which a hidden unit is dropped. */
  readonly dropout: number;
  /** Share of the target's mass that is spread over all classes; below 0, what is taken from the others beyond 0. */
  readonly labelSmoothing: number;
  /** DP-SGD: clip every example's gradient to this norm, add noise, draw batches by Poisson sampling. */
  readonly privacy: { readonly clip: number; readonly noiseMultiplier: number; readonly delta: number } | null;
  /** RelaxLoss: the mean loss under which training stops descending. */
  readonly relaxLoss: number | null;
  /** BiDO: what is added to the loss so that hidden activations depend less on the inputs, and still on the class. */
  readonly dependence: { readonly inputs: number; readonly outputs: number } | null;
  /** Vaccine: how far hidden values are pushed uphill before each step, so that what is learned holds where they are pushed later. */
  readonly vaccine: { readonly radius: number } | null;
  /** Of text: how firmly what is answered is held to what it was before training, at the first characters of an answer and after. */
  readonly anchor: { readonly characters: number; readonly first: number; readonly later: number } | null;
  /** What is learned: distributions over classes, or numbers from 0 to 1, each output for itself. */
  readonly loss: 'softmax' | 'sigmoid';
  /** Learn only the last layer, on top of a network that was trained on public examples. */
  readonly transfer: boolean;
  /** Train a teacher on the members, then publish a student that has only seen the teacher's answers on public data. */
  readonly distillation: { readonly temperature: number } | null;
}

export interface ModelChoice {
  readonly id: string;
  readonly options: Values<Params>;
}

/** One network of a stack: what it learns, and how. */
export interface StackMember {
  readonly plan: TrainingPlan;
  /** Rows of `inputs` that it is trained on. */
  readonly indices: Int32Array<ArrayBuffer>;
  /** Which of the job's `targets` it learns. */
  readonly targets: number;
  /** Names the streams of its initial weights, batches, dropout and noise. */
  readonly seed: string;
  /** Weights to begin with, instead of random ones. */
  readonly start?: Weights;
  /** How many of the first layers stay as they are. */
  readonly frozen?: number;
  /** Examples on which to report its loss and accuracy now and then while it is trained. */
  readonly watch: readonly Watch[];
}

export interface TrainingJob {
  readonly model: ModelChoice;
  /** Shape of one input. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** `rows × size` inputs that all members share. */
  readonly inputs: Float32Array<ArrayBuffer>;
  /** Tables of `rows × classes` target distributions. */
  readonly targets: readonly Float32Array<ArrayBuffer>[];
  readonly members: readonly StackMember[];
  /**
   * Of text, `rows × length`: ln of the probability that each target had before training. Needed where a plan holds to it.
   */
  readonly anchors?: Float32Array<ArrayBuffer>;
}

export interface Watch {
  readonly name: string;
  readonly inputs: Float32Array<ArrayBuffer>;
  /** A class an example; of text a character a place, below 0 where none is asked for. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Where training is. Steps are counted over all members. */
export interface TrainingReport {
  readonly done: number;
  readonly total: number;
  /** Passes over the examples so far, a fraction within one. */
  readonly epoch: number;
  /** Milliseconds since the first step began: making the stack ready is not counted, being paused is. */
  readonly elapsed: number;
  /** What was measured, if anything: a list a member, empty for those that were not. */
  readonly watched?: readonly (readonly Measured[])[];
  /** Said where the stack did not fit into memory: how many networks are trained at a time. */
  readonly atOnce?: number;
}

export interface Measured {
  readonly name: string;
  readonly loss: number;
  readonly accuracy: number;
  /** Each example's cross-entropy. */
  readonly losses: Float32Array<ArrayBuffer>;
}

/** One network's numbers: every layer's weights `[inputs, outputs]`, then its bias, one layer after another. */
export type Weights = Float32Array<ArrayBuffer>;

export interface LogitsJob {
  readonly model: ModelChoice;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly weights: readonly Weights[];
  readonly inputs: Float32Array<ArrayBuffer>;
  /** Ask for what goes into the last layer instead of what comes out of it. */
  readonly features?: boolean;
}

/** How outputs move with inputs or with weights: the backward pass of each network, begun with `pull`. */
export interface GradientsJob extends LogitsJob {
  /** For each network `rows × outputs`, or `rows × units` of its features: what each output's movement counts. */
  readonly pull: readonly Float32Array<ArrayBuffer>[];
  readonly of: 'inputs' | 'weights';
  /**
   * For each network a direction of its weights. Then it is asked how what the outputs gain along it, Σ pull · ∂ output / ∂ weights · along,
   * moves with the inputs.
   */
  readonly along?: readonly Weights[];
}

/** What the lab asks of whoever has a device: one thread, a pool of workers, a GPU. */
export interface Compute {
  /** `wasm`, `webgpu`, `webgl` or `cpu`. */
  readonly backend: string;
  /** Trains every member and returns their weights in order. Ending the generator early stops the work. */
  train(job: TrainingJob): AsyncGenerator<TrainingReport, Weights[]>;
  /** `rows × classes` logits for each of the networks. */
  logits(job: LogitsJob): Promise<Float32Array<ArrayBuffer>[]>;
  /** For each network `rows × size`, every input's gradient; or one array as long as its weights. */
  gradients(job: GradientsJob): Promise<Float32Array<ArrayBuffer>[]>;
}

/** Steps that a plan takes on that many examples: each epoch ends with a short batch, a private one is drawn by chance. */
export function stepsOf(plan: TrainingPlan, examples: number): number {
  return plan.privacy ? Math.ceil((plan.epochs * examples) / plan.batchSize) : plan.epochs * Math.ceil(examples / plan.batchSize);
}

/** Whether two networks can be trained in one stack: the same operations on equally many examples, equally often. */
export function stackable(a: StackMember, b: StackMember): boolean {
  const [p, q] = [a.plan, b.plan];
  return (
    p.optimizer === q.optimizer &&
    p.batchSize === q.batchSize &&
    p.epochs === q.epochs &&
    p.loss === q.loss &&
    (a.frozen ?? 0) === (b.frozen ?? 0) &&
    (p.privacy === null) === (q.privacy === null) &&
    (p.anchor === null) === (q.anchor === null) &&
    a.indices.length === b.indices.length
  );
}
