/** A dataset: where examples come from, and the card that says what they are. One folder under `datasets/` each. */
import type { Examples } from './examples.ts';
import { InputError } from './input-error.ts';
import type { Corpus, Lesson } from './language.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';
import type { Column } from './table.ts';
import type { TrainingPlan } from './training.ts';

/** What a reader must know before believing a figure made on this data. */
export interface DatasetCard {
  readonly what: string;
  readonly from: string;
  readonly licence: string;
  readonly limits: string;
}

/** What there is to attack: examples with classes, documents that hold secrets, an assistant that keeps some. */
export type DataKind = 'examples' | 'documents' | 'assistant';

interface Described<P extends Params> {
  readonly id: string;
  readonly title: string;
  readonly card: DatasetCard;
  readonly params: P;
}

export interface ExampleDataset<P extends Params = Params> extends Described<P> {
  readonly kind: 'examples';
  /** The shape of one input: `[height, width, channels]` for images, `[features]` otherwise. */
  shape(options: Values<P>): readonly number[];
  classes(options: Values<P>): number;
  /** How many examples there are to split. */
  available(options: Values<P>): number;
  /** `read` fetches a prepared file by name and unpacks it; `random` is this dataset's own stream of the experiment's seed. */
  load(options: Values<P>, read: ReadAsset, random: Random): Promise<Examples>;
  /** Of a table whose cells are one value of several each: its columns, whose indicators an example is, one column after another. */
  columns?(options: Values<P>): readonly Column[];
  /** Examples of the same kind from elsewhere, for an attacker who knows such things: of other classes, of another year; at most this many. */
  others?(options: Values<P>, count: number, read: ReadAsset, random: Random): Promise<Examples>;
  /** Why there are no such examples with these options, or undefined where there are. */
  noOthers?(options: Values<P>): string | undefined;
}

/** Text, and the language model that has learned its language before anything private or forbidden came up. */
export interface TextDataset<P extends Params = Params> extends Described<P> {
  readonly kind: 'documents' | 'assistant';
  /** Characters that its model reads at once. */
  readonly length: number;
  /** How the model of this data is trained, where nobody says otherwise: on the private documents, or to refuse. */
  readonly training: Pick<TrainingPlan, 'optimizer' | 'learningRate' | 'batchSize' | 'epochs'>;
  /** How its language is learned first: stage after stage by Adam, the texts at most so long, for so many passes. */
  readonly pretraining: {
    readonly batchSize: number;
    readonly stages: readonly { readonly length: number; readonly learningRate: number; readonly epochs: number }[];
  };
  /** What is learned in the stage of that number. The same options give the same texts. */
  lessons(options: Values<P>, stage: number): readonly Lesson[];
  /** Under which name the weights that came of it ship with the page, where they do for these options. */
  weightsFile(options: Values<P>): string | undefined;
  corpus(options: Values<P>, random: Random): Corpus;
}

export type Dataset = ExampleDataset | TextDataset;

/** @throws InputError where it is text */
export function withClasses(dataset: Dataset): ExampleDataset {
  if (dataset.kind !== 'examples') throw new InputError(`${dataset.id} is text; allowed: a dataset of examples with classes`);
  return dataset;
}

/** Reads a file of `public/`, unpacked. It is the host's business: a fetch in the page, a file in the terminal. */
export type ReadAsset = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

export const defineDataset = <P extends Params>(dataset: Omit<ExampleDataset<P>, 'kind'>): ExampleDataset<P> => ({
  kind: 'examples',
  ...dataset,
});
export const defineText = <P extends Params>(dataset: TextDataset<P>): TextDataset<P> => dataset;
