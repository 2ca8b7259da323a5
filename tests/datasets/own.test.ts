import { describe, expect, it } from 'vitest';
import { inPlaceOf, ownDataset, summarisedDataset, withOwn } from '../../datasets/own/index.ts';
import { sizesFor } from '../../datasets/own/sizes.ts';
import { resolveExperiment, splitParams } from '../../src/core/experiment.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { summaryOf } from '../../src/data-files/summary.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { counting, file, idx, read } from '../data-files/build.ts';

const usual = initialValues(splitParams);
const noAssets = () => Promise.reject(new Error('own data has no prepared file'));

describe('the sizes of own data', () => {
  it('are the usual ones where there are rows enough', () => {
    expect(sizesFor(6000, usual)).toBe(usual);
    expect(sizesFor(5999, usual)).not.toEqual(usual);
  });

  it.each([
    [40, 11, 8, 10],
    [150, 45, 30, 30],
    [299, 90, 59, 60],
    [300, 75, 100, 50], // from here on there is a population that an attacker can learn from
    [1000, 300, 200, 200],
    [5000, 1500, 1000, 1000],
  ])('of %i rows are %i members and as many others, %i population and %i test', (rows, members, population, test) => {
    expect(sizesFor(rows, usual)).toEqual({ members, nonMembers: members, population, test });
  });

  it('can be had of any number of rows, and are allowed by every attack on membership that needs no population', async () => {
    const asked = { ...usual, members: 20000, nonMembers: 20000, population: 20000, test: 20000 };
    for (let rows = 40; rows < 100_000; rows = Math.ceil(rows * 1.13)) {
      const own = summarisedDataset({ shape: [2], classNames: ['a', 'b'], count: rows, from: 'x.csv', notes: [] });
      const data = inPlaceOf(asked, own);
      const experiment = resolveExperiment({ data, attack: { id: 'lira' } }, withOwn(catalog, own)); // splits into halves
      expect(experiment.data).toEqual({ id: 'own', labelNoise: 0, ...sizesFor(rows, asked) });
    }
  });

  it('are refused by name where the experiment’s own are none', () => {
    const own = summarisedDataset({ shape: [2], classNames: ['a', 'b'], count: 100, from: 'x.csv', notes: [] });
    expect(() => inPlaceOf({ id: 'mnist', members: 'many' }, own)).toThrow('data.members is "many"; allowed: a whole number');
  });
});

describe('own data as a dataset', () => {
  const pictures = () => read(file('x.idx3', idx('u1', [60, 2, 2], counting(240, 256))), file('y.idx1', idx('u1', [60], sorted)));
  /** Twenty of each of three classes, which the file calls 4, 5 and 6. */
  const sorted = Array.from({ length: 60 }, (_, row) => 4 + Math.floor(row / 20));

  it('has everything from the files, and says what is not known of it', async () => {
    const data = await pictures();
    const own = ownDataset(data);
    expect([own.shape({}), own.classes({}), own.available({})]).toEqual([[2, 2, 1], 3, 60]);
    expect(own.card.what).toBe('x.idx3: 60 pictures of 2 × 2 with labels of 3 classes: 0 4, 1 5, 2 6.');
    expect(own.card.licence).toBe('Yours.');
    expect(own.card.limits).toContain('Labels are renumbered from 0 in this order: 4, 5, 6. Nobody here knows it');
    expect(await own.load({}, noAssets, randomOf(1))).toBe(data.examples);
    expect(withOwn(withOwn(catalog, own), own).datasets).toEqual([...catalog.datasets, own]); // never twice
  });

  it('is known to a page by a summary that crosses threads, without its examples', async () => {
    const summary = summaryOf(await pictures());
    expect(structuredClone(summary)).toEqual(summary);
    const own = summarisedDataset(summary);
    expect([own.shape({}), own.classes({}), own.available({})]).toEqual([[2, 2, 1], 3, 60]);
    await expect(own.load({}, noAssets, randomOf(1))).rejects.toThrow('only a summary');
  });

  it('is summarised by pictures of each class in turn, and by the rows that a table begins with', async () => {
    const { first } = summaryOf(await pictures());
    const captions = first.kind === 'pictures' && first.pictures.map(({ caption }) => caption);
    expect(captions).toEqual(['4', '5', '6', '4', '5', '6', '4', '5', '6', '4', '5', '6']);
    const text = `a,class\n${Array.from({ length: 40 }, (_, row) => `${row},${row < 20 ? 'x' : 'y'}\n`).join('')}`;
    const table = summaryOf(await read(file('t.csv', text))).first;
    expect(table.kind === 'table' && table.rows.map(({ values, className }) => [values[0], className])).toEqual(
      Array.from({ length: 12 }, (_, row) => [row, 'x']),
    );
  });
});
