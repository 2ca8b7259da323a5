/**
 * A defense stands at one or more of the places where data flows: it looks through the training set, changes how the model is trained,
 * changes the trained model, changes what it answers or shares, or looks afterwards for signs of an attack. Defenses of a lane are
 * applied in the order in which they are listed.
 */
import type { Probabilities } from './access.ts';
import type { Family, Paper, Setting } from './attack.ts';
import type { Decoder } from './decoder.ts';
import type { LaneEvent } from './event.ts';
import type { Examples } from './examples.ts';
import type { Answer, Assistant, Documents, Lesson } from './language.ts';
import type { OwnNetwork, OwnTraining } from './network.ts';
import type { Chosen, Params, Values } from './params.ts';
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

/** A language model's own words on what comes next, changed before anybody reads them: the text so far, and the logits of what follows. */
export type TokenGuard = (text: readonly number[], logits: Float64Array) => Float64Array;

/** What a defender of documents has. */
export interface DocumentsContext {
  readonly documents: Documents;
  readonly random: Random;
}

/** A language model that is trained and not yet in service. */
export interface LanguageModelContext {
  readonly network: OwnNetwork;
  readonly documents: Documents;
  readonly random: Random;
  /** Goes on training it. @throws Diverged */
  train(lessons: readonly Lesson[], plan: Partial<TrainingPlan>, phase: string): AsyncGenerator<LaneEvent, Weights>;
}

/** What an assistant is taught when it is taught to refuse, and how. */
export interface Alignment {
  readonly lessons: readonly Lesson[];
  readonly plan: TrainingPlan;
}

/** How an assistant goes on learning from whatever a customer sent. */
export interface FineTuning {
  readonly lessons: readonly Lesson[];
  readonly plan: TrainingPlan;
  /** How many of the first layers stay as they are. */
  readonly frozen: number;
}

/** What a defender of an assistant has. */
export interface AssistantDefense {
  readonly assistant: Assistant;
  readonly random: Random;
}

/** An assistant that went on learning from a customer's examples, and what it was before. */
export interface FineTunedContext extends AssistantDefense {
  /** Before it was taught to refuse. */
  readonly base: OwnNetwork;
  readonly aligned: OwnNetwork;
  readonly tuned: OwnNetwork;
}

/** What a defense of prompts may know. */
export interface PromptContext extends AssistantDefense {
  /** The model before it was taught to refuse: to it language is no surprise. */
  readonly reader: Decoder;
  /** What a prompt usually looks like: questions that honest people ask. */
  readonly honest: readonly string[];
}

/** An assistant that can be asked. */
export interface Asked {
  ask(prompt: string): Answer;
  /** Whether it refuses: quicker to say than the answer. */
  refuses(prompt: string): boolean;
}

/** Passes a prompt on, changed or several times or not at all, and gives the answer. */
export type PromptGuard = (prompt: string, inner: Asked) => Answer;

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
  /** Of data that is protected: the protection with other options, or undefined where it is none that this defense belongs to. */
  onProtection?(options: Values<P>, protection: Chosen): Chosen | undefined;
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
  /** Of text: the documents that are learned. */
  onDocuments?(options: Values<P>, given: DocumentsContext): readonly string[];
  /** Of text: what is read of the model's mind. */
  onNextToken?(options: Values<P>, given: DocumentsContext): TokenGuard;
  onLanguageModel?(options: Values<P>, model: LanguageModelContext): AsyncGenerator<LaneEvent, Weights>;
  onAlignment?(options: Values<P>, alignment: Alignment, given: AssistantDefense): Alignment;
  onFineTuning?(options: Values<P>, tuning: FineTuning, given: AssistantDefense): FineTuning;
  onFineTuned?(options: Values<P>, given: FineTunedContext): Weights;
  onPrompt?(options: Values<P>, given: PromptContext): PromptGuard;
}

export const defineDefense = <P extends Params>(defense: Defense<P>): Defense<P> => defense;
