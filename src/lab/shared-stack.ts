/**
 * One stack for many. The lanes of an experiment, its seeds, the values of a spread knob: each goes its own way, and where several of
 * them want networks trained that can stand in one stack, they are trained as one. Each party gets its own weights back, the same
 * as it would get alone, because every member of a stack draws from streams of its own. Where several want the very same network,
 * as lanes do whose defenses come after training, it is trained once.
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
  const { whole, places } = joined(jobs);
  const training = compute.train(whole);
  const views = places.map((own) => ({ own, news: [] as (TrainingReport | Weights[])[] }));
  let left = 0;
  let failed: { readonly error: unknown } | undefined;
  let moving: Promise<void> | undefined;

  const move = async () => {
    try {
      const step = await training.next();
      for (const { own, news } of views) {
        const owned = <T>(all: readonly T[]) => own.map((place) => all[place] as T);
        if (step.done) news.push(owned(step.value));
        else {
          const share = own.length / whole.members.length;
          const { done, total, watched, ...rest } = step.value;
          news.push({ ...rest, done: done * share, total: total * share, ...(watched && { watched: owned(watched) }) });
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
 * The jobs' members as one stack, over all their examples, and where in it each job finds its own. What several have alike is there once:
 * examples, tables of targets, whole networks. One table holds the targets of several jobs, each where its own examples lie.
 */
function joined(jobs: readonly TrainingJob[]): { whole: TrainingJob; places: number[][] } {
  const [first] = jobs as [TrainingJob];
  const size = first.shape.reduce((product, side) => product * side, 1);
  const sources: {
    readonly inputs: TrainingJob['inputs'];
    readonly start: number;
    readonly tables: TrainingJob['targets'][number][];
  }[] = [];
  let rows = 0;
  const own = jobs.map(({ inputs, targets }) => {
    let source = sources.find((other) => equal(other.inputs, inputs));
    if (!source) {
      source = { inputs, start: rows, tables: [] };
      sources.push(source);
      rows += inputs.length / size;
    }
    const { tables } = source;
    return { source, tables: targets.map((table) => indexIn(tables, table, equal)) };
  });
  const alone = sources.length === 1;
  const inputs = alone ? first.inputs : new Float32Array(rows * size);
  const targets: TrainingJob['targets'][number][] = [];
  for (const { inputs: part, start, tables } of sources) {
    if (!alone) inputs.set(part, start * size);
    for (const [t, table] of tables.entries()) {
      const width = table.length / (part.length / size); // a value a class, or one a place of a text
      targets[t] ??= new Float32Array(rows * width);
      targets[t]?.set(table, start * width);
    }
  }
  const members: StackMember[] = [];
  const places = jobs.map((job, j) => {
    const { source, tables } = own[j] as (typeof own)[number];
    return job.members.map((member) => {
      const indices = source.start === 0 ? member.indices : member.indices.map((row) => row + source.start);
      return indexIn(members, { ...member, indices, targets: tables[member.targets] as number }, sameNetwork);
    });
  });
  return { whole: { ...first, inputs, targets, members }, places };
}

/** Where in a list that is, or would be if it is not there yet: then it is put at its end. */
function indexIn<T>(list: T[], item: T, same: (one: T, other: T) => boolean): number {
  const at = list.findIndex((one) => same(one, item));
  return at < 0 ? list.push(item) - 1 : at;
}

function sameNetwork(a: StackMember, b: StackMember): boolean {
  return (
    a.seed === b.seed &&
    a.targets === b.targets &&
    (a.frozen ?? 0) === (b.frozen ?? 0) &&
    JSON.stringify(a.plan) === JSON.stringify(b.plan) &&
    equal(a.indices, b.indices) &&
    (a.start === b.start || (a.start !== undefined && b.start !== undefined && equal(a.start, b.start))) &&
    a.watch.length === b.watch.length &&
    a.watch.every(
      ({ name, inputs, labels }, i) =>
        name === b.watch[i]?.name && equal(inputs, b.watch[i].inputs) && equal(labels, b.watch[i].labels),
    )
  );
}

function equal(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
