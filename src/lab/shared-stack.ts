/**
 * One stack for many. The lanes of an experiment, its seeds, the values of a spread knob: each goes its own way, and where several of
 * them want networks trained that can stand in one stack, they are trained as one. Each party gets its own weights back, the same
 * as it would get alone, because every member of a stack draws from streams of its own.
 *
 * Whoever wants a training waits until every other party wants one too, is in one, or has left; nobody waits for a clock. Who trains
 * with whom may depend on how fast a machine is, but no number does.
 */
import {
  type Compute,
  type StackMember,
  stackable,
  type TrainingJob,
  type TrainingReport,
  type Weights,
} from '../core/training.ts';

export interface Party extends Compute {
  /** It will train no more. */
  leave(): void;
}

/** @returns how to join; all must have joined before the first of them trains */
export function sharedStack(compute: Compute): () => Party {
  let free = 0; // parties that have not asked, and may yet
  let waiting: {
    readonly job: TrainingJob;
    begin(training: ReturnType<Compute['train']>): void;
    fail(error: unknown): void;
  }[] = [];

  const beginIfAllAsked = () => {
    if (free > 0) return;
    const asked = waiting;
    waiting = [];
    for (const group of groupsOf(asked, (one, other) => alike(one.job, other.job))) {
      try {
        const trainings = trainTogether(
          compute,
          group.map(({ job }) => job),
        );
        group.forEach(({ begin }, i) => begin(trainings[i] as ReturnType<Compute['train']>));
      } catch (error) {
        for (const { fail } of group) fail(error); // all of them, not only whoever asked last
      }
    }
  };

  return () => {
    free++;
    let here = true;
    return {
      backend: compute.backend,
      logits: (job) => compute.logits(job),
      gradients: (job) => compute.gradients(job),
      async *train(job) {
        free--;
        try {
          const training = await new Promise<ReturnType<Compute['train']>>((begin, fail) => {
            waiting.push({ job, begin, fail });
            beginIfAllAsked();
          });
          return yield* training;
        } finally {
          free++;
        }
      },
      leave() {
        if (!here) return;
        here = false;
        free--;
        beginIfAllAsked();
      },
    };
  };
}

function groupsOf<T>(list: readonly T[], belong: (one: T, other: T) => boolean): T[][] {
  const groups: T[][] = [];
  for (const item of list) {
    const group = groups.find(([first]) => belong(first as T, item));
    if (group) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

function alike(a: TrainingJob, b: TrainingJob): boolean {
  return (
    JSON.stringify([a.model, a.shape, a.classes]) === JSON.stringify([b.model, b.shape, b.classes]) &&
    !a.anchors &&
    !b.anchors &&
    stackable(a.members[0] as StackMember, b.members[0] as StackMember)
  );
}

/** Jobs of the same kind as one, and each job's own view of how it goes. Whoever asks first moves all of them on. */
function trainTogether(compute: Compute, jobs: readonly TrainingJob[]): ReturnType<Compute['train']>[] {
  if (jobs.length === 1) return [compute.train(jobs[0] as TrainingJob)];
  const whole = joined(jobs);
  const training = compute.train(whole);
  const views = jobs.map((job, i) => {
    const from = jobs.slice(0, i).reduce((sum, { members }) => sum + members.length, 0);
    return { from, to: from + job.members.length, news: [] as (TrainingReport | Weights[])[] };
  });
  let left = 0;
  let failed: { readonly error: unknown } | undefined;
  let moving: Promise<void> | undefined;

  const move = async () => {
    try {
      const step = await training.next();
      for (const { from, to, news } of views) {
        if (step.done) news.push(step.value.slice(from, to));
        else {
          const share = (to - from) / whole.members.length;
          const { done, total, watched, ...rest } = step.value;
          news.push({ ...rest, done: done * share, total: total * share, ...(watched && { watched: watched.slice(from, to) }) });
        }
      }
    } catch (error) {
      failed = { error };
    } finally {
      moving = undefined;
    }
  };

  return views.map(async function* ({ news }) {
    try {
      for (;;) {
        while (news.length === 0) {
          if (failed) throw failed.error;
          moving ??= move();
          await moving;
        }
        const item = news.shift() as TrainingReport | Weights[];
        if (Array.isArray(item)) return item;
        yield item;
      }
    } finally {
      if (++left === views.length) await training.return([]);
    }
  });
}

/**
 * The jobs' members as one stack, over all their examples; examples that several share are there once. So are tables of targets: one
 * table holds those of several jobs, each where its own examples lie.
 */
function joined(jobs: readonly TrainingJob[]): TrainingJob {
  const [first] = jobs as [TrainingJob];
  const size = first.shape.reduce((product, side) => product * side, 1);
  const sources = [...new Set(jobs.map(({ inputs }) => inputs))];
  const starts = new Map<TrainingJob['inputs'], number>();
  let rows = 0;
  for (const source of sources) {
    starts.set(source, rows);
    rows += source.length / size;
  }
  const alone = sources.length === 1;
  const inputs = alone ? first.inputs : new Float32Array(rows * size);
  if (!alone) for (const source of sources) inputs.set(source, (starts.get(source) as number) * size);
  const targets: TrainingJob['targets'][number][] = [];
  const used = new Map<TrainingJob['inputs'], number>(); // how many tables hold something about these examples
  const members = jobs.flatMap((job) => {
    const start = starts.get(job.inputs) as number;
    const firstTable = used.get(job.inputs) ?? 0;
    used.set(job.inputs, firstTable + job.targets.length);
    for (const [t, table] of job.targets.entries()) {
      const width = table.length / (job.inputs.length / size); // a value a class, or one a place of a text
      targets[firstTable + t] ??= new Float32Array(rows * width);
      targets[firstTable + t]?.set(table, start * width);
    }
    return job.members.map((member) => ({
      ...member,
      indices: start === 0 ? member.indices : member.indices.map((row) => row + start),
      targets: member.targets + firstTable,
    }));
  });
  return { ...first, inputs, targets, members };
}
