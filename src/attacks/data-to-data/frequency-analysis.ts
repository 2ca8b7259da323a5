/**
 * Frequency analysis: what keeps equality keeps how often each value occurs, and what keeps order keeps how much lies below it. Another
 * table with the same columns, such as another year's, tells which value is that common.
 */
import type { EncryptedColumn } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { choice } from '../../core/params.ts';
import { sharesOf, valuesOf } from '../../core/table.ts';
import { bestAssignment } from '../../metrics/assignment.ts';

export default defineAttack({
  id: 'frequency-analysis',
  title: 'Frequency analysis',
  axis: 'data-to-data',
  family: 'data decryption',
  says: 'Matches ciphertexts with values by how often both occur, and where the order is kept by how much lies below them. No key is broken: equality and order are enough.',
  paper: {
    title: 'Inference Attacks on Property-Preserving Encrypted Databases',
    authors: 'Naveed, Kamara, Wright',
    venue: 'CCS',
    year: 2015,
    doi: '10.1145/2810103.2813651',
  },
  access: 'encrypted-table',
  brings: 'decrypted table',
  knows: ['others'],
  params: {
    unordered: choice({
      label: 'Where only equality is kept',
      says: 'Ranks: the commonest ciphertext is the commonest value, and so on. Assignment: all at once, so that the squared differences add up to least.',
      choices: ['ranks', 'assignment'],
      initial: 'assignment',
    }),
    ordered: choice({
      label: 'Where order is kept',
      says: 'Sorting: the smallest ciphertext is the smallest value, and so on, which needs every value to occur. Cumulative: by how common each is and how much lies below it.',
      choices: ['sorting', 'cumulative'],
      initial: 'cumulative',
    }),
  },
  metrics: ['recoveryRate', 'testAccuracy'],
  refuses: (_options, { columns }) => (columns.length === 0 ? 'it is no table with columns' : undefined),
  async *run({ columns: encrypted }, { unordered, ordered }, { auxiliary, columns }) {
    const elsewhere = valuesOf(auxiliary, columns);
    const decrypted: Matched[] = [];
    for (const [at, { values }] of columns.entries()) {
      const { ciphertexts, cells, keepsOrder } = encrypted[at] as EncryptedColumn;
      const seen = sharesOf(cells, ciphertexts.length);
      const known = sharesOf(elsewhere[at] as Int32Array, values.length);
      decrypted.push(keepsOrder ? byOrder(seen, known, ordered) : byFrequency(seen, known, unordered));
      yield progress('matching frequencies', at + 1, columns.length);
    }
    return { kind: 'decrypted table', columns: decrypted };
  },
});

type Matched = Int32Array<ArrayBuffer>;

/**
 * For each ciphertext a value. Where there are more of them than values, a common value has several, each about as frequent as any other's:
 * those are taken for the commonest value, the best guess without anything, and only rare values are looked for.
 * @param seen how common each ciphertext is
 * @param known how common each value is elsewhere
 */
export function byFrequency(seen: Float64Array, known: Float64Array, method: 'ranks' | 'assignment'): Matched {
  const single = (value: number) => seen.length <= known.length || (known[value] as number) * seen.length < 1.5;
  const values = descending(known).filter(single);
  const matched = new Int32Array(seen.length).fill(known.indexOf(Math.max(...known)));
  if (method === 'ranks') {
    const ciphertexts = descending(seen).slice(Math.max(0, seen.length - values.length));
    for (const [rank, ciphertext] of ciphertexts.entries()) matched[ciphertext] = values[rank] as number;
  } else if (values.length > 0) {
    const costs = Array.from(seen, (one) => values.map((value) => (one - (known[value] as number)) ** 2));
    for (const [ciphertext, place] of bestAssignment(costs).entries())
      if (place >= 0) matched[ciphertext] = values[place] as number;
  }
  return matched;
}

/** The same, for ciphertexts and values in ascending order. */
export function byOrder(seen: Float64Array, known: Float64Array, method: 'sorting' | 'cumulative'): Matched {
  const last = known.length - 1;
  if (method === 'sorting') return Int32Array.from(seen, (_, rank) => Math.min(rank, last));
  const [below, knownBelow] = [cumulative(seen), cumulative(known)];
  if (seen.length <= known.length) {
    return bestAssignment(
      Array.from(seen, (one, i) =>
        known.map((other, j) => Math.abs(one - other) + Math.abs((below[i] as number) - (knownBelow[j] as number))),
      ),
    );
  }
  // Several ciphertexts a value: each stands for the value in whose share of the table its middle lies.
  return Int32Array.from(seen, (one, i) => {
    const middle = (below[i] as number) - one / 2;
    const value = knownBelow.findIndex((share) => share >= middle);
    return value < 0 ? last : value;
  });
}

const descending = (shares: Float64Array) =>
  Array.from(shares.keys()).sort((a, b) => (shares[b] as number) - (shares[a] as number) || a - b);

/** What lies at or below each. */
function cumulative(shares: Float64Array): Float64Array {
  let sum = 0;
  return shares.map((share) => (sum += share));
}
