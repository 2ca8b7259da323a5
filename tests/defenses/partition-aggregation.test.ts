/** What the votes of partitions prove. */
import { describe, expect, it } from 'vitest';
import type { Probabilities } from '../../src/core/access.ts';
import { randomOf } from '../../src/core/random.ts';
import { certificates } from '../../src/defenses/partition-aggregation.ts';

const classes = 3;
const sharesOf = (...votes: number[][]): Probabilities => ({
  kind: 'probabilities',
  values: Float32Array.from(votes.flatMap((row) => row.map((own) => own / row.reduce((sum, one) => sum + one, 0)))),
  count: votes.length,
  classes,
});

/** The class with most votes, the smaller one among equals. */
const winnerOf = (votes: readonly number[]) => votes.indexOf(Math.max(...votes));

/** The fewest votes that must be turned before another class wins, by trying every way to turn them. */
function fewestToTurn(votes: readonly number[]): number {
  const winner = winnerOf(votes);
  for (let turned = 1; ; turned++) {
    for (let rival = 0; rival < votes.length; rival++) {
      if (rival === winner) continue;
      // Whoever wants the rival to win takes votes from the winner, or, where that has none left, from nobody.
      for (let fromWinner = 0; fromWinner <= Math.min(turned, votes[winner] as number); fromWinner++) {
        const after = votes.map((own, c) => own + (c === rival ? turned : 0) - (c === winner ? fromWinner : 0));
        const others = votes.findIndex((own, c) => c !== winner && c !== rival && own >= turned - fromWinner);
        if (others >= 0) after[others] = (after[others] as number) - (turned - fromWinner);
        else if (turned !== fromWinner) continue;
        if (winnerOf(after) !== winner) return turned;
      }
    }
  }
}

describe('the certificate of partition aggregation', () => {
  it.each([
    [[5, 3, 2], 0, 1], // after one: 4, 4, 2, and the smaller class wins
    [[3, 5, 2], 1, 0], // after one: 4, 4, 2, and the smaller class wins
    [[5, 5, 0], 0, 0],
    [[10, 0, 0], 0, 5], // after five: 5, 5, 0
    [[0, 10, 0], 1, 4],
  ])('of votes %j is for class %d and stands %d changes', (votes, winner, radius) => {
    const found = certificates(sharesOf(votes), 10);
    expect([...found.winners, ...found.radius]).toEqual([winner, radius]);
  });

  it('is the most that is true: one more change can turn the answer, and none of so many can', () => {
    const random = randomOf('votes');
    for (let trial = 0; trial < 300; trial++) {
      const votes = [0, 0, 0];
      for (let voter = 0; voter < 13; voter++) {
        const said = random.integer(3);
        votes[said] = (votes[said] as number) + 1;
      }
      const [radius] = certificates(sharesOf(votes), 13).radius;
      expect((radius as number) + 1, JSON.stringify(votes)).toBe(fewestToTurn(votes));
    }
  });

  it('is not given to an answer that is wrong', () => {
    expect([...certificates(sharesOf([9, 1, 0], [9, 1, 0]), 10, Int32Array.of(1, 0)).radius]).toEqual([-1, 4]);
  });
});
