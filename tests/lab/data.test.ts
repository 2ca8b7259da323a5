/** Splitting: disjoint parts by seed, and wrong labels for members and non-members alike. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import { withClasses } from '../../src/core/dataset.ts';
import type { Examples } from '../../src/core/examples.ts';
import { find, resolveExperiment } from '../../src/core/experiment.ts';
import { randomOf } from '../../src/core/random.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { splitData } from '../../src/lab/data.ts';

const sizes = { members: 500, nonMembers: 400, population: 300, test: 200 };

async function splitOf(options: object, seed: number) {
  const { data } = resolveExperiment({ data: { id: 'purchases', products: 200, ...sizes, ...options } }, catalog);
  const { read } = await nodeHost('cpu');
  return splitData(withClasses(find(catalog.datasets, 'dataset', data.id)), data, read, randomOf(seed));
}

/** Rows as texts: 200 fair coins make no two shoppers alike. */
const rowsOf = ({ inputs, count, size }: Examples) =>
  Array.from({ length: count }, (_, i) => inputs.slice(i * size, (i + 1) * size).join(''));

describe('a split', () => {
  it('has the sizes that were asked for, no example twice, and the rest as public reference', async () => {
    const split = await splitOf({}, 1);
    const parts = [split.members, split.nonMembers, split.population, split.test, split.reference];
    expect(parts.map(({ count }) => count)).toEqual([500, 400, 300, 200, 2000]);
    const rows = parts.flatMap(rowsOf);
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('is the same for the same seed and another for another', async () => {
    const [one, again, other] = await Promise.all([splitOf({}, 1), splitOf({}, 1), splitOf({}, 2)]);
    expect(again).toEqual(one);
    expect(rowsOf(other.members)).not.toEqual(rowsOf(one.members));
  });
});

describe('label noise', () => {
  it('changes exactly its share of the labels of members and of non-members, and no other', async () => {
    const [clean, noisy] = await Promise.all([splitOf({}, 1), splitOf({ labelNoise: 0.1 }, 1)]);
    const changed = (a: Examples, b: Examples) => a.labels.reduce((sum, label, i) => sum + (label === b.labels[i] ? 0 : 1), 0);
    expect(changed(clean.members, noisy.members)).toBe(50);
    expect(changed(clean.nonMembers, noisy.nonMembers)).toBe(40);
    for (const part of ['population', 'test', 'reference'] as const) expect(noisy[part]).toEqual(clean[part]);
    expect(noisy.members.inputs).toEqual(clean.members.inputs);
  });
});
