import { describe, expect, it } from 'vitest';
import { concatenate, examplesOf, oneHot, take } from '../../src/core/examples.ts';

const three = examplesOf(Float32Array.of(1, 2, 3, 4, 5, 6), Int32Array.of(0, 1, 2));

describe('examples', () => {
  it('are taken by row, in the order asked for', () => {
    expect(take(three, [2, 0, 2])).toEqual(examplesOf(Float32Array.of(5, 6, 1, 2, 5, 6), Int32Array.of(2, 0, 2)));
    expect(take(three, [])).toEqual({ inputs: new Float32Array(), labels: new Int32Array(), count: 0, size: 2 });
  });

  it('are put one after another', () => {
    expect(concatenate(take(three, [1]), take(three, [0, 2]))).toEqual(take(three, [1, 0, 2]));
  });

  it('have one-hot rows', () => {
    expect(oneHot(Int32Array.of(2, 0), 3)).toEqual(Float32Array.of(0, 0, 1, 1, 0, 0));
  });
});
