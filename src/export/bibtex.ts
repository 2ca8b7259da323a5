/** The papers behind a run as BibTeX: the attack's, the protection's, and those of its defenses. */
import type { Paper } from '../core/attack.ts';
import { type Catalog, type Experiment, find } from '../core/experiment.ts';
import { journals, proceedings } from './venues.ts';

export function papersOf({ attack, protection, lanes }: Experiment, catalog: Catalog): readonly Paper[] {
  const all = [
    find(catalog.attacks, 'attack', attack.id).paper,
    ...(protection ? [find(catalog.protections, 'protection', protection.id).paper] : []),
    ...lanes.flatMap(({ defenses }) => defenses.map(({ id }) => find(catalog.defenses, 'defense', id).paper)),
  ];
  return [...new Map(all.map((paper) => [paper.title, paper])).values()];
}

/** @param papers none of them twice */
export function bibtex(papers: readonly Paper[]): string {
  const taken = new Set<string>();
  return papers
    .map((paper) => {
      const key = freeKey(keyOf(paper), taken);
      taken.add(key);
      return entry(key, paper);
    })
    .join('\n');
}

function entry(key: string, { title, authors, venue, year, arxiv, doi }: Paper): string {
  const journal = journals[venue];
  const isPreprint = venue === 'arXiv';
  const type = isPreprint ? 'misc' : journal ? 'article' : 'inproceedings';
  const fields: [name: string, value: string][] = [
    ['title', `{${tex(title)}}`], // in braces of its own, or a style would take its capitals away
    ['author', authorsOf(authors).map(nameOf).join(' and ')],
    ...(isPreprint ? [] : [[journal ? 'journal' : 'booktitle', tex(journal ?? proceedings[venue] ?? venue)] as [string, string]]),
    ['year', String(year)],
    ...(arxiv
      ? ([
          ['eprint', arxiv],
          ['archivePrefix', 'arXiv'],
        ] as [string, string][])
      : []),
    ...(doi ? ([['doi', doi]] as [string, string][]) : []),
  ];
  return `@${type}{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`;
}

/** `Anil, Durmus, and others` as three: BibTeX knows others by that word. */
const authorsOf = (authors: string): string[] => authors.split(/,\s*(?:and\s+)?|\s+and\s+/).filter(Boolean);

/** A surname of several words is in braces, or its first would be taken for a first name. */
const nameOf = (author: string) => (/ /.test(author) ? `{${tex(author)}}` : tex(author));

/** Words that a title may begin with and nobody looks for. */
const small = new Set(['a', 'an', 'the', 'on', 'in', 'of', 'to', 'for', 'from', 'with', 'is', 'are', 'can', 'do', 'does', 'how']);

/** `carlini2022membership` */
function keyOf({ authors, year, title }: Paper): string {
  const words = (text: string) =>
    ascii(text)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const inTitle = words(title);
  return `${words(authorsOf(authors)[0] ?? '').join('')}${year}${inTitle.find((word) => !small.has(word)) ?? inTitle[0] ?? ''}`;
}

function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  return `${key}${[...'bcdefghijklmnopqrstuvwxyz'].find((letter) => !taken.has(key + letter))}`;
}

const ascii = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');

/** TeX's commands for accents, by the combining mark that follows the letter. */
const accents: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': "'",
  '\u0302': '^',
  '\u0303': '~',
  '\u0308': '"',
  '\u030a': 'r ',
  '\u030c': 'v ',
  '\u0327': 'c ',
};
const specials: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '’': "'",
  '“': '``',
  '”': "''",
  '–': '--',
  '—': '---',
  ø: '{\\o}',
  ß: '{\\ss}',
  ł: '{\\l}',
};

/** Text as TeX reads it back: `Tramèr` is Tram{\`e}r, and `S&P` is S\&P. */
export function tex(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\\~^’“”–—øßł]|[{}$&%#_]/g, (found) => specials[found] ?? `\\${found}`)
    .replace(/([A-Za-z])([\u0300-\u030c\u0327])/g, (whole, letter: string, mark: string) => {
      const command = accents[mark];
      return command ? `{\\${command}${letter === 'i' ? '\\i' : letter}}` : whole;
    })
    .normalize('NFC');
}
