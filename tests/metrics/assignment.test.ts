import { expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { bestAssignment } from '../../src/metrics/assignment.ts';

function* orders(rest: readonly number[], begun: readonly number[] = []): Generator<readonly number[]> {
  if (rest.length === 0) yield begun;
  for (const next of rest) {
    yield* orders(
      rest.filter((one) => one !== next),
      [...begun, next],
    );
  }
}

it.each([1, 2, 3, 6])('gives each of %d truths a guess of its own, as cheaply as any order does', (count) => {
  const random = randomOf(`assignment ${count}`);
  const everyone = Array.from({ length: count }, (_, i) => i);
  for (let round = 0; round < 20; round++) {
    const errors = everyone.map(() => everyone.map(() => random.uniform()));
    const cost = (order: ArrayLike<number>) =>
      errors.reduce((sum, row, truth) => sum + (row[order[truth] as number] as number), 0);
    const assigned = bestAssignment(errors);
    expect([...assigned].sort((a, b) => a - b)).toEqual(everyone);
    expect(cost(assigned)).toBeCloseTo(Math.min(...[...orders(everyone)].map(cost)), 12);
  }
});

it('leaves over what there is too much of, and that at least cost', () => {
  const errors = [
    [5, 1, 9],
    [1, 2, 9],
  ];
  expect(Array.from(bestAssignment(errors))).toEqual([1, 0]);
  expect(
    Array.from(
      bestAssignment([
        [5, 1],
        [1, 9],
        [0.5, 9],
      ]),
    ),
  ).toEqual([1, -1, 0]);
});
