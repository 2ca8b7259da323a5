/**
 * A defense stands at one or more of the places where data flows: it looks through the training set, changes how the model is trained,
 * changes the trained model, changes what it answers or shares, or looks afterwards for signs of an attack. Defenses of a lane are
 * applied in the order in which they are listed.
 */
import type { Family, OwnNetwork, OwnTraining, Paper, Probabilities, Setting } from './attack.ts';
import type { LaneEvent } from './event.ts';
import type { Examples } from './examples.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';
import type { ModelChoice, TrainingPlan, Weights } from './training.ts';

/** What every defender has. */
export interface DefenderContext {
  readonly shape: readonly number[];
  readonly classes: number;
  /** How the model in question is, or will be, built and trained. */
  readonly model: ModelChoice;
  readonly plan: TrainingPlan;
  /** Public examples, right and unpoisoned, that the model was not trained on. */
  readonly reference: Examples;
  readonly random: Random;
  /** Trains one network of the defender's own. @throws Diverged */
  trainNetwork(training: OwnTraining): AsyncGenerator<LaneEvent, OwnNetwork>;
}

/** A training set that may have been tampered with. */
export interface DataContext extends DefenderContext {
  readonly examples: Examples;
}

/** What a look through the training set led to. */
export interface CheckedData {
  /** Rows that nobody will learn from, in any order. */
  readonly removed?: Int32Array<ArrayBuffer>;
  /** Examples of the defender's own that are learned as well. */
  readonly added?: Examples;
}

/** A model that was trained and is not yet in service. */
export interface ModelContext extends DefenderContext {
  readonly network: OwnNetwork;
}

/** What a defense of the answers may know when the model is put into service. */
export interface ServiceContext extends DefenderContext {
  /** What the model was trained on. */
  readonly members: Examples;
  /** The model's own answers, before any defense. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
}

/** Turns the model's answers to one client into those that leave the house, question after question. */
export type AnswerFilter = (answers: Probabilities, inputs: Float32Array<ArrayBuffer>) => Probabilities | Promise<Probabilities>;

/** A filter for each client that comes, so that it may remember what this one has asked before. */
export type Guard = () => AnswerFilter;

/** What can be looked at when the attack is over. */
export interface DetectContext extends ServiceContext {
  readonly test: Examples;
  /** What the lane's defenses had added to the training set. */
  readonly added: Examples | undefined;
  /** A model that somebody else offers, which may be a copy. */
  readonly suspect: OwnNetwork | undefined;
}

export interface Defense<P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it does, and what it costs. */
  readonly says: string;
  readonly paper: Paper;
  /** The attacks it was made against; it may stand against others too. */
  readonly against: readonly Family[];
  readonly params: P;
  /** Whether it needs public examples of the defender's own. */
  readonly needsReference?: boolean;
  /** Ids of defenses that cannot stand beside this one in a lane, each with the reason. */
  readonly conflicts?: Readonly<Record<string, string>>;
  /** Other reasons to refuse: the options against data, architecture and the training plan so far. */
  refuses?(options: Values<P>, setting: Setting): string | undefined;
  onData?(options: Values<P>, data: DataContext): AsyncGenerator<LaneEvent, CheckedData>;
  onTraining?(plan: TrainingPlan, options: Values<P>): TrainingPlan;
  /** Into how many parts the training set is cut, each for a network of its own; the answer is what most of them say. */
  partitions?(options: Values<P>): number;
  onModel?(options: Values<P>, model: ModelContext): AsyncGenerator<LaneEvent, Weights>;
  /** A generator where making ready takes more than a moment. */
  onQuery?(options: Values<P>, service: ServiceContext): Promise<Guard> | AsyncGenerator<LaneEvent, Guard>;
  /** What a participant makes of one example's gradient, every layer's weights and then its bias, before she takes the mean. */
  onExampleGradient?(options: Values<P>, gradient: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer>;
  /** What she shares instead of the mean over her batch. */
  onGradients?(
    options: Values<P>,
    gradient: Float64Array<ArrayBuffer>,
    random: Random,
    batchSize: number,
  ): Float64Array<ArrayBuffer>;
  onDetect?(options: Values<P>, found: DetectContext): AsyncGenerator<LaneEvent, void>;
}

export const defineDefense = <P extends Params>(defense: Defense<P>): Defense<P> => defense;
