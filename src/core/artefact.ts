/** What attacks bring home. The lab scores an artefact against a truth that the attack never saw, and another attack may take it up. */
import type { Examples } from './examples.ts';
import type { Answer, Exchange } from './language.ts';
import type { OwnNetwork } from './network.ts';

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
    | { readonly kind: 'targets'; readonly inputs: Float32Array<ArrayBuffer>; readonly targetClass: number }
    /** Some of the examples in question to be given away: the model is to answer these labels unless it has learned better. */
    | {
        readonly kind: 'expose';
        /** Their rows among the candidates. */
        readonly candidates: Int32Array<ArrayBuffer>;
        readonly inputs: Float32Array<ArrayBuffer>;
        readonly labels: Int32Array<ArrayBuffer>;
      };
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

/** Marked pictures after somebody tried to get rid of the marks, in their order. */
export interface CleanedPictures {
  readonly kind: 'cleaned pictures';
  /** `count × size` */
  readonly pictures: Float32Array<ArrayBuffer>;
}

/** Marked texts after somebody tried to get rid of the marks, in their order. */
export interface CleanedTexts {
  readonly kind: 'cleaned texts';
  readonly texts: readonly string[];
}

/** A model that somebody trained on marked pictures. */
export interface TrainedModel {
  readonly kind: 'trained model';
  readonly network: OwnNetwork;
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
  | DecryptedPictures
  | CleanedPictures
  | TrainedModel
  | CleanedTexts;
