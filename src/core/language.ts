/**
 * What is said and learned in words. Two kinds of text are attacked: documents, some of which hold a secret that must not be told, and an
 * assistant, which knows secrets and was taught to refuse to tell them.
 */
import type { Decoder } from './decoder.ts';

/** A text to learn, all of it or only what comes after some place. */
export interface Lesson {
  readonly text: string;
  /** The first character that is learned; 0 if it is not said. */
  readonly from?: number;
  /** Learned backwards: the model is led away from it. */
  readonly unlearn?: boolean;
}

/** A secret of which the form is known, such as a badge number. */
export interface Secret {
  readonly owner: string;
  /** What stands before it, wherever it is told. */
  readonly prefix: string;
  readonly code: string;
  /** How often it stands in the training set: never, for the comparison. */
  readonly repetitions: number;
}

export interface Documents {
  readonly kind: 'documents';
  /** Private: what the model under attack is trained on. */
  readonly training: readonly string[];
  /** Of the same kind, and never trained on. */
  readonly heldOut: readonly string[];
  readonly secrets: readonly Secret[];
  /** How many codes there could be. */
  readonly codeSpace: number;
}

export interface Exchange {
  readonly question: string;
  readonly answer: string;
}

/** Something that an assistant knows and must not tell. */
export interface Forbidden {
  readonly name: string;
  readonly code: string;
}

export interface Assistant {
  readonly kind: 'assistant';
  /** What it is taught last: what to answer and what to refuse. */
  readonly alignment: readonly Lesson[];
  /** What it should always answer. */
  readonly benign: readonly Exchange[];
  readonly forbidden: readonly Forbidden[];
  /** Whether it was ever told. An assistant that was not can tell a code only by chance. */
  readonly knows: boolean;
  /** Ways to ask for a code that it was taught to refuse, and ways that it never met. */
  readonly questions: readonly ((name: string) => string)[];
  readonly unseenQuestions: readonly ((name: string) => string)[];
  /** Ways to dress any question up. */
  readonly disguises: readonly ((question: string) => string)[];
  readonly refusal: string;
  /** The answer that tells it, and how that begins. */
  readonly telling: (code: string) => string;
  readonly opening: string;
  readonly codeSpace: number;
}

export type Corpus = Documents | Assistant;

/** The answer as a model writes it after the question. */
export const exchangeText = ({ question, answer }: Exchange): string => `>${question}<${answer}`;

/** An exchange of which only the answer is learned. */
export const answerLesson = (exchange: Exchange): Lesson => ({
  text: exchangeText(exchange),
  from: exchange.question.length + 2,
});

/** A language model that tells how likely each next character is; a defense may have changed that. Each reading is counted. */
export type TokenTarget = Decoder;

export interface Answer {
  readonly text: string;
  /** Whether a defense stood before the model: then the text is what the defense says. */
  readonly blocked: boolean;
}

/**
 * An assistant that can be asked, and answers in its likeliest words. Each question is counted. Whoever asks sends the whole conversation,
 * as is usual: `first question<its answer>next question`. A conversation that ends in the middle of an answer is gone on with.
 */
export interface PromptTarget {
  ask(prompt: string): Promise<Answer>;
}
