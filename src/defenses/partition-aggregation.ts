/**
 * Deep partition aggregation: cut the training set into parts, train a network on each, and let them vote. An example reaches one of
 * the networks and no other, so whoever changes a few examples turns at most as many votes: where the lead is larger than twice
 * that, the answer stays, whatever she does. That is a proof, and it holds for any attack on the data.
 */
import type { Probabilities } from '../core/access.ts';
import { defineDefense } from '../core/defense.ts';
import { evidence, note } from '../core/event.ts';
import { count } from '../core/params.ts';
import { argMax } from '../core/statistics.ts';

export default defineDefense({
  id: 'partition-aggregation',
  title: 'Deep partition aggregation',
  says: 'Many networks, each on its own part of the data, vote: a proof that a few changed examples change nothing. Each learns less.',
  paper: {
    title: 'Deep Partition Aggregation: Provable Defense against General Poisoning Attacks',
    authors: 'Levine, Feizi',
    venue: 'ICLR',
    year: 2021,
    arxiv: '2006.14768',
  },
  against: ['poisoning'],
  params: {
    partitions: count({
      label: 'Parts',
      says: 'Networks that vote, each trained on its own part. More of them prove more and know less.',
      min: 2,
      max: 250,
      step: 1,
      initial: 50,
    }),
  },
  partitions: ({ partitions }) => partitions,
  async *onDetect({ partitions }, { test, probabilities }) {
    const { radius } = certificates(await probabilities(test.inputs), partitions, test.labels);
    const most = Math.floor(partitions / 2);
    const changed = Array.from({ length: most + 1 }, (_, i) => i);
    const share = changed.map((budget) => radius.reduce((sum, own) => sum + (own >= budget ? 1 : 0), 0) / test.count);
    yield evidence('certified', {
      kind: 'curve',
      title: 'What no attacker can change: right answers that are proven',
      xLabel: 'training examples that she may change',
      yLabel: 'share of test examples',
      lines: [{ name: 'right, and proven to stay', x: changed, y: share }],
    });
    const proven = share.findLastIndex((own) => own >= 0.5);
    if (proven >= 0) {
      yield note(`Proven: whoever changes ${proven} of the training examples leaves at least half of the test answers right.`);
    }
  },
});

/**
 * For each row the class that most of the networks say, the smaller one among equals, and how many of them may be turned before
 * that is another (theorem 1 of the paper): the least of ⌊(n₁ − n₂ − [c₂ < c₁]) / 2⌋ over the other classes c₂. A changed example
 * stays in its part, so it turns one network; one taken out and another put in, which the paper counts as two, are one here.
 * @param labels where an answer that is wrong has no certificate: −1
 */
export function certificates({ values, count: rows, classes }: Probabilities, voters: number, labels?: Int32Array) {
  const winners = Int32Array.from({ length: rows }, (_, row) => argMax(values, row, classes));
  const radius = winners.map((winner, row) => {
    const votes = (c: number) => Math.round(voters * (values[row * classes + c] as number));
    if (labels && labels[row] !== winner) return -1;
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < classes; other++) {
      if (other === winner) continue;
      least = Math.min(least, Math.floor((votes(winner) - votes(other) - (other < winner ? 1 : 0)) / 2));
    }
    return least;
  });
  return { winners, radius };
}
