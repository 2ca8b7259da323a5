import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import type { Compute, TrainingJob } from '../../src/core/training.ts';
import { type BenchEvent, type BenchGap, type BenchRow, ratiosOf } from '../../src/lab/bench.ts';
import { stepsFor } from '../../src/lab/bench-stack.ts';
import { baselineHere } from '../../src/lab/compute.ts';
import { type BenchHost, type BenchTwin, runBench } from '../../src/lab/run-bench.ts';

const { compute, ...node } = await nodeHost('wasm');
const hostHere: BenchHost = { ...node, one: compute, baseline: (job) => baselineHere(job, node.clock) };

/** A twin that takes as long as it is told to, and remembers what it was asked. */
function twinOf(times: readonly number[], how: BenchTwin['how'] = 'one after another') {
  const asked: object[] = [];
  const answer = async (work: object) => times[asked.push(work) - 1] ?? 1;
  const twin: BenchTwin = { implementation: 'pytorch', backend: 'cpu', how, stack: answer, lira: answer };
  return { twin, asked };
}

/** A device whose steps take that many milliseconds a network, by a clock of its own; it only counts. */
function deviceOf(step: number) {
  const jobs: TrainingJob[] = [];
  const fake: Compute = {
    backend: 'fake',
    async *train(job) {
      jobs.push(job);
      const steps = Math.ceil((job.members[0]?.indices.length ?? 0) / 64) * (job.members[0]?.plan.epochs ?? 0);
      const done = steps * job.members.length;
      yield { done, total: done, epoch: 1, elapsed: step * done };
      return [];
    },
    gradients: async () => [],
    logits: async () => [],
  };
  return { fake, jobs };
}

async function measured(stream: AsyncGenerator<BenchEvent>) {
  const rows: BenchRow[] = [];
  const gaps: BenchGap[] = [];
  const said: Extract<BenchEvent, { type: 'benching' }>[] = [];
  for await (const event of stream) {
    if (event.type === 'benching') said.push(event);
    else if ('why' in event.result) gaps.push(event.result);
    else rows.push(event.result);
  }
  return { rows, gaps, said };
}

describe('bench stack', () => {
  it('has a row for ours, for TF.js’s layers and for a twin, each with all its repetitions and their median', async () => {
    const before = tf.memory().numTensors;
    // Four times before the three repetitions: a step of one network, its cost, a step of all, the warm-up.
    const { twin } = twinOf([9, 9, 9, 9, 3, 1, 2]);
    const options = { models: ['mlp'], networks: [4], repetitions: 3, repetition: 5 } as const;
    const { rows, gaps } = await measured(runBench('stack', options, { ...hostHere, twins: [twin] }));
    expect(gaps).toEqual([]);
    const common = { bench: 'stack', model: 'mlp', networks: 4, threads: 1 };
    expect(rows).toEqual([
      {
        ...common,
        implementation: 'threatloop',
        backend: 'wasm',
        milliseconds: expect.any(Number),
        repetitions: expect.any(Array),
      },
      {
        ...common,
        implementation: 'tf.layers',
        backend: 'wasm',
        how: 'one after another',
        milliseconds: expect.any(Number),
        repetitions: expect.any(Array),
      },
      {
        ...common,
        implementation: 'pytorch',
        backend: 'cpu',
        beside: 'wasm',
        how: 'one after another',
        milliseconds: 2,
        repetitions: [3, 1, 2],
      },
    ]);
    for (const { milliseconds, repetitions } of rows) {
      expect(repetitions).toHaveLength(3);
      expect(milliseconds).toBe(repetitions.toSorted((a, b) => a - b)[1]);
      expect(repetitions.every((time) => time > 0)).toBe(true);
    }
    expect(tf.memory().numTensors - before).toBeLessThan(3); // TF.js's layers keep an epsilon
  });

  it('gives a stack’s time for one step of one network, and fills a repetition with steps', async () => {
    const { fake, jobs } = deviceOf(0.5);
    const { rows } = await measured(
      runBench('stack', { models: ['mlp'], networks: [1, 4] }, { ...hostHere, one: fake, baseline: async () => 1 }),
    );
    const ours = rows.filter(({ implementation }) => implementation === 'threatloop');
    expect(ours.map(({ networks, milliseconds }) => [networks, milliseconds])).toEqual([
      [1, 0.5],
      [4, 0.5],
    ]);
    // 200 ms: 400 steps of one network, which is 25 passes over the digits, and 100 of four, which is 6.
    const [one, four] = [1, 4].map((networks) => jobs.findLast(({ members }) => members.length === networks));
    expect(one?.members[0]).toMatchObject({ plan: { epochs: 25, batchSize: 64, optimizer: 'sgd', learningRate: 0.1 } });
    expect(four?.members[0]?.plan.epochs).toBe(6);
    expect(four?.inputs).toHaveLength(1000 * 784);
    expect(four?.members[3]?.indices).toHaveLength(1000);
  });

  it('takes turns, and counts them', async () => {
    const order: string[] = [];
    const { fake } = deviceOf(1);
    const turning = (name: string): Compute => ({
      ...fake,
      train: (job) => {
        order.push(name);
        return fake.train(job);
      },
    });
    const host = {
      ...hostHere,
      one: turning('one'),
      all: { compute: turning('all'), threads: 3 },
      baseline: async () => order.push('layers'),
    };
    const { rows, said } = await measured(runBench('stack', { models: ['cnn'], networks: [4], repetitions: 2 }, host));
    expect(order.slice(-6)).toEqual(['one', 'all', 'layers', 'one', 'all', 'layers']);
    expect(rows.map(({ threads }) => threads)).toEqual([1, 3, 1]);
    expect(said.every(({ done, total }, i) => total === 9 && done >= (said[i - 1]?.done ?? 0) && done < total)).toBe(true);
    expect(said.at(-1)).toMatchObject({ done: 8, says: 'tf.layers on fake: cnn, 4 networks, repetition 2 of 2' });
  });

  it('measures one network on one thread only, and not a way of training several at once', async () => {
    const { fake } = deviceOf(1);
    const host = { ...hostHere, one: fake, all: { compute: fake, threads: 3 }, baseline: async () => 1 };
    const { rows } = await measured(
      runBench('stack', { models: ['mlp'], networks: [1] }, { ...host, twins: [twinOf([], 'bmm').twin] }),
    );
    expect(rows.map(({ implementation, threads }) => [implementation, threads])).toEqual([
      ['threatloop', 1],
      ['tf.layers', 1],
    ]);
  });

  it('says in TF.js’s own words where its layers cannot train, once, and goes on', async () => {
    const options = { models: ['cnn'], networks: [1, 2], repetitions: 1, repetition: 1 } as const;
    const { rows, gaps } = await measured(runBench('stack', options, hostHere));
    expect(gaps).toEqual([
      {
        bench: 'stack',
        implementation: 'tf.layers',
        backend: 'wasm',
        model: 'cnn',
        why: expect.stringMatching(/Conv2DBackprop/),
      },
    ]);
    expect(rows.map(({ implementation, networks }) => [implementation, networks])).toEqual([
      ['threatloop', 1],
      ['threatloop', 2],
    ]);
  });

  it('does not wait for what is hopelessly slow, and says so', async () => {
    const { fake, jobs } = deviceOf(1500);
    const { rows, gaps } = await measured(
      runBench('stack', { models: ['mlp'], networks: [1, 4, 16] }, { ...hostHere, one: fake, baseline: async () => 1 }),
    );
    expect(Math.max(...jobs.map(({ members }) => members.length))).toBe(1);
    expect(gaps.map(({ why }) => why)).toEqual(['too slow to be measured: a step of 4 networks takes about 6.0 s on one thread']);
    expect(rows.filter(({ implementation }) => implementation === 'threatloop')).toHaveLength(1);
  });

  it('fails where ours fails', async () => {
    const broken: Compute = {
      ...compute,
      // biome-ignore lint/correctness/useYield: it never comes to a report
      async *train() {
        throw new Error('the device was lost');
      },
    };
    const measuring = measured(runBench('stack', { networks: [1] }, { ...hostHere, one: broken }));
    await expect(measuring).rejects.toThrow('the device was lost');
  });

  it('ends in the middle of a repetition when told to, and frees what it held', async () => {
    const before = tf.memory().numTensors;
    const stream = runBench('stack', { models: ['mlp'], networks: [4], repetition: 400 }, hostHere);
    for (let events = 0; events < 6; events++) await stream.next();
    await stream.return(undefined);
    expect((await stream.next()).done).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('bench lira', () => {
  it('measures whole attacks, scales the layers’ networks up and says so, and hands a twin the same work', async () => {
    const { twin, asked } = twinOf([7, 5]);
    const options = { networks: [4], epochs: 1, repetitions: 1 };
    const { rows, gaps } = await measured(runBench('lira', options, { ...hostHere, twins: [twin] }));
    expect(gaps).toEqual([]);
    expect(rows.map(({ implementation, networks, extrapolated }) => [implementation, networks, extrapolated])).toEqual([
      ['threatloop', 4, undefined],
      ['tf.layers', 4, true],
      ['pytorch', 4, undefined],
    ]);
    expect(rows[0]?.milliseconds).toBeGreaterThan(0);
    expect(rows[2]?.milliseconds).toBe(5);
    expect(asked).toEqual([
      { model: 'mlp', networks: 4, epochs: 1 },
      { model: 'mlp', networks: 4, epochs: 1 },
    ]);
  });

  it('refuses what no attack can have before it measures anything', async () => {
    await expect(runBench('lira', { networks: [5] }, hostHere).next()).rejects.toThrow(/attack\.shadowModels is 5/);
  });
});

describe('how many steps fill a repetition', () => {
  it.each([
    [200, 1000, 1], // at least one
    [200, 40, 5],
    [200, 10, 16], // 20 are one pass over the digits and a bit
    [200, 5, 48],
    [200, 0.001, 480], // and not without end
  ])('%d ms of steps of %d ms are %d', (repetition, step, steps) => {
    expect(stepsFor(repetition, step)).toBe(steps);
  });
});

describe('ratios', () => {
  const row = (some: Partial<BenchRow>): BenchRow => ({
    bench: 'stack',
    implementation: 'threatloop',
    backend: 'wasm',
    threads: 1,
    model: 'mlp',
    networks: 16,
    milliseconds: 2,
    repetitions: [2],
    ...some,
  });

  it('say how many times faster ours is than each baseline beside it at the same work', () => {
    const rows = [
      row({}),
      row({ threads: 4, milliseconds: 0.5 }),
      row({ implementation: 'tf.layers', how: 'one after another', milliseconds: 8 }),
      row({ implementation: 'pytorch', backend: 'cpu', beside: 'wasm', how: 'bmm', milliseconds: 1 }),
      // Other work, or elsewhere.
      row({ implementation: 'tf.layers', networks: 4, milliseconds: 100 }),
      row({ implementation: 'tf.layers', model: 'cnn', milliseconds: 100 }),
      row({ implementation: 'tf.layers', backend: 'cpu', milliseconds: 100 }),
      row({ implementation: 'pytorch', backend: 'cpu', beside: 'webgpu', milliseconds: 100 }),
      row({ implementation: 'tf.layers', bench: 'lira', milliseconds: 100 }),
    ];
    const common = { backend: 'wasm', model: 'mlp', networks: 16 };
    const layers = { ...common, against: 'tf.layers', how: 'one after another', device: 'wasm' };
    const pytorch = { ...common, against: 'pytorch', how: 'bmm', device: 'cpu' };
    expect(ratiosOf(rows)).toEqual([
      { ...layers, threads: 1, ratio: 4 },
      { ...pytorch, threads: 1, ratio: 0.5 },
      { ...layers, threads: 4, ratio: 16 },
      { ...pytorch, threads: 4, ratio: 2 },
    ]);
  });

  it('are none where there is no baseline', () => {
    expect(ratiosOf([row({})])).toEqual([]);
  });
});
