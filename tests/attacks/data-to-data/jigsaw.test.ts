/** A jigsaw of pictures that are smooth from edge to edge: all of it, and nothing where each has a disorder of its own. */
import { describe, expect, it } from 'vitest';
import { assembled as assembling } from '../../../src/attacks/data-to-data/jigsaw.ts';
import { type BlockKey, cutOf, moved, turns } from '../../../src/core/blocks.ts';
import { randomOf } from '../../../src/core/random.ts';

const assembled = (...given: Parameters<typeof assembling>) => {
  const solving = assembling(...given);
  let step = solving.next();
  while (!step.done) step = solving.next();
  return step.value;
};

const side = 12;
const cut = cutOf([side, side, 1], 4);
const blocks = cut.rows * cut.columns;

/** Random waves: every pixel is like its neighbours, and no two places are alike. */
function waves(count: number): Float32Array<ArrayBuffer>[] {
  const random = randomOf('waves');
  return Array.from({ length: count }, () => {
    const bumps = Array.from({ length: 8 }, () => [random.uniform() * side, random.uniform() * side, random.normal()] as const);
    return Float32Array.from({ length: side * side }, (_, at) => {
      const [row, column] = [Math.floor(at / side), at % side];
      return bumps.reduce(
        (sum, [r, c, height]) => sum + 0.2 * height * Math.exp(-((row - r) ** 2 + (column - c) ** 2) / 12),
        0.5,
      );
    });
  });
}
const keyOf = (name: string): BlockKey => {
  const random = randomOf(name);
  return {
    places: random.permutation(blocks),
    turns: Int32Array.from({ length: blocks }, () => random.integer(turns.length)),
    negated: Uint8Array.from({ length: blocks }, () => random.integer(2)),
  };
};

/** Of each two blocks that lay side by side, whether they do in the group. */
function neighboursKept(group: ReturnType<typeof assembled>, key: BlockKey): number {
  const cellOf = new Map(group.map(({ block, cell }) => [block, cell]));
  let [kept, all] = [0, 0];
  for (let block = 0; block < blocks; block++) {
    for (const next of [block % cut.columns < cut.columns - 1 ? block + 1 : -1, block + cut.columns]) {
      if (next < 0 || next >= blocks) continue;
      all++;
      const [a, b] = [block, next].map((one) => cellOf.get(key.places[one] as number));
      if (a && b && Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) === 1) kept++;
    }
  }
  return kept / all;
}

describe('a jigsaw', () => {
  it('is solved where all pictures share a disorder', () => {
    const key = keyOf('one');
    const group = assembled(
      waves(150).map((picture) => moved(picture, cut, key)),
      cut,
    );
    expect(group).toHaveLength(blocks);
    expect(neighboursKept(group, key)).toBe(1);
    // Laid as they were, or all turned and all negatives: never some of them.
    const negatives = group.map(({ block, negated }) => negated !== (key.negated[key.places.indexOf(block)] === 1));
    expect(new Set(negatives).size).toBe(1);
  });

  it('is not where each has its own', () => {
    const key = keyOf('none of them');
    const own = waves(150).map((picture, i) => moved(picture, cut, keyOf(`${i}`)));
    // Of 12 neighbours about a sixth stay so by chance: two of nine places are side by side in 24 of 72 cases, if both are in the group.
    expect(neighboursKept(assembled(own, cut), key)).toBeLessThan(0.75);
  });
});
