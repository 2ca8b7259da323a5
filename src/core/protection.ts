/**
 * A protection is what is done to data before it leaves its owner's hands: it is encrypted, encoded or marked. What comes of it is all
 * that an attacker of data sees, and all that a model learns from. A defense is the same protection with other options.
 */
import type { ProtectedAccess, Targets } from './access.ts';
import type { Paper, Setting } from './attack.ts';
import type { LaneEvent } from './event.ts';
import type { Examples } from './examples.ts';
import type { OwnNetwork, OwnTraining } from './network.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';
import type { Column } from './table.ts';
import type { PlacedWord, Speller } from './words.ts';

/** What an owner of examples has. */
export interface OwnerContext {
  readonly examples: Examples;
  /** Others, to ask a model that learned from the protected ones. */
  readonly test: Examples;
  /** Public examples of the same kind. */
  readonly auxiliary: Examples;
  readonly shape: readonly number[];
  readonly classes: number;
  readonly columns: readonly Column[];
  /** Keys are drawn from it, and whatever else must not be known. */
  readonly random: Random;
  /** Trains one network of the owner's own. @throws Diverged */
  trainNetwork(training: OwnTraining): AsyncGenerator<LaneEvent, OwnNetwork>;
  /** A network that has weights already, such as a part of one that was trained. */
  network(built: Pick<OwnTraining, 'model' | 'shape' | 'outputs'>, weights: OwnNetwork['weights']): OwnNetwork;
}

/** What an owner has whose language model writes. */
export interface WriterContext {
  readonly model: Speller;
  readonly random: Random;
}

/** What a model learns from protected data, and what it is asked. */
export interface Learnable {
  readonly shape: readonly number[];
  /** `count × size` */
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `count × classes`, distributions. */
  readonly targets: Float32Array<ArrayBuffer>;
  readonly test: Examples;
}

/** How the owner of marked pictures looks for the mark. */
export interface PictureReader {
  readonly bits: number;
  /** What was written into pictures of a class: a 0 or 1 a bit. */
  messageOf(label: number): Uint8Array;
  /** What is read of each picture, marked or not: `pictures × bits`, a 0 or 1 a bit. */
  read(pictures: Float32Array<ArrayBuffer>): Promise<Uint8Array>;
  /**
   * Of a mark that differs from class to class: pictures with it laid on by the owner, or with that of somebody else who does the same: to see whether a model has learned it.
   * @param stranger the number of somebody else; the owner where there is none
   */
  stamped?(pictures: Float32Array<ArrayBuffer>, label: number, stranger?: number): Float32Array<ArrayBuffer>;
}

/** How the owner of marked texts looks for the mark. */
export interface TextReader {
  /** The words of a text that say something about the mark, in their order, by the key that fits best. */
  read(text: string): readonly CountedWord[];
  /** The share of green ones in a text that nobody marked. */
  readonly share: number;
  /** How many keys are tried. */
  readonly keys: number;
}

export interface CountedWord extends PlacedWord {
  /** Whether it is one of those that the mark prefers. */
  readonly green: boolean;
}

/** What protected data of either kind is: what leaves its owner's hands, and what stays. */
export interface Protected<A extends ProtectedAccess> {
  /** What leaves the owner's hands. */
  readonly released: Targets[A];
  /** What a model may learn from it; texts are not learned from here. */
  readonly learnable: A extends 'marked-texts' ? undefined : Learnable;
  /** Of marked data: how its owner looks for the mark. */
  readonly reader: A extends 'marked-pictures' ? PictureReader : A extends 'marked-texts' ? TextReader : undefined;
}

export interface Protection<A extends ProtectedAccess = ProtectedAccess, P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is done to the data, and what it stands for. */
  readonly says: string;
  readonly paper: Paper;
  readonly access: A;
  readonly params: P;
  /** Why such data cannot be protected like that, or undefined where it can. */
  refuses?(options: Values<P>, setting: Setting): string | undefined;
  protect(
    options: Values<P>,
    owner: A extends 'marked-texts' ? WriterContext : OwnerContext,
  ): AsyncGenerator<LaneEvent, Protected<A>>;
}

export const defineProtection = <const A extends ProtectedAccess, P extends Params>(
  protection: Protection<A, P>,
): Protection<A, P> => protection;
