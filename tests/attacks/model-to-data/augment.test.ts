import { describe, expect, it } from 'vitest';
import { attacks } from '../../../src/attacks/index.ts';
import { augmentations, shiftsRefusal } from '../../../src/attacks/model-to-data/augment.ts';
import type { Setting } from '../../../src/core/attack.ts';
import { find, planOf } from '../../../src/core/experiment.ts';
import { initialValues } from '../../../src/core/params.ts';

// Two pictures of 2 × 3 pixels and one channel.
const pictures = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60);

describe('shifted copies', () => {
  it('are the picture itself, then its neighbours, with 0 moving in', () => {
    const expected = [
      [1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60],
      [0, 0, 0, 1, 2, 3, 0, 0, 0, 10, 20, 30], // down
      [4, 5, 6, 0, 0, 0, 40, 50, 60, 0, 0, 0], // up
      [0, 1, 2, 0, 4, 5, 0, 10, 20, 0, 40, 50], // right
      [2, 3, 0, 5, 6, 0, 20, 30, 0, 50, 60, 0], // left
      [0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 10, 20], // down and right
      [5, 6, 0, 0, 0, 0, 50, 60, 0, 0, 0, 0], // up and left
      [0, 0, 0, 2, 3, 0, 0, 0, 0, 20, 30, 0], // down and left
      [0, 4, 5, 0, 0, 0, 0, 40, 50, 0, 0, 0], // up and right
    ];
    expect(augmentations(pictures, [2, 3, 1], 9).map((view) => [...view])).toEqual(expected);
  });

  it('move the channels of a pixel together', () => {
    const [, , , right] = augmentations(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2], 4); // two channels
    expect([...(right as Float32Array)]).toEqual([0, 0, 1, 2, 0, 0, 5, 6]);
  });

  it('are as many as asked for, and leave the picture as it was', () => {
    const before = pictures.slice();
    expect(augmentations(pictures, [2, 3, 1], 1)).toEqual([before]);
    expect(augmentations(pictures, [2, 3, 1], 5)).toHaveLength(5);
    expect(pictures).toEqual(before);
  });

  it('are refused for what is not a picture, with the shape that it has', () => {
    expect(shiftsRefusal([28, 28, 1])).toBeUndefined();
    expect(shiftsRefusal([2])).toContain('[2]');
    const lira = find(attacks, 'attack', 'lira');
    const options = initialValues(lira.params);
    const of = (...shape: number[]): Setting => ({
      kind: 'examples',
      shape,
      classes: 10,
      columns: [],
      model: { id: 'mlp', options: {} },
      training: planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 10, epochs: 1 }),
    });
    expect(lira.refuses?.({ ...options, queries: 2 }, of(300))).toContain('[300]');
    expect(lira.refuses?.({ ...options, queries: 1 }, of(300))).toBeUndefined();
    expect(lira.refuses?.({ ...options, queries: 9 }, of(28, 28, 1))).toBeUndefined();
  });
});
