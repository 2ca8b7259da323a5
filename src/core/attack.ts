/**
 * An attack declares once what it is, what it may touch and what it needs, and then does its work against a `target` that
 * has nothing else: black-box code cannot reach the weights because its type does not have them. It never sees the truth.
 * It returns an artefact (scores, pictures, a stolen model, a poisoned training set), which the lab scores and another attack may
 * take up.
 */
import type { DataKind } from './dataset.ts';
import type { Decoder } from './decoder.ts';
import type { LaneEvent, MetricName } from './event.ts';
import type { Examples } from './examples.ts';
import type { Answer, Exchange, Forbidden, PromptTarget, Secret, TokenTarget } from './language.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';
import type { Column } from './table.ts';
import type { ModelChoice, TrainingPlan, Weights } from './training.ts';

export const axes = ['data-to-data', 'data-to-model', 'model-to-data', 'model-to-model'] as const;
export type Axis = (typeof axes)[number];

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly venue: string;
  readonly year: number;
  readonly arxiv?: string;
  readonly doi?: string;
}

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
}
export type Access = keyof Targets;

/** Models that the attacker trained with the victim's recipe. */
export interface ShadowModels {
  readonly count: number;
  /** Every shadow model's answers to the same inputs. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
}

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

export interface AttackContext {
  /** The examples whose membership is in question, members and non-members shuffled together. */
  readonly candidates: Examples;
  /** Other examples of the same distribution, none of them a candidate. */
  readonly population: Examples;
  /** Examples of the same kind and of other classes than the victim's, where the dataset has them. */
  readonly others: Examples;
  /** Shape of one input. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** The victim's architecture, and how it is trained. */
  readonly model: ModelChoice;
  readonly plan: TrainingPlan;
  readonly random: Random;
  /** What the model answered when others asked about their private examples, the first so many members: the attacker sees no input. */
  overhear(count: number): Promise<Probabilities>;
  /**
   * Trains shadow models as the target was trained, defenses of training included: the attacker knows the recipe.
   * @param examples what they are trained on
   * @param members for each model, the rows of `examples` that it sees
   * @param first the number of the first of them, so that models of a second call are others
   */
  trainShadowModels(
    examples: Examples,
    members: readonly Int32Array<ArrayBuffer>[],
    first: number,
  ): AsyncGenerator<LaneEvent, ShadowModels>;
  /** Trains one network of the attacker's own. @throws Diverged */
  trainNetwork(training: OwnTraining): AsyncGenerator<LaneEvent, OwnNetwork>;
  /** A network of the attacker's own that has weights already, such as a part of one that she trained. */
  network(built: Pick<OwnTraining, 'model' | 'shape' | 'outputs'>, weights: Weights): OwnNetwork;
}

/** What whoever reads a language model's secrets out of it has besides access. */
export interface ExtractionContext {
  /** Whose secrets are in question and how they are told, those of people whose secret was never told among them. */
  readonly secrets: readonly Omit<Secret, 'repetitions'>[];
  readonly codeSpace: number;
  /** The model that this one began as, before it saw anything private. */
  readonly publicModel: Decoder;
  readonly random: Random;
}

/** What whoever wants an assistant to tell what it must not has besides access. */
export interface AssistantContext {
  /** What she knows already, so that she can show what she wants. */
  readonly owned: readonly Forbidden[];
  /** The names of what she wants to be told. */
  readonly wanted: readonly string[];
  /** Ways to ask. */
  readonly questions: readonly ((name: string) => string)[];
  /** How a willing assistant would tell a code, and what it says before it. */
  readonly telling: (code: string) => string;
  readonly opening: string;
  readonly refusal: string;
  /** What anybody may ask, with its answers. */
  readonly benign: readonly Exchange[];
  /** Characters that a prompt and its answer may have together. */
  readonly length: number;
  readonly random: Random;
}

/** What whoever attacks protected data has besides it. */
export interface ProtectedContext {
  /** Plain examples that are not among the protected ones: public pictures, the table of another year. */
  readonly auxiliary: Examples;
  /** Shape of one plain example. */
  readonly shape: readonly number[];
  /** Of a table: what its columns hold. */
  readonly columns: readonly Column[];
  readonly random: Random;
}

export interface Contexts {
  labels: AttackContext;
  probabilities: AttackContext;
  gradients: AttackContext;
  'shared-gradients': AttackContext;
  'training-data': AttackContext;
  tokens: ExtractionContext;
  prompts: AssistantContext;
  'prompt-probabilities': AssistantContext;
  'prompt-gradients': AssistantContext;
  'fine-tuning': AssistantContext;
  'encrypted-table': ProtectedContext;
  'encrypted-pictures': ProtectedContext;
  encodings: ProtectedContext;
}

/** For every candidate, how much it looks like a member: higher is likelier. */
export interface MembershipScores {
  readonly kind: 'membership';
  readonly scores: Float64Array<ArrayBuffer>;
}

/** A copy of the model under attack. What it cost is counted where the questions are answered. */
export interface StolenModel {
  readonly kind: 'stolen model';
  readonly network: OwnNetwork;
  /** What a thousand answers cost, where they do. */
  readonly price?: number;
}

/** What a model gave away of its classes: one picture for each of them. */
export interface InvertedClasses {
  readonly kind: 'inverted classes';
  /** `classes.length × size` */
  readonly pictures: Float32Array<ArrayBuffer>;
  readonly classes: Int32Array<ArrayBuffer>;
}

/** Inputs that were got back one by one, in an order of the attacker's. */
export interface RecoveredInputs {
  readonly kind: 'recovered inputs';
  /**
   * What they are held against: the participant's batches, one behind the other and in no order within each; the inputs whose
   * answers the attacker was shown; or all private examples, in no order.
   */
  readonly of: 'batch' | 'members' | 'all';
  /** `count × size`; rows of NaN where nothing was recovered. */
  readonly inputs: Float64Array<ArrayBuffer>;
  /** The class that the attacker thinks each has; −1 where she does not know. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** What is done to an input to spring a backdoor: `(1 − mask) · x + mask · pattern`. */
export interface Trigger {
  /** Opacity of each value, from 0 to 1. */
  readonly mask: Float32Array<ArrayBuffer>;
  readonly pattern: Float32Array<ArrayBuffer>;
}

/** A training set after an attacker was there, and what she wants of the model that is trained on it. */
export interface Poison {
  readonly kind: 'poison';
  readonly examples: Examples;
  /** Rows of `examples` that she changed or added. */
  readonly poisoned: Int32Array<ArrayBuffer>;
  readonly goal:
    | { readonly kind: 'trigger'; readonly trigger: Trigger; readonly targetClass: number }
    /** Examples of one class to be taken for another. */
    | { readonly kind: 'confuse'; readonly sourceClass: number; readonly targetClass: number }
    /** As many wrong answers as possible. */
    | { readonly kind: 'degrade' }
    /** These very inputs, which nobody changes, to be taken for a class. */
    | { readonly kind: 'targets'; readonly inputs: Float32Array<ArrayBuffer>; readonly targetClass: number };
}

/** How soon each secret comes where all codes are tried, likeliest first; in the order of the context. */
export interface SecretRanks {
  readonly kind: 'secret ranks';
  /** 1 for the first guess; NaN where it is not known yet. */
  readonly ranks: Float64Array<ArrayBuffer>;
  /** The same in bits, by a distribution fitted to a sample of codes. */
  readonly approximated: Float64Array<ArrayBuffer>;
}

/** Each secret as the attacker guesses it, in the order of the context; empty where she has no guess yet. */
export interface GuessedSecrets {
  readonly kind: 'guessed secrets';
  readonly guesses: readonly string[];
}

/** Texts that a model wrote, those first that look most as if it had them by heart. */
export interface ExtractedTexts {
  readonly kind: 'extracted texts';
  readonly texts: readonly { readonly text: string; readonly score: number }[];
  /** How many of the first are handed in as stolen. */
  readonly claimed: number;
}

/** What a fine-tuning service is sent. */
export interface FineTuningSet {
  readonly kind: 'fine-tuning set';
  readonly exchanges: readonly Exchange[];
  /** What she puts before each question afterwards. */
  readonly address: string;
  readonly learningRate: number;
  readonly steps: number;
  /** Of the matrices by which the weights may move; 0 where each may move by itself. */
  readonly rank: number;
}

/** What an assistant was asked and what it answered, to be told its secrets. */
export interface Attempts {
  readonly kind: 'attempts';
  /** Of each secret that is wanted, in the order of the context: all that was tried, until it was told or given up. */
  readonly attempts: readonly (readonly Attempt[])[];
  /** The code that she takes each of them for; empty where she has none. */
  readonly claims: readonly string[];
}

export interface Attempt extends Answer {
  readonly prompt: string;
}

/** What each ciphertext of a table is taken for. */
export interface DecryptedTable {
  readonly kind: 'decrypted table';
  /** For each column and each of its ciphertexts, the number of a value. */
  readonly columns: readonly Int32Array<ArrayBuffer>[];
}

/** What encrypted pictures were before, as the attacker thinks, in their order. */
export interface DecryptedPictures {
  readonly kind: 'decrypted pictures';
  /** `count × size` */
  readonly pictures: Float32Array<ArrayBuffer>;
  /** Pixels along the side of a block. */
  readonly side: number;
}

export type Artefact =
  | MembershipScores
  | StolenModel
  | InvertedClasses
  | RecoveredInputs
  | Poison
  | SecretRanks
  | GuessedSecrets
  | ExtractedTexts
  | FineTuningSet
  | Attempts
  | DecryptedTable
  | DecryptedPictures;

/** What an attack yields on its way: what any lane yields, and what it has so far, to be scored as it grows. */
export type AttackEvent = LaneEvent | { readonly type: 'artefact'; readonly artefact: Artefact };

export type Family =
  | 'membership inference'
  | 'model inversion'
  | 'training data extraction'
  | 'poisoning'
  | 'harmful fine-tuning'
  | 'jailbreak'
  | 'model extraction'
  | 'data decryption';

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
} as const satisfies Readonly<Record<Access, DataKind>>;

/** Those to data that is protected; no model is attacked there. */
const protectedAccesses = ['encrypted-table', 'encrypted-pictures', 'encodings'] as const;
export type ProtectedAccess = (typeof protectedAccesses)[number];
export const isProtected = (access: Access): access is ProtectedAccess =>
  (protectedAccesses as readonly Access[]).includes(access);

const utilities = { examples: 'testAccuracy', documents: 'perplexity', assistant: 'testAccuracy' } as const;

/** What tells how good the model still is that is attacked, or that learns from what is protected: what a defense may cost. */
export const utilityOf = ({ access }: Pick<Attack, 'access'>): MetricName => utilities[dataOf[access]];

/** What an attack, or a defense, can be impossible with. */
export interface Setting {
  readonly kind: DataKind;
  readonly shape: readonly number[];
  readonly classes: number;
  /** Of a table; of other data there are none. */
  readonly columns: readonly Column[];
  readonly model: ModelChoice;
  readonly training: TrainingPlan;
}

export interface Attack<A extends Access = Access, P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly family: Family;
  /** One sentence: what leaks, and why it works. */
  readonly says: string;
  readonly paper: Paper;
  readonly access: A;
  /**
   * What the attacker has besides access: candidates with labels, a population, others of the same kind, the training recipe; of text whose
   * secrets are in question, what they are (as an auditor does), the model that it began as, or some of the codes.
   */
  readonly knows: readonly (
    | 'candidates'
    | 'population'
    | 'others'
    | 'recipe'
    | 'owners'
    | 'secrets'
    | 'public-model'
    | 'some-codes'
  )[];
  readonly params: P;
  /** The first is the headline: how well the attack does. */
  readonly metrics: readonly [MetricName, ...MetricName[]];
  /** Why these options cannot attack such data or such a model, or undefined where they can. */
  refuses?(options: Values<P>, setting: Setting): string | undefined;
  run(target: Targets[A], options: Values<P>, context: Contexts[A]): AsyncGenerator<AttackEvent, Artefact>;
}

export const defineAttack = <const A extends Access, P extends Params>(attack: Attack<A, P>): Attack<A, P> => attack;
