/**
 * An attack declares once what it is, what it may touch and what it needs, and then does its work against a `target` that has nothing
 * else. It never sees the truth. It returns an artefact (scores, pictures, a stolen model, a poisoned training set), which the lab scores
 * and another attack may take up.
 */
import { type Access, dataOf, type Targets } from './access.ts';
import type { Artefact } from './artefact.ts';
import type { Contexts } from './attacker.ts';
import type { DataKind } from './dataset.ts';
import type { LaneEvent, MetricName } from './event.ts';
import type { Params, Values } from './params.ts';
import type { Column } from './table.ts';
import type { ModelChoice, TrainingPlan } from './training.ts';

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
  | 'data decryption'
  | 'watermark removal';

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

export interface Attack<A extends Access = Access, P extends Params = Params, B extends Artefact['kind'] = Artefact['kind']> {
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly family: Family;
  /** One sentence: what leaks, and why it works. */
  readonly says: string;
  readonly paper: Paper;
  readonly access: A;
  /** What it brings home: says where another attack can take it up. */
  readonly brings: B;
  /** What of others' it can begin with, in a chain of attacks: pictures that another got out of a model. */
  readonly takes?: readonly Artefact['kind'][];
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
  run(
    target: Targets[A],
    options: Values<P>,
    context: Contexts[A],
  ): AsyncGenerator<AttackEvent, Extract<Artefact, { readonly kind: B }>>;
}

export const defineAttack = <const A extends Access, P extends Params, const B extends Artefact['kind']>(
  attack: Attack<A, P, B>,
): Attack<A, P, B> => attack;
