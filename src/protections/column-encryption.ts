/**
 * A table whose columns are encrypted so that a database can still look for equal cells, or for larger ones: CryptDB and its like. What
 * keeps equality keeps frequencies, and what keeps order keeps more.
 */
import type { EncryptedColumn } from '../core/access.ts';
import { progress } from '../core/event.ts';
import { oneHot } from '../core/examples.ts';
import { count, toggle } from '../core/params.ts';
import { defineProtection } from '../core/protection.ts';
import type { Random } from '../core/random.ts';
import { type Column, sharesOf, valuesOf } from '../core/table.ts';
import { type Cipher, cipherOf } from './cipher.ts';

export default defineProtection({
  id: 'column-encryption',
  title: 'Encrypted columns',
  says: 'Encrypts each cell with a key for its column so that equal cells stay equal (AES, after SIV), and ordered ones ordered: a server that has no key can still look things up.',
  paper: {
    title: 'CryptDB: Protecting Confidentiality with Encrypted Query Processing',
    authors: 'Popa, Redfield, Zeldovich, Balakrishnan',
    venue: 'SOSP',
    year: 2011,
    doi: '10.1145/2043556.2043566',
  },
  access: 'encrypted-table',
  params: {
    keepsOrder: toggle({
      label: 'Keeps the order',
      says: 'Where values have an order, larger ones get larger ciphertexts, by an order-preserving function drawn at random (Boldyreva et al. 2009).',
      initial: true,
    }),
    ciphertexts: count({
      label: 'Ciphertexts a column',
      says: 'As many ciphertexts as that are shared among the values by how common each is, so that all are equally frequent; 0 is one for each value.',
      min: 0,
      max: 1000,
      step: 10,
      initial: 0,
    }),
    randomised: toggle({
      label: 'Randomised',
      says: 'Another ciphertext for each cell, as encryption should be: nothing can be looked up any more, by nobody.',
      initial: false,
    }),
  },
  refuses: (_options, { columns }) => (columns.length === 0 ? 'it is no table with columns' : undefined),
  async *protect({ keepsOrder, ciphertexts, randomised }, { examples, test, columns, classes, random }) {
    yield progress('encrypting the table', 0, 1);
    const cipher = await cipherOf(random.stream('cipher'));
    const both: { readonly own: EncryptedColumn; readonly learned: EncryptedColumn }[] = [];
    const [own, others] = [valuesOf(examples, columns), valuesOf(test, columns)];
    for (const [at, column] of columns.entries()) {
      const [plain, asked] = [own[at] as Int32Array, others[at] as Int32Array];
      const copies = copiesOf(plain, column.values.length, ciphertexts);
      const ordered = keepsOrder && column.ordered;
      const encrypt = randomised
        ? (cells: Int32Array) => freshly(cells, column, cipher, random.stream(`${column.name}/nonces`))
        : await smoothed(column, copies, ordered, cipher, random.stream(column.name));
      const all = await encrypt(Int32Array.from([...plain, ...asked]));
      const keeps = ordered && !randomised;
      both.push({
        own: columnOf(all.slice(0, plain.length), keeps),
        learned: columnOf(all, keeps),
      });
    }
    const rows = examples.count;
    const learned = indicators(
      both.map((one) => one.learned),
      rows,
      rows + test.count,
    );
    const size = learned.length / (rows + test.count);
    return {
      released: { rows, columns: both.map(({ own }) => own) },
      learnable: {
        shape: [size],
        inputs: learned.slice(0, rows * size),
        targets: oneHot(examples.labels, classes),
        test: { ...test, inputs: learned.slice(rows * size), size },
      },
      reader: undefined,
    };
  },
});

/** A ciphertext for each cell. */
type Encrypt = (cells: Int32Array) => Promise<string[]>;

/** How many ciphertexts each value has: one, or a share of all by how often it occurs. */
function copiesOf(cells: Int32Array, values: number, ciphertexts: number): Int32Array {
  return Int32Array.from(sharesOf(cells, values), (share) => Math.max(1, Math.round(ciphertexts * share)));
}

/** One of its value's ciphertexts for each cell, each as likely. */
async function smoothed(
  { name, values }: Column,
  copies: Int32Array,
  ordered: boolean,
  cipher: Cipher,
  random: Random,
): Promise<Encrypt> {
  const numbers = ordered
    ? increasing(
        copies.reduce((sum, own) => sum + own, 0),
        random.stream('order'),
      )
    : [];
  const known: string[][] = [];
  for (const [value, own] of copies.entries()) {
    const before = copies.subarray(0, value).reduce((sum, one) => sum + one, 0);
    const texts = Array.from({ length: own }, (_, copy) =>
      ordered ? (numbers[before + copy] as string) : cipher.deterministic(`${name}/${values[value]}/${copy}`),
    );
    known.push(await Promise.all(texts));
  }
  const drawn = random.stream('copies');
  return async (cells) =>
    Array.from(cells, (value) => (known[value] as string[])[drawn.integer(copies[value] as number)] as string);
}

/** So many different numbers, ascending, each of as many digits: their order is that of their texts. */
function increasing(count: number, random: Random): string[] {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(random.integer(2 ** 32));
  return [...drawn].sort((a, b) => a - b).map((number) => String(number).padStart(10, '0'));
}

function freshly(cells: Int32Array, { name, values }: Column, cipher: Cipher, random: Random): Promise<string[]> {
  return Promise.all(Array.from(cells, (value) => cipher.randomised(`${name}/${values[value]}`, random)));
}

function columnOf(cells: readonly string[], keepsOrder: boolean): EncryptedColumn {
  const ciphertexts = [...new Set(cells)];
  if (keepsOrder) ciphertexts.sort();
  const place = new Map(ciphertexts.map((text, i) => [text, i]));
  return { keepsOrder, ciphertexts, cells: Int32Array.from(cells, (text) => place.get(text) as number) };
}

/**
 * Cells as a network takes them: for each column as many numbers as ciphertexts that occur twice among the first rows, one of which is 1. What
 * occurs once can teach nothing, and would make thousands of numbers of randomised cells.
 */
function indicators(columns: readonly EncryptedColumn[], first: number, rows: number): Float32Array<ArrayBuffer> {
  const places = columns.map(({ ciphertexts, cells }) => {
    const counts = new Int32Array(ciphertexts.length);
    for (const cell of cells.subarray(0, first)) counts[cell] = (counts[cell] as number) + 1;
    let next = 0;
    return { of: counts.map((count) => (count > 1 ? next++ : -1)), count: () => next };
  });
  const widths = places.map(({ count }) => Math.max(1, count()));
  const size = widths.reduce((sum, width) => sum + width, 0);
  const table = new Float32Array(rows * size);
  let start = 0;
  for (const [at, { cells }] of columns.entries()) {
    for (let row = 0; row < rows; row++) {
      const place = places[at]?.of[cells[row] as number] as number;
      if (place >= 0) table[row * size + start + place] = 1;
    }
    start += widths[at] as number;
  }
  return table;
}
