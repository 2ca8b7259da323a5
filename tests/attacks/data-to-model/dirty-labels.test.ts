/** What poisoners who change labels do to a training set, row by row. */
import { describe, expect, it } from 'vitest';
import { triggered } from '../../../src/core/trigger.ts';
import { changedRows, classes, examples, poisonOf } from './context.ts';

const inOrder = (rows: ArrayLike<number>) => Array.from(rows).sort((a, b) => a - b);
const labelsOf = (rows: readonly number[], of = examples) => rows.map((row) => of.labels[row]);

describe.each(['badnets', 'blended', 'label-flip'])('%s', (id) => {
  it('changes nothing at rate 0', async () => {
    const poison = await poisonOf(id, { rate: 0, sourceClass: 2 });
    expect(poison.poisoned).toHaveLength(0);
    expect(poison.examples).toEqual(examples);
  });

  it('leaves what it was given as it was', async () => {
    const before = structuredClone(examples);
    await poisonOf(id, { rate: 0.3, sourceClass: 2 });
    expect(examples).toEqual(before);
  });
});

describe('label flipping', () => {
  it('targeted, turns its share of one class into the other, and no picture', async () => {
    const poison = await poisonOf('label-flip', { mode: 'targeted', rate: 0.4, sourceClass: 2, targetClass: 1 });
    const flipped = changedRows(poison, 'labels');
    expect(flipped).toHaveLength(0.4 * 50);
    expect(inOrder(poison.poisoned)).toEqual(flipped);
    expect(new Set(labelsOf(flipped))).toEqual(new Set([2]));
    expect(new Set(labelsOf(flipped, poison.examples))).toEqual(new Set([1]));
    expect(changedRows(poison, 'inputs')).toEqual([]);
    expect(poison.goal).toEqual({ kind: 'confuse', sourceClass: 2, targetClass: 1 });
  });

  it('at random, gives its share of all another label, each of the others', async () => {
    const poison = await poisonOf('label-flip', { mode: 'random', rate: 0.5 });
    const flipped = changedRows(poison, 'labels');
    expect(flipped).toHaveLength(100);
    expect(inOrder(poison.poisoned)).toEqual(flipped);
    const steps = flipped.map(
      (row) => ((poison.examples.labels[row] as number) - (examples.labels[row] as number) + classes) % classes,
    );
    expect(new Set(steps)).toEqual(new Set([1, 2, 3]));
    expect(poison.goal).toEqual({ kind: 'degrade' });
  });
});

describe('BadNets', () => {
  it('puts its patch and its label on a share of the other classes', async () => {
    const poison = await poisonOf('badnets', { rate: 0.1, targetClass: 3 });
    const rows = inOrder(poison.poisoned);
    expect(rows).toHaveLength(20);
    expect(changedRows(poison, 'labels')).toEqual(rows);
    expect(labelsOf(rows)).not.toContain(3);
    expect(new Set(labelsOf(rows, poison.examples))).toEqual(new Set([3]));
    for (const row of rows) {
      const picture = poison.examples.inputs.subarray(16 * row, 16 * row + 16);
      expect([5, 6, 7, 9, 10, 11, 13, 14, 15].map((pixel) => picture[pixel])).toEqual(new Array(9).fill(1));
      expect(picture.slice(0, 5)).toEqual(examples.inputs.slice(16 * row, 16 * row + 5));
    }
  });

  it('covers itself with others that wear the patch and keep their label', async () => {
    const poison = await poisonOf('badnets', { rate: 0.1, targetClass: 3, covers: 1.5 });
    expect(changedRows(poison, 'labels')).toHaveLength(20);
    expect(changedRows(poison, 'inputs')).toEqual(inOrder(poison.poisoned));
    expect(poison.poisoned).toHaveLength(50);
  });
});

describe('blended', () => {
  it('mixes its pattern in faintly to teach, and as strongly as it likes to spring', async () => {
    const poison = await poisonOf('blended', { rate: 0.1, opacity: 0.1, sprung: 0.3, targetClass: 0 });
    if (poison.goal.kind !== 'trigger') throw new Error('a trigger was expected');
    const { mask, pattern } = poison.goal.trigger;
    expect([...new Set(mask)]).toEqual([Math.fround(0.3)]);
    const taught = { mask: mask.map(() => 0.1), pattern };
    for (const row of poison.poisoned) {
      const own = examples.inputs.subarray(16 * row, 16 * row + 16);
      expect(poison.examples.inputs.slice(16 * row, 16 * row + 16)).toEqual(triggered(own, taught));
    }
  });

  it('draws its noise by seed, and its stripes as they are', async () => {
    const noise = await poisonOf('blended', { pattern: 'noise' });
    expect(await poisonOf('blended', { pattern: 'noise' })).toEqual(noise);
    const stripes = await poisonOf('blended', { pattern: 'stripes' });
    expect(stripes.goal.kind === 'trigger' && [...stripes.goal.trigger.pattern]).toEqual([
      1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
  });
});
