/**
 * Instance encoding: each private picture is mixed with another one and with public ones, and every pixel's sign is flipped by a coin. What
 * leaves the house looks like noise, and is meant to be learned from.
 */
import { progress } from '../core/event.ts';
import { type Examples, oneHot } from '../core/examples.ts';
import { count } from '../core/params.ts';
import { defineProtection } from '../core/protection.ts';
import type { Random } from '../core/random.ts';

/** No picture may weigh more. */
const heaviest = 0.65;

export default defineProtection({
  id: 'instance-encoding',
  title: 'Mixed pictures',
  says: 'Mixes each private picture with another one, and with public ones, then flips the sign of every pixel by a coin. Labels are mixed alike. A network is to learn from the mixtures.',
  paper: {
    title: 'InstaHide: Instance-hiding Schemes for Private Distributed Learning',
    authors: 'Huang, Song, Li, Arora',
    venue: 'ICML',
    year: 2020,
    arxiv: '2010.02772',
  },
  access: 'encodings',
  params: {
    mixed: count({
      label: 'Pictures in a mixture',
      says: 'Two of them are private, the others public.',
      min: 2,
      max: 8,
      step: 1,
      initial: 2,
    }),
    copies: count({
      label: 'Mixtures of each picture',
      says: 'In so many mixtures it is the first, and in as many the second: one of each in every pass over the private pictures.',
      min: 1,
      max: 100,
      step: 1,
      initial: 20,
    }),
  },
  refuses: (_options, { shape }) =>
    shape.length === 3 ? undefined : `its examples have the shape [${shape}], and are no pictures`,
  async *protect({ mixed, copies }, { examples, test, auxiliary, shape, classes, random }) {
    yield progress('mixing the pictures', 0, 1);
    const { size } = examples;
    const drawn = random.stream('mixing');
    const oneOf = (picked: Examples, row: number) => picked.inputs.subarray(row * size, (row + 1) * size);
    const strangers = (many: number) => Array.from({ length: many }, () => oneOf(auxiliary, drawn.integer(auxiliary.count)));
    const table: number[] = [];
    const encodings: Float32Array[] = [];
    const added: Float32Array[] = [];
    const own = oneHot(examples.labels, classes);
    for (let pass = 0; pass < copies; pass++) {
      const partners = drawn.permutation(examples.count);
      for (const [first, second] of partners.entries()) {
        if (first === second) continue; // a picture mixed with itself would be hidden by nothing
        const weights = weightsOf(mixed, drawn);
        const others = strangers(mixed - 2);
        encodings.push(withoutSigns(sumOf([oneOf(examples, first), oneOf(examples, second), ...others], weights), drawn));
        if (mixed > 2) added.push(sumOf(others, weights.slice(2)));
        for (let label = 0; label < classes; label++) {
          const [one, other] = [own[first * classes + label] as number, own[second * classes + label] as number];
          table.push((weights[0] as number) * one + (weights[1] as number) * other);
        }
      }
    }
    const inputs = joined(encodings, size);
    const labels = Float32Array.from(table);
    // A network is asked about pictures that are mixed with public ones, as it learned them.
    const asked = new Float32Array(test.inputs.length);
    for (let row = 0; row < test.count; row++)
      asked.set(withoutSigns(sumOf([oneOf(test, row), ...strangers(mixed - 1)], weightsOf(mixed, drawn)), drawn), row * size);
    // Signs are coins, and say nothing: whoever learns from such pictures takes them away first.
    return {
      released: {
        count: encodings.length,
        encodings: inputs,
        labels,
        classes,
        pictures: examples.count,
        ...(mixed > 2 ? { strangers: joined(added, size) } : {}),
      },
      learnable: {
        shape,
        inputs: inputs.map(Math.abs),
        targets: normalised(labels, classes),
        test: { ...test, inputs: asked.map(Math.abs) },
      },
      reader: undefined,
    };
  },
});

/** Random shares that add up to 1, none of them too heavy. */
function weightsOf(count: number, random: Random): number[] {
  for (;;) {
    const shares = Array.from({ length: count }, () => random.uniform());
    const sum = shares.reduce((total, share) => total + share, 0);
    if (Math.max(...shares) <= heaviest * sum) return shares.map((share) => share / sum);
  }
}

/** Pictures with values from 0 to 1 as a sum of theirs from −1 to 1. */
function sumOf(pictures: readonly Float32Array[], weights: readonly number[]): Float32Array {
  return (pictures[0] as Float32Array).map((_, at) =>
    pictures.reduce((sum, picture, i) => sum + (weights[i] as number) * (2 * (picture[at] as number) - 1), 0),
  );
}

/** Each pixel's sign is a coin. */
const withoutSigns = (sum: Float32Array, random: Random) => sum.map((value) => (random.integer(2) ? value : -value));

function joined(rows: readonly Float32Array[], size: number): Float32Array<ArrayBuffer> {
  const all = new Float32Array(rows.length * size);
  for (const [row, values] of rows.entries()) all.set(values, row * size);
  return all;
}

/** Public pictures have no label: what the private ones weigh is scaled up to 1. */
function normalised(table: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const rows = table.slice() as Float32Array<ArrayBuffer>;
  for (let from = 0; from < rows.length; from += classes) {
    const row = rows.subarray(from, from + classes);
    const sum = row.reduce((total, share) => total + share, 0);
    for (let label = 0; label < classes; label++) row[label] = (row[label] as number) / sum;
  }
  return rows;
}
