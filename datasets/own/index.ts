/**
 * The user's own data as a dataset. It is in no list, because it exists only once somebody has brought some; whoever holds it adds
 * it to the catalog. A page holds a summary, from which everything but the examples is known.
 */
import { type Dataset, defineDataset, type ExampleDataset, withClasses } from '../../src/core/dataset.ts';
import { type Catalog, splitParams } from '../../src/core/experiment.ts';
import type { Chosen } from '../../src/core/params.ts';
import { resolveParams } from '../../src/core/params.ts';
import type { OwnData } from '../../src/data-files/own-data.ts';
import type { OwnSummary } from '../../src/data-files/summary.ts';
import { sizesFor } from './sizes.ts';

/** Among an experiment's parts: `{ data: { id: 'own', members: 60, … } }`. */
export const ownId = 'own';

export const ownDataset = (data: OwnData): ExampleDataset => ({
  ...summarisedDataset({ ...data, count: data.examples.count }),
  load: async () => data.examples,
});

/** As far as a page knows it: complete but for the examples, which whoever runs the experiment has. */
export function summarisedDataset({ shape, classNames, count, from, notes }: Omit<OwnSummary, 'first'>): ExampleDataset {
  return defineDataset({
    id: ownId,
    title: 'Your own data',
    card: {
      what: `${from}: ${named(classNames)}.`,
      from: 'Files that you chose. They are read on this machine and sent nowhere.',
      licence: 'Yours.',
      limits: [...notes, nobodyKnows].join(' '),
    },
    params: {},
    shape: () => shape,
    classes: () => classNames.length,
    available: () => count,
    load: async () => {
      throw new Error('only a summary of the data is here');
    },
  });
}

const nobodyKnows =
  'Nobody here knows it: a row that is in it twice may be a member and a non-member at once, rows of one person or one scene betray ' +
  'each other, and with few rows every interval is wide.';

const mostNamed = 20;

/** With the numbers that charts and pictures show: `0 cats, 1 dogs`. */
function named(classNames: readonly string[]): string {
  const names = classNames.map((name, label) => (name === String(label) ? name : `${label} ${name}`));
  const more = names.length - mostNamed;
  return more > 1 ? `${names.slice(0, mostNamed).join(', ')} and ${more} more` : names.join(', ');
}

/** The catalog with that dataset, in place of an own one that it had. */
export const withOwn = (catalog: Catalog, own: Dataset): Catalog => ({
  ...catalog,
  datasets: [...catalog.datasets.filter(({ id }) => id !== ownId), own],
});

/**
 * How own data stands in for an experiment's: divided alike where there are rows enough, else by shares.
 * @param data of that experiment, complete or not @throws InputError for a size that none can be
 */
export function inPlaceOf(data: Readonly<Record<string, unknown>>, own: Dataset): Chosen {
  const given = Object.keys(splitParams).filter((key) => Object.hasOwn(data, key));
  const usual = resolveParams(splitParams, Object.fromEntries(given.map((key) => [key, data[key]])), 'data');
  return { id: ownId, ...usual, ...sizesFor(withClasses(own).available({}), usual) };
}
