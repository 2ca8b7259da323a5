import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { counting, file, join, read, refusalOf } from './build.ts';

const rows = (row: (i: number) => string, count = 40) => Array.from({ length: count }, (_, i) => row(i)).join('\n');
const readTable = (text: string, name = 'a.csv') => read(file(name, text));

describe('a table', () => {
  it('with a header becomes features and classes by name, in alphabetical order', async () => {
    const { examples, ...rest } = await readTable(`height,label,width\n${rows((i) => `${i}.5,${i % 2 ? 'cat' : 'dog'},-1e-1`)}`);
    expect(rest).toEqual({
      shape: [2],
      classNames: ['cat', 'dog'],
      columns: ['height', 'width'],
      from: 'a.csv: 40 rows of 2 features with labels of 2 classes',
      notes: [],
    });
    expect([...examples.inputs.subarray(0, 4)]).toEqual([0.5, Math.fround(-0.1), 1.5, Math.fround(-0.1)]);
    expect([...examples.labels.subarray(0, 3)]).toEqual([1, 0, 1]);
    expect([examples.count, examples.size]).toEqual([40, 2]);
  });

  it('without a header has its label last, and says so', async () => {
    const { examples, columns, classNames, notes } = await readTable(rows((i) => `${i},2,${i % 3}`));
    expect(columns).toEqual(['column 1', 'column 2']);
    expect(classNames).toEqual(['0', '1', '2']);
    expect(notes).toEqual(['The label is the last column, number 3.']);
    expect([...examples.labels]).toEqual(counting(40, 3));
  });

  it.each(['label', 'Class', 'TARGET', 'y'])('has its label in the column that is named %s', async (name) => {
    const { columns, notes } = await readTable(`${name},a\n${rows((i) => `${i % 2},${i}`)}`);
    expect([columns, notes]).toEqual([['a'], []]);
  });

  it('with a header that names no label has it last, and says so', async () => {
    const { columns, notes } = await readTable(`a,"b, c"\n${rows((i) => `${i},${i % 2}`)}`);
    expect([columns, notes]).toEqual([['a'], ['The label is the last column, "b, c".']]);
  });

  it('may have numbers for names if one of them is a label', async () => {
    expect((await readTable(`0,1,label\n${rows((i) => `${i},2,${i % 2}`)}`)).examples.count).toBe(40);
  });

  it('whose classes are y and n has no header for that', async () => {
    const { examples, classNames } = await readTable(rows((i) => `${i},${i % 2 ? 'n' : 'y'}`));
    expect([examples.count, classNames]).toEqual([40, ['n', 'y']]);
  });

  it.each([
    ['semicolons', `a;label\n${rows((i) => `${i};${i % 2}`)}`],
    ['tabs', `a\tlabel\n${rows((i) => `${i}\t${i % 2}`)}`],
    ['line ends of Windows', `a,label\n${rows((i) => `${i},${i % 2}`)}\n`.replaceAll('\n', '\r\n')],
    ['line ends of old', `a,label\n${rows((i) => `${i},${i % 2}`)}`.replaceAll('\n', '\r')],
    ['empty lines', `\n\na,label\n\n${rows((i) => `${i},${i % 2}`)}\n  \n\n`],
    ['a byte order mark', `\uFEFFa,label\n${rows((i) => `${i},${i % 2}`)}`],
    ['spaces and quotes', `"a" \n`.replace(' \n', ', label\n') + rows((i) => `"${i}",  ${i % 2} `)],
    ['a column of row numbers', `,a,label\n${rows((i) => `${i},${i},${i % 2}`)}`],
  ])('may have %s', async (_, text) => {
    const { examples, columns } = await readTable(text);
    expect(columns).toEqual(['a']);
    expect([...examples.inputs]).toEqual(counting(40, 40));
    expect([...examples.labels]).toEqual(counting(40, 2));
  });

  it('may have quotes, separators and line ends in quotes, and lines are counted with them', async () => {
    const text = `a,label\n${rows((i) => `${i},"${i % 2 ? 'say ""hi"", you' : 'two\nlines'}"`)}`;
    expect((await readTable(text)).classNames).toEqual(['say "hi", you', 'two\nlines']);
    expect(await refusalOf(file('a.csv', `${text}\nx,y`))).toBe('a.csv, line 62 has "x" in column "a"; a number is expected');
  });

  it('may be packed, and may be a .txt, .tsv or .data', async () => {
    const text = `a,label\n${rows((i) => `${i},${i % 2}`)}`;
    expect((await read(file('a.csv.gz', gzipSync(text)))).from).toBe('a.csv: 40 rows of 1 feature with labels of 2 classes');
    for (const name of ['a.txt', 'a.TSV', 'iris.data']) expect((await readTable(text, name)).examples.count).toBe(40);
  });

  it('says that row numbers were left out, and that features are far from 0', async () => {
    const { notes } = await readTable(`,a,label\n${rows((i) => `${i},${i * 3},${i % 2}`)}`);
    expect(notes).toEqual([
      'The first column has no name and only numbers the rows: it is left out.',
      'Features run from 0 to 117 and are left as they are: beyond ±100 training may fail, so bring them to a common scale first.',
    ]);
  });

  it('keeps the names of numbered classes, in the order of their numbers', async () => {
    const { classNames, notes } = await readTable(`a,label\n${rows((i) => `${i},${[10, 9.0, -1][i % 3]}`)}`);
    expect(classNames).toEqual(['-1', '9', '10']);
    expect(notes).toEqual(['Labels are renumbered from 0 in this order: -1, 9, 10.']);
  });

  const good = rows((i) => `${i},${i % 2}`);
  it.each([
    ['no bytes', '', 'a.csv is empty; data is expected'],
    ['no rows', '\n \n', 'a.csv holds no rows; lines of numbers with a label are expected'],
    ['a header alone', 'a,label', 'a.csv has 0 examples; at least 40 are expected'],
    ['one column', rows(String), 'a.csv, line 1 has 1 field; a label and at least one feature are expected'],
    ['a ragged line', `a,label\n${good}\n1,2,3\n`, 'a.csv, line 42 has 3 fields; 2 are expected, as in line 1'],
    ['a text for a feature', `a,label\n${good}\nred,1`, 'a.csv, line 42 has "red" in column "a"; a number is expected'],
    ['a text for a feature, without a header', `${good}\nred,1`, 'a.csv, line 41 has "red" in column 1; a number is expected'],
    ['a missing value', `a,label\n${good}\n,1`, 'a.csv, line 42 has "" in column "a"; a number is expected'],
    ['a NaN', `a,label\n${good}\nNaN,1`, 'a.csv, line 42 has "NaN" in column "a"; a number is expected'],
    ['an infinite number', `a,label\n${good}\n-Infinity,1`, 'a.csv, line 42 has "-Infinity" in column "a"; a number is expected'],
    ['a hexadecimal number', `a,label\n${good}\n0x10,1`, 'a.csv, line 42 has "0x10" in column "a"; a number is expected'],
    [
      'a number beyond 32 bits',
      `a,label\n${good}\n1e39,1`,
      'a.csv, line 42 has "1e39" in column "a"; a number of at most 3.4e38 is expected',
    ],
    [
      'decimal commas',
      `a;label\n${good.replaceAll(',', ';')}\n1,5;1`,
      'a.csv, line 42 has "1,5" in column "a"; a number is expected',
    ],
    ['no label in a line', `a,label\n${good}\n1,`, 'a.csv, line 42 has no label; one in every line is expected'],
    ['a label that is not whole', `a,label\n${good}\n1,0.5`, 'a.csv has the label 0.5 in line 42; whole numbers are expected'],
    ['one class', `a,label\n${rows((i) => `${i},cat`)}`, 'a.csv has 1 class, "cat"; 2 to 100 are expected'],
    ['too many classes', `a,label\n${rows((i) => `${i},c${i}`, 101)}`, 'a.csv has 101 classes; 2 to 100 are expected'],
    [
      'an open quote',
      `a,label\n${good}\n"1,2`,
      'a.csv, line 42 has a field that is too long or a quote that nothing closes; at most 1,000 characters are allowed',
    ],
    [
      'an endless field',
      `a,label\n${good}\n1,${'x'.repeat(1001)}`,
      'a.csv, line 42 has a field that is too long; at most 1,000 characters are allowed',
    ],
    [
      'text behind a quote',
      `a,label\n${good}\n"1"2,2`,
      'a.csv, line 42 goes on after a closing quote; a separator or the end of the line is expected',
    ],
    ['too many fields', ','.repeat(12290), 'a.csv, line 1 has more fields than are read; at most 12,290 are allowed'],
    [
      'too many features',
      rows(() => `${'1,'.repeat(12289)}1`, 40),
      'a.csv has 12,289 values an example; at most 12,288 (64 × 64 × 3) are allowed',
    ],
    ['too many rows', '1,2\n'.repeat(100_001), 'a.csv has more rows than are read; at most 100,000 of this width are allowed'],
    ['too many lines', '\n'.repeat(1_000_001), 'a.csv, line 1,000,000 goes on; at most 1,000,000 lines are allowed'],
    ['a zero byte', `a,label\n${good}\0`, 'a.csv holds zero bytes; text in UTF-8 is expected'],
  ])('with %s is refused', async (_, text, sentence) => {
    expect(await refusalOf(file('a.csv', text))).toBe(sentence);
  });

  it('in UTF-16 is refused', async () => {
    const bytes = join(Uint8Array.of(0xff, 0xfe), Buffer.from(`a,label\n${good}`, 'utf16le'));
    expect(await refusalOf(file('a.csv', bytes))).toBe('a.csv holds zero bytes; text in UTF-8 is expected');
  });

  it('beside another is refused', async () => {
    expect(await refusalOf(file('a.csv', good), file('b.csv', good))).toBe('a.csv, b.csv are 2 tables; one is expected');
  });
});
