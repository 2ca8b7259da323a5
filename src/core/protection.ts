/**
 * A protection is what is done to data before it leaves its owner's hands: it is encrypted, encoded or marked. What comes of it is all
 * that an attacker of data sees, and all that a model learns from. A defense is the same protection with other options.
 */

import type { ProtectedAccess, Targets } from './access.ts';
import type { Paper, Setting } from './attack.ts';
import type { Examples } from './examples.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';
import type { Column } from './table.ts';

/** What an owner has. */
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

export interface Protected<A extends ProtectedAccess> {
  /** What leaves the owner's hands. */
  readonly released: Targets[A];
  readonly learnable: Learnable;
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
  protect(options: Values<P>, owner: OwnerContext): Promise<Protected<A>>;
}

export const defineProtection = <const A extends ProtectedAccess, P extends Params>(
  protection: Protection<A, P>,
): Protection<A, P> => protection;
