/** Turning, moving and undoing blocks. */
import { expect, it } from 'vitest';
import {
  type BlockKey,
  blockAt,
  composed,
  cutOf,
  inverse,
  moved,
  pixelsAfter,
  turned,
  turns,
  undone,
} from '../../src/core/blocks.ts';
import { randomOf } from '../../src/core/random.ts';

it('knows the eight ways to lay a square: closed, with inverses, and each another one', () => {
  for (const one of turns) {
    expect(composed(inverse(one), one)).toBe(0);
    expect(new Set(turns.map((other) => composed(one, other))).size).toBe(8);
    for (const other of turns) expect(turned(composed(one, other), [2, 5])).toEqual(turned(one, turned(other, [2, 5])));
  }
  expect(new Set(turns.map((turn) => pixelsAfter(turn, 3).join())).size).toBe(8);
});

it.each([2, 3])('moves pixels of a block of side %d as it moves steps', (side) => {
  for (const one of turns) {
    for (const other of turns) {
      const [first, second] = [pixelsAfter(other, side), pixelsAfter(one, side)];
      expect(Array.from(second, (at) => first[at])).toEqual(Array.from(pixelsAfter(composed(one, other), side)));
    }
  }
});

it.each([
  [[8, 8, 1], 2],
  [[6, 12, 3], 3],
] as const)('undoes what a key did to a picture of %j', (shape, side) => {
  const cut = cutOf(shape, side);
  const blocks = cut.rows * cut.columns;
  const random = randomOf(`${shape}`);
  const key: BlockKey = {
    places: random.permutation(blocks),
    turns: Int32Array.from({ length: blocks }, () => random.integer(8)),
    negated: Uint8Array.from({ length: blocks }, () => random.integer(2)),
  };
  const picture = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.integer(256) / 256);
  const encrypted = moved(picture, cut, key);
  expect(encrypted).not.toEqual(picture);
  expect(moved(encrypted, cut, undone(key))).toEqual(picture); // with the true key nothing is lost: PSNR is infinite
  const covered = Array.from({ length: blocks }, (_, block) => [...blockAt(cut, block)]).flat();
  expect(new Set(covered).size).toBe(picture.length);
});
