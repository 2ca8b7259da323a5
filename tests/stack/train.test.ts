import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../src/core/model.ts';
import { mulberry32, randomOf } from '../../src/core/random.ts';
import { argMax, mean, variance } from '../../src/core/statistics.ts';
import { optimizers, type StackMember, type TrainingJob } from '../../src/core/training.ts';
import { logitsOf } from '../../src/stack/answers.ts';
import { scheduleOf } from '../../src/stack/batches.ts';
import { initialWeights } from '../../src/stack/parameters.ts';
import { trainStack } from '../../src/stack/train.ts';
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { architectures, referenceCase } from './case.ts';
import { examples, jobOf, trained } from './job.ts';
import { difference, draw } from './numbers.ts';

const mlp = architectures.mlp;
const privacy = { clip: 1, noiseMultiplier: 1, delta: 1e-5 };
const watch = [
  { name: 'all', inputs: jobOf({}, 1).inputs, labels: Int32Array.from({ length: examples }, (_, i) => (i * 7) % 4) },
];

describe.each(backends)('training on %s', (backend) => {
  useBackend(backend);

  it.each(optimizers)('reaches the weights of PyTorch with %s and weight decay', async (optimizer) => {
    const { member, learningRate, weightDecay, epochs, weights } = reference.trained;
    const { inputs, targets, size } = referenceCase('mlp');
    const usual = jobOf({ optimizer, learningRate, weightDecay, epochs, batchSize: size }, 1);
    const job: TrainingJob = {
      ...usual,
      inputs,
      targets: [targets],
      members: [{ ...(usual.members[0] as StackMember), indices: Int32Array.of(0, 1, 2, 3, 4, 5), seed: member }],
    };
    const { weights: ours } = await trained('mlp', job);
    expect(difference(ours[0] ?? [], weights[optimizer])).toBeLessThan(1e-5); // five steps; Adam divides by small numbers
  });

  it('learns what can be learned', async () => {
    const { reports } = await trained('mlp', jobOf({ epochs: 40, learningRate: 0.1 }, 1, 'job', [8, 8, 1], watch));
    const [first, last] = [reports[0]?.watched?.[0]?.[0], reports.at(-1)?.watched?.[0]?.[0]];
    expect(first?.loss).toBeGreaterThan(1); // chance is ln 4 = 1.39
    expect(last?.accuracy).toBeGreaterThanOrEqual(20 / examples); // the twenty it has seen, by heart
    expect(last?.loss).toBeLessThan(first?.loss as number);
  });

  it('repeats bit for bit by seed, and another seed gives other weights', async () => {
    const everything = { dropout: 0.3, privacy, optimizer: 'adam' } as const;
    const [once, again, other] = await Promise.all([
      trained('cnn', jobOf(everything, 2)),
      trained('cnn', jobOf(everything, 2)),
      trained('cnn', jobOf(everything, 2, 'other')),
    ]);
    expect(again.weights).toEqual(once.weights);
    expect(other.weights).not.toEqual(once.weights);
    expect(once.weights[0]).not.toEqual(once.weights[1]);
    expect(once.weights.every((weights) => weights.every(Number.isFinite))).toBe(true);
  });

  it('leaves no tensor behind, at its end or when it is ended early', async () => {
    const before = tf.memory().numTensors;
    for (const some of [{}, { privacy, dropout: 0.2 }, { relaxLoss: 1, weightDecay: 0.1 }]) {
      const job = jobOf({ ...some, optimizer: 'adam' }, 2, 'job', [8, 8, 1], watch);
      await trained('cnn', job, true);
      expect(tf.memory().numTensors).toBe(before);
      const training = trainStack(job, architectures.cnn, () => 0);
      expect((await training.next()).done).toBe(false);
      expect(tf.memory().numTensors).toBeGreaterThan(before);
      await training.return([]);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it('reports every step when the clock leaps, and the last in any case', async () => {
    const { reports } = await trained('softmax', jobOf({}, 2), true);
    expect(reports.map(({ done }) => done)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
    expect(reports.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, i) => (4 * (i + 1)) / 12));
    expect(await trained('softmax', jobOf({}, 2))).toMatchObject({ reports: [{ done: 24, total: 24, epoch: 4 }] });
  });

  it('measures the watched examples as their logits say', async () => {
    const job = jobOf({}, 2, 'job', [8, 8, 1], watch);
    const { weights, reports } = await trained('mlp', job);
    const tables = await logitsOf({ ...job, weights }, mlp);
    const labels = watch[0]?.labels as Int32Array;
    const right = tables.map((table) => [...labels].map((label, i) => Number(argMax(table, i, 4) === label)));
    const loss = tables.map((table) =>
      [...labels].map((label, i) => {
        const row = [...table.slice(4 * i, 4 * i + 4)];
        return Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (row[label] as number);
      }),
    );
    const last = reports.at(-1)?.watched?.map(([all]) => all) ?? [];
    for (const k of [0, 1]) {
      expect(last[k]?.accuracy).toBeCloseTo(mean(right[k] ?? []), 12);
      expect(last[k]?.loss).toBeCloseTo(mean(loss[k] ?? []), 6);
    }
  });

  it('smooths labels as if the targets had been smoothed', async () => {
    const hard = jobOf({ labelSmoothing: 0.2 }, 2);
    const soft = { ...jobOf({}, 2), targets: hard.targets.map((table) => table.map((t) => 0.8 * t + 0.05)) };
    const [a, b] = [await trained('mlp', hard), await trained('mlp', soft)];
    expect(b.weights).toEqual(a.weights);
  });

  it('goes up where RelaxLoss says so, beginning with epoch 0', async () => {
    const oneStep = { optimizer: 'sgd', batchSize: 20, epochs: 1 } as const;
    const start = initialWeights(mlp, randomOf('job/0').stream('weights'));
    const [up, down] = [await trained('mlp', jobOf({ ...oneStep, relaxLoss: 100 }, 1)), await trained('mlp', jobOf(oneStep, 1))];
    const [moved, mirrored] = [down, up].map(({ weights }) => start.map((w, i) => (weights[0]?.[i] as number) - w));
    expect(difference(mirrored?.map((step) => -step) ?? [], moved ?? [])).toBeLessThan(1e-4); // steps of 0.005 from weights of 0.5
  });

  it('gives the short last batch of an epoch the same step as a full one', async () => {
    // Twenty times the same example: 8, 8 and 4 of it must move the network as 7, 7 and 6 do.
    const same = (batchSize: number) => {
      const job = jobOf({ batchSize }, 1);
      return trained('mlp', { ...job, members: job.members.map((m) => ({ ...m, indices: m.indices.fill(3) })) });
    };
    const [short, even] = [await same(8), await same(7)];
    expect(difference(short.weights[0] ?? [], even.weights[0] ?? [])).toBeLessThan(1e-5); // twelve steps of float32
  });

  it('adds noise of deviation σ · clip / batch size to every private gradient, and of mean 0', async () => {
    const oneStep = { optimizer: 'sgd', learningRate: 1, batchSize: 20, epochs: 1 } as const; // rate 1: all join
    const noisy = jobOf({ ...oneStep, privacy: { clip: 0.5, noiseMultiplier: 3, delta: 1e-5 } }, 2);
    const silent = jobOf({ ...oneStep, privacy: { clip: 0.5, noiseMultiplier: 0, delta: 1e-5 } }, 2);
    const [a, b] = [(await trained('mlp', noisy)).weights, (await trained('mlp', silent)).weights];
    const noise = a.map((weights, k) => Array.from(weights, (w, i) => (w - (b[k]?.[i] as number)) / ((3 * 0.5) / 20)));
    const count = parameterCount(mlp);
    for (const values of noise) {
      expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(count)); // standard error 1/√n
      expect(Math.abs(variance(values) - 1)).toBeLessThan(5 * Math.sqrt(2 / count)); // standard error √(2/n)
    }
    const product = mean((noise[0] as number[]).map((value, i) => value * (noise[1]?.[i] as number)));
    expect(Math.abs(product)).toBeLessThan(5 / Math.sqrt(count)); // the two networks' noise has nothing in common
  });

  it('refuses members that take different numbers of steps', async () => {
    const job = jobOf({}, 2);
    const uneven = { ...job, members: job.members.map((m, k) => (k ? { ...m, indices: m.indices.slice(0, 4) } : m)) };
    await expect(trained('mlp', uneven)).rejects.toThrow('number of examples');
  });

  it('trains on when a private batch happens to be empty', async () => {
    // Four examples, each joining with 1/4: a batch is empty with probability 0.32.
    const job = jobOf({ batchSize: 1, epochs: 5, privacy: { ...privacy, noiseMultiplier: 0 } }, 1);
    const small = { ...job, members: job.members.map((m) => ({ ...m, indices: m.indices.slice(0, 4) })) };
    const { weights } = await trained('mlp', small);
    expect(weights[0]?.every(Number.isFinite)).toBe(true);
  });

  it('trains on noise alone when every private batch happens to be empty', async () => {
    const job = jobOf({ batchSize: 1, epochs: 1, privacy }, 1);
    const pairs = Array.from({ length: 40 }, (_, i) => ({
      ...(job.members[0] as StackMember),
      indices: Int32Array.of(0, 1),
      seed: `pair/${i}`,
    }));
    // Two examples, each joining two batches with 1/2: one seed in sixteen sees none.
    const nobody = pairs.filter(({ plan, indices, seed }) =>
      scheduleOf(plan, indices, randomOf(seed).stream('batches')).batches.every((batch) => batch.length === 0),
    );
    expect(nobody.length).toBeGreaterThan(0);
    const { weights } = await trained('mlp', { ...job, members: nobody.slice(0, 1) });
    expect(weights[0]?.every(Number.isFinite)).toBe(true);
  });
});

describe.each(backends)('answers on %s', (backend) => {
  useBackend(backend);

  it('are the same whether rows are asked together or apart, beyond what is answered at once', async () => {
    const rows = 1100; // 512, 512 and 76
    const inputs = draw(mulberry32(5), rows * 64);
    const weights = [6, 7].map((seed) => draw(mulberry32(seed), parameterCount(mlp), 0.5));
    const job = { model: { id: 'mlp', options: {} }, shape: [8, 8, 1], classes: 4, weights, inputs };
    const all = await logitsOf(job, mlp);
    const tail = await logitsOf({ ...job, inputs: inputs.slice(1000 * 64) }, mlp);
    expect(all.map((table) => table.length)).toEqual([4 * rows, 4 * rows]);
    all.forEach((table, k) => expect(difference(table.slice(4000), tail[k] ?? [])).toBeLessThan(1e-6));
    expect(all[0]).not.toEqual(all[1]);
  });

  it('leave no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const weights = [draw(mulberry32(6), parameterCount(mlp))];
    await logitsOf(
      { model: { id: 'mlp', options: {} }, shape: [8, 8, 1], classes: 4, weights, inputs: jobOf({}, 1).inputs },
      mlp,
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});
