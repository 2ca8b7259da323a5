/** `lira`: the likelihood-ratio attack as `run` does it, from the call to the scores. */

import { withClasses } from '../core/dataset.ts';
import { oneHot } from '../core/examples.ts';
import { type Experiment, find, planOf, resolveExperiment } from '../core/experiment.ts';
import { randomOf } from '../core/random.ts';
import { stepsOf, type TrainingJob } from '../core/training.ts';
import type { BenchEvent, BenchRow } from './bench.ts';
import { type Count, gapOf, nameOf, type Subject, subjectsOn, takeTurns, timedOrWhy } from './bench-turns.ts';
import { splitData } from './data.ts';
import { run } from './run.ts';
import type { BenchHost, BenchOptions } from './run-bench.ts';

const models: Readonly<Record<BenchRow['model'], object>> = {
  mlp: { id: 'mlp', hidden: [128] },
  cnn: { id: 'cnn', channels: 8 },
};

/** TF.js's own layers train this many of the networks; all of them would take minutes. */
const timedNetworks = 2;
/** A warm-up is a short attack with the fewest shadow models that there may be. */
const warming = { networks: 4, epochs: 1 };

interface Work {
  readonly model: BenchRow['model'];
  readonly networks: number;
  readonly epochs: number;
}

export async function* benchLira(
  { models: wanted = ['mlp'], networks: sizes = [16, 64], repetitions, epochs = 50 }: BenchOptions,
  host: BenchHost,
): AsyncGenerator<BenchEvent> {
  const works = wanted.flatMap((model) => sizes.map((networks): Work => ({ model, networks, epochs })));
  for (const work of works) experimentOf(work, host); // refuses what cannot be before anything is measured
  const packed = await host.read('data/mnist.bin'); // reading a disk or a line is not what is compared
  const subjects = subjectsOf({ ...host, read: async () => packed });
  const repeated = (networks: number) => repetitions ?? (networks > 16 ? 1 : 3);
  const total = works.reduce((sum, { networks }) => sum + subjects.length * repeated(networks), wanted.length * subjects.length);
  const count: Count = { done: 0, total };

  for (const model of wanted) {
    const able: Subject<Work>[] = [];
    for (const subject of subjects) {
      const time = yield* timedOrWhy(subject, { model, ...warming }, `${nameOf(subject)}: ${model}, warming up`, count);
      if (typeof time === 'number') able.push(subject);
      else yield { type: 'benched', result: gapOf('lira', model, subject, time.why) };
      count.done++;
    }
    for (const work of works.filter((one) => one.model === model)) {
      const { networks } = work;
      const turns = able.map((subject) => ({ subject, work }));
      yield* takeTurns('lira', model, networks, turns, repeated(networks), count);
    }
  }
}

const experimentOf = ({ model, networks, epochs }: Work, { catalog }: BenchHost): Experiment =>
  resolveExperiment(
    {
      data: { id: 'mnist', members: 1000, nonMembers: 1000 },
      model: models[model],
      training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs },
      attack: { id: 'lira', shadowModels: networks },
      seed: 1,
    },
    catalog,
  );

function subjectsOf(host: BenchHost): Subject<Work>[] {
  return subjectsOn<Work>(
    host,
    (compute) =>
      async function* (work) {
        const began = host.clock();
        for await (const _event of run(experimentOf(work, host), { ...host, compute })) yield;
        return host.clock() - began;
      },
    {
      extrapolated: true,
      async *time(work) {
        const job = await targetsOf(work, host);
        let milliseconds = 0;
        for (const member of job.members) {
          milliseconds += (await host.baseline({ ...job, members: [member] })) * stepsOf(member.plan, member.indices.length);
          yield;
        }
        return (milliseconds / job.members.length) * (work.networks + 1); // the target is one more
      },
    },
    (twin) => (work) => twin.lira(work),
  );
}

/** As the target is trained, that many times. */
async function targetsOf(work: Work, host: BenchHost): Promise<TrainingJob> {
  const experiment = experimentOf(work, host);
  const dataset = withClasses(find(host.catalog.datasets, 'dataset', experiment.data.id));
  const { members, shape, classes } = await splitData(dataset, experiment.data, host.read, randomOf(experiment.seed));
  const { id, ...options } = experiment.model;
  return {
    model: { id, options },
    shape,
    classes,
    inputs: members.inputs,
    targets: [oneHot(members.labels, classes)],
    members: Array.from({ length: timedNetworks }, (_, k) => ({
      plan: planOf(experiment.training),
      indices: Int32Array.from({ length: members.count }, (_, row) => row),
      targets: 0,
      seed: `bench/${k}`,
      watch: [],
    })),
  };
}
