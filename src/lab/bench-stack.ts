/** `stack`: one step of plain SGD on a thousand digits, for K networks as one. */

import { withClasses } from '../core/dataset.ts';
import { oneHot, take } from '../core/examples.ts';
import { find, planOf } from '../core/experiment.ts';
import { initialValues } from '../core/params.ts';
import { randomOf } from '../core/random.ts';
import type { Compute, ModelChoice, TrainingJob } from '../core/training.ts';
import { type BenchEvent, type BenchRow, benchModels } from './bench.ts';
import {
  type Count,
  countOf,
  gapOf,
  nameOf,
  type Subject,
  subjectsOn,
  type Turn,
  takeTurns,
  timedOrWhy,
  type Why,
} from './bench-turns.ts';
import type { BenchHost, BenchOptions } from './run-bench.ts';

const digits = 1000;
const batchSize = 64;
const batches = Math.ceil(digits / batchSize);

const choices: Readonly<Record<BenchRow['model'], ModelChoice>> = {
  mlp: { id: 'mlp', options: { hidden: [128], activation: 'relu' } },
  cnn: { id: 'cnn', options: { channels: 8, dense: 0 } },
};

/**
 * A step of all networks that takes longer than this, in milliseconds, is not measured: nobody waits for six of them. A convolutional
 * network of `tf.layers` on cpu, some 3 s, is the slowest that ours should be seen beside.
 */
const longestStep = 5000;
/** More steps than this, thirty passes over the digits, make a time no more certain. */
const mostSteps = 30 * batches;

interface Work {
  readonly model: BenchRow['model'];
  readonly networks: number;
  readonly steps: number;
}

export async function* benchStack(
  { models = benchModels, networks: sizes = [1, 4, 16, 64], repetitions = 5, repetition = 200 }: BenchOptions,
  host: BenchHost,
): AsyncGenerator<BenchEvent> {
  const jobOf = await jobsOn(host);
  const known = subjectsOf(host, jobOf);
  const works = models.flatMap((model) => sizes.map((networks) => ({ model, networks })));
  const taking = (subjects: readonly Subject<Work>[], networks: number) =>
    // One network needs one thread, and a baseline's way of training several at once is nothing else for one.
    subjects.filter(({ threads, how }) => networks > 1 || (threads === 1 && (how ?? alone) === alone));
  const total = works.reduce((sum, { networks }) => sum + taking(known, networks).length * (1 + repetitions), 0);
  const count: Count = { done: 0, total };

  for (const model of models) {
    const out = new Set<Subject<Work>>(); // what broke on this model is not tried on more networks
    const costs = new Map<Subject<Work>, number>(); // milliseconds a step of one network, as far as is known
    for (const networks of sizes) {
      const turns: Turn<Work>[] = [];
      for (const subject of taking(known, networks)) {
        if (out.has(subject)) {
          count.done += 1 + repetitions;
          continue;
        }
        const ready = yield* warmUp(subject, { model, networks }, costs, repetition, count);
        if (typeof ready === 'number') {
          turns.push({ subject, work: { model, networks, steps: ready } });
          count.done++;
        } else {
          out.add(subject);
          yield { type: 'benched', result: gapOf('stack', model, subject, ready.why) };
          count.done += 1 + repetitions;
        }
      }
      yield* takeTurns('stack', model, networks, turns, repetitions, count);
    }
  }
}

/** Untimed, and to see how many steps fill a repetition. @returns that number, or why it cannot be measured */
async function* warmUp(
  subject: Subject<Work>,
  { model, networks }: Omit<Work, 'steps'>,
  costs: Map<Subject<Work>, number>,
  repetition: number,
  count: Count,
): AsyncGenerator<BenchEvent, number | Why> {
  const says = `${nameOf(subject)}: ${model}, ${countOf(networks)}, warming up`;
  const atOnce = subject.how === alone ? 1 : networks;
  const cost = costs.get(subject) ?? (yield* firstCost(subject, model, says, count));
  if (typeof cost !== 'number') return cost;
  // What was measured with one network alone knows nothing of other threads yet.
  const step = cost * (costs.has(subject) ? atOnce : Math.ceil(atOnce / subject.threads));
  if (step > longestStep) {
    const threads = subject.threads === 1 ? 'one thread' : `${subject.threads} threads`;
    const seconds = (step / 1000).toFixed(1);
    return { why: `too slow to be measured: a step of ${countOf(atOnce)} takes about ${seconds} s on ${threads}` };
  }
  // A stack of another size may have to be compiled anew: its first step is not believed either.
  const first = networks === 1 ? cost : yield* timedOrWhy(subject, { model, networks, steps: 1 }, says, count);
  if (typeof first !== 'number') return first;
  const time = yield* timedOrWhy(subject, { model, networks, steps: stepsFor(repetition, step) }, says, count);
  if (typeof time !== 'number') return time;
  costs.set(subject, time);
  return stepsFor(repetition, time * atOnce);
}

/** Milliseconds a step of one network alone. Its first step compiles whatever is to be compiled, and is not believed. */
async function* firstCost(
  subject: Subject<Work>,
  model: Work['model'],
  says: string,
  count: Count,
): AsyncGenerator<BenchEvent, number | Why> {
  const first = yield* timedOrWhy(subject, { model, networks: 1, steps: 1 }, says, count);
  if (typeof first !== 'number') return first;
  return yield* timedOrWhy(subject, { model, networks: 1, steps: first > longestStep ? 1 : 2 }, says, count);
}

/** How many steps, each of so many milliseconds, fill a repetition: whole passes over the digits where it is more than one. */
export function stepsFor(repetition: number, step: number): number {
  const steps = Math.min(mostSteps, Math.max(1, Math.round(repetition / step)));
  return steps < batches ? steps : batches * Math.round(steps / batches);
}

const alone = 'one after another';

type JobOf = (work: Work) => TrainingJob;

/** Jobs on the first thousand digits. */
async function jobsOn({ catalog, read }: BenchHost): Promise<JobOf> {
  const dataset = withClasses(find(catalog.datasets, 'dataset', 'mnist'));
  const usual = initialValues(dataset.params);
  const all = await dataset.load(usual, read, randomOf('bench'));
  const { inputs, labels } = take(
    all,
    Array.from({ length: digits }, (_, row) => row),
  );
  const shape = dataset.shape(usual);
  const classes = dataset.classes(usual);
  const targets = [oneHot(labels, classes)];
  return ({ model, networks, steps }) => {
    // Fewer steps than a pass over the digits see as many digits as fill them.
    const rows = Math.min(digits, steps * batchSize);
    const indices = Int32Array.from({ length: rows }, (_, row) => row);
    const epochs = Math.max(1, Math.round(steps / batches));
    const plan = planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize, epochs });
    const members = Array.from({ length: networks }, (_, k) => ({ plan, indices, targets: 0, seed: `bench/${k}`, watch: [] }));
    return { model: choices[model], shape, classes, inputs, targets, members };
  };
}

function subjectsOf(host: BenchHost, jobOf: JobOf): Subject<Work>[] {
  return subjectsOn<Work>(
    host,
    (compute) => (work) => timeTraining(compute, jobOf(work)),
    { time: (work) => host.baseline(jobOf({ ...work, networks: 1 })) },
    (twin) => (work) => twin.stack(work),
  );
}

/** Milliseconds a step of one network. */
async function* timeTraining(compute: Compute, job: TrainingJob): AsyncGenerator<undefined, number> {
  const training = compute.train(job);
  let time = Number.NaN;
  try {
    for (;;) {
      const step = await training.next();
      if (step.done) return time;
      time = step.value.elapsed / step.value.done;
      yield;
    }
  } finally {
    await training.return([]);
  }
}
