/** Scores what was made of encrypted data against what it was before it was encrypted. */
import type { EncryptedPictures, EncryptedTable, ProtectedAccess } from '../core/access.ts';
import type { Artefact, DecryptedTable } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric } from '../core/event.ts';
import type { TextSpan } from '../core/evidence.ts';
import type { Examples } from '../core/examples.ts';
import type { Protected } from '../core/protection.ts';
import type { Random } from '../core/random.ts';
import { type Column, sharesOf, valuesOf } from '../core/table.ts';
import { meanOf } from '../metrics/intervals.ts';
import { judgePictures } from './judge-pictures.ts';
import { judgeRecovered } from './judge-recovered.ts';

/** What the owner knows, and what everybody does. */
interface Truth {
  readonly examples: Examples;
  readonly auxiliary: Examples;
  readonly columns: readonly Column[];
  readonly shape: readonly number[];
  readonly random: Random;
}

export async function* judgeDecryption(
  artefact: Artefact,
  { released }: Pick<Protected<ProtectedAccess>, 'released'>,
  truth: Truth,
): AsyncGenerator<LaneEvent> {
  if (artefact.kind === 'decrypted table') yield* judgeTable(artefact, released as EncryptedTable, truth);
  else if (artefact.kind === 'decrypted pictures')
    yield* judgePictures(artefact, released as EncryptedPictures, truth.examples, truth.shape, truth.random);
  else if (artefact.kind === 'recovered inputs')
    yield* judgeRecovered(artefact, { recipe: { split: { members: truth.examples, shape: truth.shape } } });
  else throw new Error(`nobody can judge ${artefact.kind} on protected data`);
}

/** Rows that are shown cell by cell. */
const shownRows = 8;

function* judgeTable(
  { columns: decrypted }: DecryptedTable,
  released: EncryptedTable,
  { examples, auxiliary, columns }: Truth,
): Generator<LaneEvent> {
  const plain = valuesOf(examples, columns);
  const elsewhere = valuesOf(auxiliary, columns);
  const guessed = columns.map((_, at) =>
    released.columns[at]?.cells.map((cell) => decrypted[at]?.[cell] as number),
  ) as Int32Array[];
  const commonest = columns.map(({ values }, at) => mostOften(elsewhere[at] as Int32Array, values.length));
  const shares = (guess: (at: number, row: number) => number) =>
    Array.from({ length: released.rows }, (_, row) => {
      const right = columns.filter((_column, at) => guess(at, row) === plain[at]?.[row]).length;
      return right / columns.length;
    });
  const blindly = shares((at) => commonest[at] as number);
  const chance = blindly.reduce((sum, share) => sum + share, 0) / blindly.length;
  const recovered = meanOf(
    shares((at, row) => guessed[at]?.[row] as number),
    'rows, of the cells in each that are right',
    chance,
  );
  yield metric('recoveryRate', { ...recovered, chanceIs: 'the commonest values' });

  const rightIn = (at: number, guess: (row: number) => number) =>
    (plain[at] as Int32Array).reduce((sum, value, row) => sum + (guess(row) === value ? 1 : 0), 0) / released.rows;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const rows = columns.map(({ name, values }, at) => {
    const { ciphertexts, keepsOrder } = released.columns[at] as EncryptedTable['columns'][number];
    return [
      name,
      keepsOrder ? 'order' : ciphertexts.length > released.rows / 2 ? 'nothing' : 'equality',
      values.length,
      ciphertexts.length,
      percent(rightIn(at, (row) => guessed[at]?.[row] as number)),
      percent(rightIn(at, () => commonest[at] as number)),
    ];
  });
  yield evidence('columns', {
    kind: 'table',
    title: 'Column by column',
    columns: ['column', 'keeps', 'values', 'ciphertexts', 'cells right', 'by the commonest value'],
    rows,
  });
  yield evidence('cells', {
    kind: 'text',
    title: 'What the attacker reads in the first rows; marked cells are right',
    spans: Array.from({ length: Math.min(shownRows, released.rows) }, (_, row) =>
      columns.flatMap(({ name, values }, at): TextSpan[] => {
        const guess = guessed[at]?.[row] as number;
        const end = at === columns.length - 1 ? '\n' : '  ';
        const text = `${name} ${values[guess]}`;
        return [guess === plain[at]?.[row] ? { text, mark: 'leak' } : { text }, { text: end }];
      }),
    ).flat(),
  });
  yield* frequenciesOf(released, elsewhere, columns);
}

/** Of the unordered column with most values, how common each ciphertext is and how common each value elsewhere, commonest first. */
function* frequenciesOf(
  released: EncryptedTable,
  elsewhere: readonly Int32Array[],
  columns: readonly Column[],
): Generator<LaneEvent> {
  const unordered = columns.flatMap(({ ordered, values }, at) => (ordered ? [] : [{ at, count: values.length }]));
  const [widest] = unordered.sort((a, b) => b.count - a.count);
  if (!widest) return;
  const { name } = columns[widest.at] as Column;
  const { ciphertexts, cells } = released.columns[widest.at] as EncryptedTable['columns'][number];
  const line = (title: string, cells: Int32Array, kinds: number) => {
    const y = Array.from(sharesOf(cells, kinds).sort().reverse(), (share) => 1000 * share);
    return { name: title, x: y.map((_, i) => i + 1), y };
  };
  yield evidence('frequencies', {
    kind: 'curve',
    title: `How often each ${name} occurs`,
    xLabel: 'commonest first',
    yLabel: 'of 1,000 rows',
    lines: [
      line('ciphertexts', cells, ciphertexts.length),
      line('values, in the attacker’s table', elsewhere[widest.at] as Int32Array, widest.count),
    ],
  });
}

function mostOften(cells: Int32Array, kinds: number): number {
  const shares = sharesOf(cells, kinds);
  return shares.indexOf(Math.max(...shares));
}
