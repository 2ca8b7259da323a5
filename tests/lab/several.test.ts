/** Experiments side by side: each has the numbers that it has alone, and none waits for one that is no more. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import type { Event } from '../../src/core/event.ts';
import { type Experiment, resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { run, runSeveral } from '../../src/lab/run.ts';

const experiment = resolveExperiment(
  {
    data: { id: 'blobs', members: 40, nonMembers: 40, population: 100, test: 40 },
    model: { id: 'mlp', hidden: [8] },
    training: { epochs: 3 },
    attack: { id: 'lira', shadowModels: 4 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'weight decay', defenses: [{ id: 'weight-decay' }] },
      { name: 'DP-SGD', defenses: [{ id: 'dp-sgd' }] },
    ],
  },
  catalog,
);
const others: Experiment[] = [
  experiment,
  { ...experiment, seed: 2 },
  { ...experiment, training: { ...experiment.training, learningRate: 0.5 } },
];

/** What a run measured: everything but how far it was, and how long that took. */
const told = (events: readonly Event[]) => events.filter(({ type }) => type !== 'progress' && type !== 'seconds');

async function all(events: AsyncGenerator<Event>): Promise<Event[]> {
  const list: Event[] = [];
  for await (const event of events) list.push(event);
  return list;
}

describe('several experiments', () => {
  it('have the metrics that each has alone', async () => {
    const host = await nodeHost('wasm');
    const together: Event[][] = others.map(() => []);
    for await (const { experiment: i, event } of runSeveral(others, host)) together[i]?.push(event);
    const metrics = (events: readonly Event[]) =>
      new Map(told(events).flatMap((event) => (event.type === 'metric' ? [[`${event.lane} ${event.name}`, event.metric]] : [])));
    for (const [i, one] of others.entries()) {
      expect(metrics(together[i] ?? [])).toEqual(metrics(await all(run(one, host))));
    }
  });

  it('end where they are told to, wherever that is', async () => {
    const host = await nodeHost('wasm');
    const length = (await all(run(experiment, host))).length;
    for (let stop = 1; stop < Math.min(length, 40); stop++) {
      let seen = 0;
      for await (const _ of run(experiment, host)) if (++seen === stop) break;
      seen = 0;
      for await (const _ of runSeveral(others, host)) if (++seen === stop) break;
    }
  });

  it('fail together, and with the reason, when one of them cannot load its data', async () => {
    const host = await nodeHost('wasm');
    const digits = resolveExperiment(
      { ...experiment, data: { id: 'mnist', members: 40, nonMembers: 40 }, model: { id: 'mlp' } },
      catalog,
    );
    const broken = { ...host, read: () => Promise.reject(new Error('the disk is gone')) };
    const events = runSeveral([experiment, digits, experiment], broken);
    await expect(
      (async () => {
        for await (const _ of events);
      })(),
    ).rejects.toThrow('the disk is gone');
  });

  it('say so where a stack had to be cut into pieces, once a phase', async () => {
    const host = await nodeHost('wasm');
    const cramped: typeof host = {
      ...host,
      compute: {
        ...host.compute,
        async *train(job) {
          const training = host.compute.train(job);
          for (;;) {
            const step = await training.next();
            if (step.done) return step.value;
            yield { ...step.value, ...(job.members.length > 3 && { atOnce: 2 }) };
          }
        },
      },
    };
    const alone = { ...experiment, lanes: experiment.lanes.slice(0, 1) };
    const notes = (await all(run(alone, cramped))).flatMap((event) => (event.type === 'note' ? [event.text] : []));
    expect(notes.filter((text) => text.includes('do not fit into memory at once'))).toEqual([
      'All networks of this stack do not fit into memory at once: training shadow models, 2 at a time.',
    ]);
  });
});
