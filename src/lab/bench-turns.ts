/** Measuring in turns: whatever disturbs a machine for a while disturbs everybody alike. */
import { median } from '../core/statistics.ts';
import type { Compute } from '../core/training.ts';
import type { BenchEvent, BenchGap, BenchName, BenchRow } from './bench.ts';
import type { BenchHost, BenchTwin } from './run-bench.ts';

/** Somebody who does the work. */
export interface Subject<Work> {
  readonly implementation: BenchRow['implementation'];
  readonly backend: string;
  readonly beside?: string;
  readonly how?: NonNullable<BenchRow['how']>;
  readonly threads: number;
  readonly extrapolated?: true;
  /** Does the work once, at one go or yielding where it can be ended. @returns milliseconds */
  time(work: Work): Promise<number> | AsyncGenerator<undefined, number>;
}

/** Ours on one trainer and on all of them, TF.js's own layers, and whoever else the host has found. */
export function subjectsOn<Work>(
  { one, all, twins = [] }: BenchHost,
  ours: (compute: Compute) => Subject<Work>['time'],
  layers: Pick<Subject<Work>, 'time' | 'extrapolated'>,
  twinned: (twin: BenchTwin) => Subject<Work>['time'],
): Subject<Work>[] {
  const { backend } = one;
  const own = (compute: Compute, threads: number): Subject<Work> => ({
    implementation: 'threatloop',
    backend,
    threads,
    time: ours(compute),
  });
  return [
    own(one, 1),
    ...(all ? [own(all.compute, all.threads)] : []),
    { implementation: 'tf.layers', backend, how: 'one after another', threads: 1, ...layers },
    ...twins.map(
      (twin): Subject<Work> => ({
        implementation: twin.implementation,
        backend: twin.backend,
        beside: backend,
        how: twin.how,
        threads: 1,
        time: twinned(twin),
      }),
    ),
  ];
}

/** One subject with the work that each of its repetitions does. */
export interface Turn<Work> {
  readonly subject: Subject<Work>;
  readonly work: Work;
}

/** Why something could not be measured. */
export interface Why {
  readonly why: string;
}

/** Counts repetitions for whoever waits. */
export interface Count {
  done: number;
  readonly total: number;
}

/** The first repetition of everybody, then the second of everybody, and so on; a row for each in the end. */
export async function* takeTurns<Work>(
  bench: BenchName,
  model: BenchRow['model'],
  networks: number,
  turns: readonly Turn<Work>[],
  repetitions: number,
  count: Count,
): AsyncGenerator<BenchEvent> {
  const times = turns.map((): number[] => []);
  const broken = new Set<number>();
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const [i, { subject, work }] of turns.entries()) {
      if (!broken.has(i)) {
        const says = `${nameOf(subject)}: ${model}, ${countOf(networks)}, repetition ${repetition} of ${repetitions}`;
        const time = yield* timedOrWhy(subject, work, says, count);
        if (typeof time === 'number') times[i]?.push(time);
        else {
          broken.add(i);
          yield { type: 'benched', result: gapOf(bench, model, subject, time.why) };
        }
      }
      count.done++;
    }
  }
  for (const [i, { subject }] of turns.entries()) {
    if (broken.has(i)) continue;
    const { implementation, backend, beside, how, threads, extrapolated } = subject;
    const own = times[i] as number[];
    yield {
      type: 'benched',
      result: {
        bench,
        implementation,
        backend,
        ...(beside && { beside }),
        threads: Math.min(threads, networks),
        model,
        networks,
        ...(how && { how }),
        milliseconds: median(own),
        repetitions: own,
        ...(extrapolated && { extrapolated }),
      },
    };
  }
}

/** One repetition. A baseline may break, and says why in its own words; ours may not. */
export async function* timedOrWhy<Work>(
  subject: Subject<Work>,
  work: Work,
  says: string,
  count: Count,
): AsyncGenerator<BenchEvent, number | Why> {
  const now = (): BenchEvent => ({ type: 'benching', says, done: count.done, total: count.total });
  yield now();
  try {
    const timing = subject.time(work);
    if (timing instanceof Promise) return await timing;
    try {
      for (;;) {
        const step = await timing.next();
        if (step.done) return step.value;
        yield now();
      }
    } finally {
      await timing.return(0);
    }
  } catch (error) {
    if (subject.implementation === 'threatloop') throw error;
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

export function gapOf<Work>(bench: BenchName, model: BenchRow['model'], subject: Subject<Work>, why: string): BenchGap {
  return { bench, implementation: subject.implementation, backend: subject.backend, model, why };
}

export function nameOf<Work>({ implementation, backend, how, threads }: Subject<Work>): string {
  return `${implementation} on ${backend}${how && how !== 'one after another' ? `, ${how}` : ''}${threads > 1 ? `, ${threads} threads` : ''}`;
}

export const countOf = (networks: number) => (networks === 1 ? 'one network' : `${networks} networks`);
