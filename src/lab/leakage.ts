/** What can be seen while the target is still being trained: how it learns, and how its answers begin to tell members apart. */
import { evidence, type LaneEvent } from '../core/event.ts';
import type { Line } from '../core/evidence.ts';
import type { TrainingReport, Watch } from '../core/training.ts';
import { aucOf } from '../metrics/roc.ts';
import type { Split } from './data.ts';

/** At most this many examples of a part are watched: enough for a curve, little enough not to slow training. */
const mostWatched = 300;

export interface Watcher {
  readonly watch: readonly Watch[];
  onReport(report: TrainingReport): Generator<LaneEvent>;
}

/** Watches members, non-members and test examples, and draws accuracy, loss and leakage as they grow. */
export function watcherOf(split: Split): Watcher {
  const part = (name: string, { inputs, labels, count, size }: Split['members']) => {
    const kept = Math.min(count, mostWatched);
    return { name, inputs: inputs.slice(0, kept * size), labels: labels.slice(0, kept) };
  };
  const watch = [part('members', split.members), part('non-members', split.nonMembers), part('test', split.test)];
  const epochs: number[] = [];
  const accuracy = { members: [] as number[], test: [] as number[] };
  const loss = { members: [] as number[], others: [] as number[] };
  const leakage: number[] = [];
  return {
    watch,
    *onReport({ epoch, watched }) {
      const [members, others, test] = watched?.[0] ?? [];
      if (!members || !others || !test) return;
      epochs.push(epoch);
      accuracy.members.push(members.accuracy);
      accuracy.test.push(test.accuracy);
      loss.members.push(members.loss);
      loss.others.push(others.loss);
      const losses = [...members.losses, ...others.losses];
      const isMember = losses.map((_, i) => i < members.losses.length);
      leakage.push(
        aucOf(
          losses.map((value) => -value),
          isMember,
        ).value,
      );
      const line = (name: string, y: number[]): Line => ({ name, x: epochs.slice(), y: y.slice() });
      yield evidence('accuracy', {
        kind: 'curve',
        title: 'Accuracy while training',
        xLabel: 'epoch',
        yLabel: 'accuracy',
        lines: [line('members', accuracy.members), line('test', accuracy.test)],
        chance: 1 / split.classes,
      });
      yield evidence('loss', {
        kind: 'curve',
        title: 'Loss while training',
        xLabel: 'epoch',
        yLabel: 'loss',
        lines: [line('members', loss.members), line('non-members', loss.others)],
      });
      yield evidence('leakage', {
        kind: 'curve',
        title: 'Leakage while training: AUC of the plain loss',
        xLabel: 'epoch',
        yLabel: 'AUC',
        lines: [line('loss threshold', leakage)],
        chance: 0.5,
      });
    },
  };
}
