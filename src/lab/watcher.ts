/** What can be seen while the target is still being trained: how it learns, and how what its attacker is after begins to show. */
import type { Family } from '../core/attack.ts';
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

/** What a poisoner wants of some inputs: see judge-poison.ts. */
interface Aim {
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
  /** The class that she wants them answered as, where it is one. */
  readonly wanted?: number;
}

/** Watches members and test examples, and, for the families where it means something, non-members or what a poisoner is after. */
export function watcherOf(split: Split, family: Family, aim?: Aim): Watcher {
  const part = (name: string, inputs: Float32Array<ArrayBuffer>, labels: Int32Array<ArrayBuffer>) => {
    const kept = Math.min(labels.length, mostWatched);
    return { name, inputs: inputs.slice(0, (inputs.length / labels.length) * kept), labels: labels.slice(0, kept) };
  };
  const watch = [part('members', split.members.inputs, split.members.labels), part('test', split.test.inputs, split.test.labels)];
  const tells = family === 'membership inference';
  if (tells) watch.push(part('non-members', split.nonMembers.inputs, split.nonMembers.labels));
  if (aim?.wanted !== undefined) {
    const wanted = new Int32Array(aim.labels.length).fill(aim.wanted);
    watch.push(part('answered as the attacker wants', aim.inputs, wanted));
  }

  const epochs: number[] = [];
  const histories = watch.map(({ name }) => ({ name, accuracy: [] as number[], loss: [] as number[] }));
  const leakage: number[] = [];
  const line = (name: string, y: readonly number[]): Line => ({ name, x: epochs.slice(), y: y.slice() });
  const curve = (id: string, title: string, yLabel: string, lines: readonly Line[], chance?: number) =>
    evidence(id, { kind: 'curve', title, xLabel: 'epoch', yLabel, lines, ...(chance !== undefined && { chance }) });

  return {
    watch,
    *onReport({ epoch, watched }) {
      const parts = watched?.[0];
      if (!parts?.length) return;
      epochs.push(epoch);
      for (const [i, { accuracy, loss }] of parts.entries()) {
        histories[i]?.accuracy.push(accuracy);
        histories[i]?.loss.push(loss);
      }
      const [members, test, third] = histories as [History, History, History | undefined];
      const aimed = !tells && third ? [line(third.name, third.accuracy)] : [];
      const accuracies = [line('members', members.accuracy), line('test', test.accuracy), ...aimed];
      yield curve('accuracy', 'Accuracy while training', 'accuracy', accuracies, 1 / split.classes);
      const other = tells && third ? third : test;
      yield curve('loss', 'Loss while training', 'loss', [line('members', members.loss), line(other.name, other.loss)]);
      if (!tells) return;
      const [inside, outside] = [parts[0]?.losses ?? [], parts[2]?.losses ?? []];
      const losses = [...inside, ...outside];
      const auc = aucOf(
        losses.map((value) => -value),
        losses.map((_, i) => i < inside.length),
      );
      leakage.push(auc.value);
      const title = 'Leakage while training: AUC of the plain loss';
      yield curve('leakage', title, 'AUC', [line('loss threshold', leakage)], 0.5);
    },
  };
}

interface History {
  readonly name: string;
  readonly accuracy: number[];
  readonly loss: number[];
}
