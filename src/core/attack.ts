/**
 * An attack declares once what it is, what it may touch and what it needs, and then does its work against a `target` that
 * has nothing else: black-box code cannot reach the weights because its type does not have them. It never sees the truth.
 * It returns an artefact (scores, pictures, a stolen model), which the lab scores and another attack may take up.
 */
import type { LaneEvent, MetricName } from './event.ts';
import type { Examples } from './examples.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';

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
}

export interface Labels {
  readonly kind: 'labels';
  readonly values: Int32Array<ArrayBuffer>;
}

/** What an attacker may do with the model under attack. Every query is counted. */
export interface LabelTarget {
  labels(inputs: Float32Array<ArrayBuffer>): Promise<Labels>;
}
export interface ProbabilityTarget extends LabelTarget {
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
}

export interface Targets {
  labels: LabelTarget;
  probabilities: ProbabilityTarget;
}
export type Access = keyof Targets;

/** Models that the attacker trained with the victim's recipe. */
export interface ShadowModels {
  readonly count: number;
  /** Every shadow model's answers to the same inputs. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
}

export interface AttackContext {
  /** The examples whose membership is in question, members and non-members shuffled together. */
  readonly candidates: Examples;
  /** Other examples of the same distribution, none of them a candidate. */
  readonly population: Examples;
  /** Shape of one input. */
  readonly shape: readonly number[];
  readonly classes: number;
  readonly random: Random;
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
  /** Trains one small network of the attacker's own on features that she made, and returns its answers as a function. */
  trainClassifier(
    features: Examples,
    classes: number,
    options: { readonly hidden: readonly number[]; readonly epochs: number },
  ): AsyncGenerator<LaneEvent, (inputs: Float32Array<ArrayBuffer>) => Promise<Probabilities>>;
}

/** For every candidate, how much it looks like a member: higher is likelier. */
export interface MembershipScores {
  readonly kind: 'membership';
  readonly scores: Float64Array<ArrayBuffer>;
}

export type Artefact = MembershipScores;

/** What an attack yields on its way: what any lane yields, and what it has so far, to be scored as it grows. */
export type AttackEvent = LaneEvent | { readonly type: 'artefact'; readonly artefact: Artefact };

export interface Attack<A extends Access = Access, P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly family: string;
  /** One sentence: what leaks, and why it works. */
  readonly says: string;
  readonly paper: Paper;
  readonly access: A;
  /** What the attacker has besides access: candidates with labels, a population, the training recipe. */
  readonly knows: readonly ('candidates' | 'population' | 'recipe')[];
  readonly params: P;
  readonly metrics: readonly MetricName[];
  /** Why these options cannot attack such data, or undefined where they can. */
  refuses?(options: Values<P>, shape: readonly number[]): string | undefined;
  run(target: Targets[A], options: Values<P>, context: AttackContext): AsyncGenerator<AttackEvent, Artefact>;
}

export const defineAttack = <const A extends Access, P extends Params>(attack: Attack<A, P>): Attack<A, P> => attack;
