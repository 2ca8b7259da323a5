/**
 * A defense stands at one or more of the places where data flows: it changes how the model is trained, or what the model
 * answers. Defenses of a lane are applied in the order in which they are listed.
 */
import type { Paper, Probabilities } from './attack.ts';
import type { Examples } from './examples.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';
import type { TrainingPlan } from './training.ts';

/** What a defense of the answers may know when the model is put into service. */
export interface ServiceContext {
  readonly classes: number;
  /** What the model was trained on, and public examples that it was not trained on. */
  readonly members: Examples;
  readonly reference: Examples;
  /** The model's own answers, before any defense. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
  readonly random: Random;
}

/** Turns the model's answers into those that leave the house. The same answer in gives the same answer out. */
export type AnswerFilter = (answers: Probabilities) => Probabilities;

export interface Defense<P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it does, and what it costs. */
  readonly says: string;
  readonly paper: Paper;
  readonly params: P;
  /** Whether it needs public examples of the defender's own. */
  readonly needsReference?: boolean;
  /** Ids of defenses that cannot stand beside this one in a lane, each with the reason. */
  readonly conflicts?: Readonly<Record<string, string>>;
  /** Other reasons to refuse: the options against the training plan so far, or the architecture. */
  refuses?(options: Values<P>, plan: TrainingPlan, modelId: string): string | undefined;
  onTraining?(plan: TrainingPlan, options: Values<P>): TrainingPlan;
  onQuery?(options: Values<P>, service: ServiceContext): Promise<AnswerFilter>;
}

export const defineDefense = <P extends Params>(defense: Defense<P>): Defense<P> => defense;
