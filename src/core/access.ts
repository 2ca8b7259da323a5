/**
 * What an attacker may touch, and nothing else. Each access that an attack can declare is a type: black-box code cannot reach the weights
 * because its type does not have them.
 */
import type { DataKind } from './dataset.ts';
import type { Examples } from './examples.ts';
import type { PromptTarget, TokenTarget } from './language.ts';
import type { OwnNetwork } from './network.ts';

/** Answers say what they are: a table of probabilities is not a table of logits, and its type carries that. */
export interface Probabilities {
  readonly kind: 'probabilities';
  /** `count × classes`; every row sums to 1, but for what a defense has rounded away. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly count: number;
  readonly classes: number;
  /** 1 where a defense refused to answer: that row is all zeros. Absent where everything was answered. */
  readonly refused?: Uint8Array<ArrayBuffer>;
}

export interface Labels {
  readonly kind: 'labels';
  /** −1 where a defense refused to answer. */
  readonly values: Int32Array<ArrayBuffer>;
}

/** What an attacker may do with the model under attack. Every query is counted. */
export interface LabelTarget {
  labels(inputs: Float32Array<ArrayBuffer>): Promise<Labels>;
}

export interface ProbabilityTarget extends LabelTarget {
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
}

/** What of an answer an attacker makes as large as she can. */
export const objectives = ['logit', 'probability', 'log-probability'] as const;
export type Objective = (typeof objectives)[number];

/** The model itself in the attacker's hands: what it answers, and how each answer moves with the input. */
export interface GradientTarget extends ProbabilityTarget {
  /**
   * How one number of each answer moves with its input, `count × size`.
   * @param classes the class of each row
   * @param objective `logit`: that class's logit, which no defense of the answers can reach; `probability`: what is answered for it, with
   * all that a defense does to the answer; `log-probability`: its logarithm, 0 where the answer is 0
   * @param straightThrough takes the defenses of the answers for the identity: how an attacker who knows of them differentiates a step
   */
  gradients(
    inputs: Float32Array<ArrayBuffer>,
    classes: Int32Array,
    objective: Objective,
    straightThrough: boolean,
  ): Promise<Float32Array<ArrayBuffer>>;
}

/** What everybody sees who receives one participant's update in federated learning. */
export interface SharedGradientTarget {
  /** The network that she was sent: its architecture, and its weights. */
  readonly network: OwnNetwork;
  /**
   * The mean gradient over her next batch of private examples, every layer's weights and then its bias, behind the lane's defenses.
   * In double precision.
   */
  share(batchSize: number): Promise<Float64Array<ArrayBuffer>>;
}

/** A training set that an attacker may add to or change before anybody trains on it. */
export interface TrainingSetTarget {
  readonly examples: Examples;
}

/** An assistant that also tells how likely it finds an answer: what the model itself thinks, whatever stands before it. */
export interface PromptProbabilityTarget extends PromptTarget {
  /** For each prompt minus ln of the probability that the answer begins so, a character on average. */
  losses(prompts: readonly string[], beginning: string): Promise<Float64Array<ArrayBuffer>>;
}

/** An assistant whose weights somebody holds. */
export interface PromptGradientTarget extends PromptProbabilityTarget {
  /** How each prompt's loss moves with each of its characters: `characters × vocabulary`, for a character that is more or less there. */
  gradients(prompts: readonly string[], beginning: string): Promise<Float32Array<ArrayBuffer>[]>;
}

/** A service that goes on training an assistant on whatever it is sent. */
export interface FineTuningTarget {
  /** The most examples that it takes. */
  readonly mostExamples: number;
}

/** A table whose cells are encrypted, column by column, each column with a key of its own. */
export interface EncryptedTable {
  readonly rows: number;
  readonly columns: readonly EncryptedColumn[];
}

export interface EncryptedColumn {
  /** Whether of two ciphertexts the larger stands for the larger value. */
  readonly keepsOrder: boolean;
  /** All that occur, ascending where they keep the order, by their first appearance where they do not. */
  readonly ciphertexts: readonly string[];
  /** For each row, which of them. */
  readonly cells: Int32Array<ArrayBuffer>;
}

/** Pictures whose blocks are in disorder. */
export interface EncryptedPictures {
  readonly count: number;
  /** `count × size`, in the shape of the plain ones. */
  readonly pictures: Float32Array<ArrayBuffer>;
  /** Pixels along each side of a block: how is no secret, only the key is. */
  readonly side: number;
  /** The first of the attacker's own pictures, and what the owner's encryption makes of them; `count × size` each. */
  pairs(count: number): { readonly plain: Float32Array<ArrayBuffer>; readonly encrypted: Float32Array<ArrayBuffer> };
}

/** Mixtures of private pictures with each other and with public ones. */
export interface Encodings {
  readonly count: number;
  /** `count × size`; a picture's values are from −1 to 1 there, and each sum has a sign by a coin. */
  readonly encodings: Float32Array<ArrayBuffer>;
  /** `count × classes`: what the private pictures of each class weigh in each of them. */
  readonly labels: Float32Array<ArrayBuffer>;
  readonly classes: number;
  /** How many private pictures there are. */
  readonly pictures: number;
  /**
   * `count × size`: what the public pictures add to each, before it lost its sign; absent where there are none. Only for who knows which they
   * are and what they weigh.
   */
  readonly strangers?: Float32Array;
}

/** Pictures that carry their owner's mark, as anybody gets them. */
export interface MarkedPictures {
  readonly count: number;
  /** `count × size` */
  readonly pictures: Float32Array<ArrayBuffer>;
  /** What is on each of them. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** Texts that a language model wrote, with its owner's mark in the choice of words. */
export interface MarkedTexts {
  readonly texts: readonly string[];
}

export interface Targets {
  labels: LabelTarget;
  probabilities: ProbabilityTarget;
  gradients: GradientTarget;
  'shared-gradients': SharedGradientTarget;
  'training-data': TrainingSetTarget;
  tokens: TokenTarget;
  prompts: PromptTarget;
  'prompt-probabilities': PromptProbabilityTarget;
  'prompt-gradients': PromptGradientTarget;
  'fine-tuning': FineTuningTarget;
  'encrypted-table': EncryptedTable;
  'encrypted-pictures': EncryptedPictures;
  encodings: Encodings;
  'marked-pictures': MarkedPictures;
  'marked-texts': MarkedTexts;
}

export type Access = keyof Targets;

/** What each access is an access to. */
export const dataOf = {
  labels: 'examples',
  probabilities: 'examples',
  gradients: 'examples',
  'shared-gradients': 'examples',
  'training-data': 'examples',
  tokens: 'documents',
  prompts: 'assistant',
  'prompt-probabilities': 'assistant',
  'prompt-gradients': 'assistant',
  'fine-tuning': 'assistant',
  'encrypted-table': 'examples',
  'encrypted-pictures': 'examples',
  encodings: 'examples',
  'marked-pictures': 'examples',
  'marked-texts': 'documents',
} as const satisfies Readonly<Record<Access, DataKind>>;

/** Those to data that is protected; no model is attacked there. */
const protectedAccesses = ['encrypted-table', 'encrypted-pictures', 'encodings', 'marked-pictures', 'marked-texts'] as const;
export type ProtectedAccess = (typeof protectedAccesses)[number];
export const isProtected = (access: Access): access is ProtectedAccess =>
  (protectedAccesses as readonly Access[]).includes(access);
