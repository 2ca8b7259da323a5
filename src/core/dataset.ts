/** A dataset: where examples come from, and the card that says what they are. One folder under `datasets/` each. */
import type { Examples } from './examples.ts';
import type { Params, Values } from './params.ts';
import type { Random } from './random.ts';

/** What a reader must know before believing a figure made on this data. */
export interface DatasetCard {
  readonly what: string;
  readonly from: string;
  readonly licence: string;
  readonly limits: string;
}

export interface Dataset<P extends Params = Params> {
  readonly id: string;
  readonly title: string;
  readonly card: DatasetCard;
  readonly params: P;
  /** The shape of one input: `[height, width, channels]` for images, `[features]` otherwise. */
  shape(options: Values<P>): readonly number[];
  classes(options: Values<P>): number;
  /** How many examples there are to split. */
  available(options: Values<P>): number;
  /** `read` fetches a prepared file by name and unpacks it; `random` is this dataset's own stream of the experiment's seed. */
  load(options: Values<P>, read: ReadAsset, random: Random): Promise<Examples>;
  /** Examples of the same kind and of other classes, for an attacker who knows what such things look like; at most this many. */
  others?(options: Values<P>, count: number, read: ReadAsset, random: Random): Promise<Examples>;
  /** Why there are no such examples with these options, or undefined where there are. */
  noOthers?(options: Values<P>): string | undefined;
}

/** Reading an asset is the host's business: a fetch in the page, a file in the terminal. */
export type ReadAsset = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

export const defineDataset = <P extends Params>(dataset: Dataset<P>): Dataset<P> => dataset;
