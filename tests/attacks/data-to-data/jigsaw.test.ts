/** A jigsaw of pictures that are smooth from edge to edge: all of it, and nothing where each has a disorder of its own. */
import { describe, expect, it } from 'vitest';
import { assembled, type Placed } from '../../../src/attacks/data-to-data/jigsaw.ts';
import { type BlockKey, cutOf, moved, turns } from '../../../src/core/blocks.ts';
import { ended } from '../../../src/core/event.ts';
import { randomOf } from '../../../src/core/random.ts';
import { mean } from '../../../src/core/statistics.ts';

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
function neighboursKept(group: readonly Placed[], key: BlockKey): number {
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
    const disordered = waves(150).map((picture) => moved(picture, cut, key));
    const group = ended(assembled(disordered, cut));
    expect(group).toHaveLength(blocks);
    expect(neighboursKept(group, key)).toBe(1);
    // Laid as they were, or all turned and all negatives: never some of them.
    const negatives = group.map(({ block, negated }) => negated !== (key.negated[key.places.indexOf(block)] === 1));
    expect(new Set(negatives).size).toBe(1);
  });

  it('is not where each has its own', () => {
    const kept = Array.from({ length: 12 }, (_, round) => {
      const own = waves(150).map((picture, i) => moved(picture, cut, keyOf(`${round}/${i}`)));
      return neighboursKept(ended(assembled(own, cut)), keyOf(`none of them ${round}`));
    });
    // Laid at random, 12 of 36 pairs of blocks lie side by side, fewer if some are left over: .22 with a deviation of .11 over twelve rounds.
    expect(mean(kept)).toBeLessThan(1 / 3);
  });
});
