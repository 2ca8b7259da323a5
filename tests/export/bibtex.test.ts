/** BibTeX entries: their types, their keys, and that TeX reads back what was meant. */
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../src/core/attack.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { bibtex, papersOf, tex } from '../../src/export/bibtex.ts';
import { catalog } from '../../src/lab/catalog.ts';

const lira: Paper = {
  title: 'Membership Inference Attacks From First Principles',
  authors: 'Carlini, Chien, Nasr, Song, Terzis, Tramèr',
  venue: 'S&P',
  year: 2022,
  arxiv: '2112.03570',
};

describe('BibTeX', () => {
  test('has authors parted by "and", full names of venues, and the number of the preprint', () => {
    expect(bibtex([lira])).toBe(
      [
        '@inproceedings{carlini2022membership,',
        '  title = {{Membership Inference Attacks From First Principles}},',
        '  author = {Carlini and Chien and Nasr and Song and Terzis and Tram{\\`e}r},',
        '  booktitle = {IEEE Symposium on Security and Privacy (S\\&P)},',
        '  year = {2022},',
        '  eprint = {2112.03570},',
        '  archivePrefix = {arXiv},',
        '}',
        '',
      ].join('\n'),
    );
  });

  test('tells journals and preprints from proceedings', () => {
    expect(bibtex([{ ...lira, venue: 'TIFS' }])).toMatch(/^@article\{.*\n.*\n.*\n {2}journal = \{IEEE Transactions on Inf/);
    const preprint = bibtex([{ ...lira, venue: 'arXiv' }]);
    expect(preprint).toMatch(/^@misc\{/);
    expect(preprint).not.toContain('booktitle');
    expect(bibtex([{ ...lira, venue: 'A workshop of 2022', doi: '10.1/x_y' }])).toContain(
      '  booktitle = {A workshop of 2022},\n  year = {2022},\n  eprint = {2112.03570},\n  archivePrefix = {arXiv},\n  doi = {10.1/x_y},',
    );
  });

  test('begins a key with the first surname in plain letters and ends it with the first word that somebody would look for', () => {
    const keyOf = (change: Partial<Paper>) => /\{(.+?),/.exec(bibtex([{ ...lira, ...change }]))?.[1];
    expect(keyOf({ authors: 'Tramèr, Zhang', title: 'The "Secret" Sharer' })).toBe('tramer2022secret');
    expect(keyOf({ authors: 'San Joaquin, Le', title: 'On the Use' })).toBe('sanjoaquin2022use');
    const twins = bibtex([lira, { ...lira, title: 'Membership, Again' }]);
    expect([...twins.matchAll(/@\w+\{(.+?),/g)].map(([, key]) => key)).toEqual([
      'carlini2022membership',
      'carlini2022membershipb',
    ]);
  });

  test('knows others, and surnames of several words', () => {
    expect(bibtex([{ ...lira, authors: 'Anil, San Joaquin, and others' }])).toContain(
      '  author = {Anil and {San Joaquin} and others},',
    );
  });

  test('escapes what TeX would take for something else', () => {
    expect(tex('50 % of $5 & #1_{a} ~x^2\\')).toBe(
      '50 \\% of \\$5 \\& \\#1\\_\\{a\\} \\textasciitilde{}x\\textasciicircum{}2\\textbackslash{}',
    );
    expect(tex('Jégou, Röttger, Jovanović, Çelik, ñ, å, š, ø, ß, ł')).toBe(
      "J{\\'e}gou, R{\\\"o}ttger, Jovanovi{\\'c}, {\\c C}elik, {\\~n}, {\\r a}, {\\v s}, {\\o}, {\\ss}, {\\l}",
    );
    expect(tex('naïve — “no”')).toBe("na{\\\"\\i}ve --- ``no''");
  });

  test('names the attack, the protection and the defenses of a run, nothing twice', () => {
    const experiment = resolveExperiment(
      {
        attack: { id: 'lira' },
        lanes: [
          { name: 'a', defenses: [{ id: 'dp-sgd' }] },
          { name: 'b', defenses: [{ id: 'dp-sgd', clip: 2 }] },
        ],
      },
      catalog,
    );
    expect(papersOf(experiment, catalog).map(({ title }) => title)).toEqual([
      'Membership Inference Attacks From First Principles',
      'Deep Learning with Differential Privacy',
    ]);
    const hospital = resolveExperiment(
      { data: { id: 'hospital' }, attack: { id: 'frequency-analysis' }, lanes: [{ name: 'a' }] },
      catalog,
    );
    expect(papersOf(hospital, catalog)).toHaveLength(2);
  });

  test('of everything in the catalog has keys that are all different and no letter that TeX does not know', () => {
    const { attacks, defenses, protections } = catalog;
    const all = [...new Map([...attacks, ...defenses, ...protections].map(({ paper }) => [paper.title, paper])).values()];
    const text = bibtex(all);
    const keys = [...text.matchAll(/@\w+\{(.+?),/g)].map(([, key]) => key);
    expect(new Set(keys).size).toBe(all.length);
    for (const key of keys) expect(key).toMatch(/^[a-z]+\d{4}[a-z0-9]+$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: anything but plain letters is what is looked for
    expect(text.match(/[^\u0000-\u007f]/g)).toBeNull();
    expect(text.split('{').length).toBe(text.split('}').length);
  });
});
