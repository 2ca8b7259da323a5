import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { parameterCount } from '../../src/core/model.ts';
import { fittingAtOnce } from '../../src/stack/fit.ts';
import { trainStack } from '../../src/stack/train.ts';
import { backends, useBackend } from './backend.ts';
import { architectures } from './case.ts';
import { jobOf, trained } from './job.ts';

const plenty = 2 ** 30;
const mlp = architectures.mlp;
/** A network and its gradient, its successor and what momentum remembers, before and after. */
const parameterBytes = 4 * parameterCount(mlp);

describe.each(backends)('what fits on %s', (backend) => {
  useBackend(backend);

  it('is everything where there is plenty, and one at least', async () => {
    const job = jobOf({}, 7);
    expect(await fittingAtOnce(job, mlp)).toBe(7);
    expect(await fittingAtOnce(job, mlp, { total: plenty, tensor: plenty })).toBe(7);
    expect(await fittingAtOnce(job, mlp, { total: 1, tensor: plenty })).toBe(1);
    expect(await fittingAtOnce(job, mlp, { total: plenty, tensor: 1 })).toBe(1);
    expect(await fittingAtOnce(jobOf({}, 1), mlp, { total: 1, tensor: 1 })).toBe(1);
  });

  it('is in proportion to the budget, and one network counts its parameters several times', async () => {
    const job = jobOf({}, 200);
    const fits = (total: number) => fittingAtOnce(job, mlp, { total, tensor: plenty });
    const [few, many] = [await fits(20 * parameterBytes), await fits(200 * parameterBytes)];
    expect(few).toBeGreaterThanOrEqual(2); // plain operations hold more on their way
    expect(few).toBeLessThanOrEqual(10); // gradients and successors at least double what there is
    expect(many).toBeGreaterThanOrEqual(10 * few);
    expect(many).toBeLessThan(10 * (few + 1));
  });

  it('is bound by the largest tensor: of the first weights, 64 × 16 numbers', async () => {
    const job = jobOf({}, 200);
    expect(await fittingAtOnce(job, mlp, { total: plenty, tensor: 50 * 4 * 64 * 16 })).toBe(50);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await fittingAtOnce(jobOf({ optimizer: 'adam' }, 3), architectures.cnn);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a stack that does not fit', () => {
  useBackend('wasm');
  const watch = [{ name: 'some', inputs: jobOf({}, 1).inputs.slice(0, 640), labels: new Int32Array(10) }];
  const cut = async (atOnce: number, count: number) => {
    const job = jobOf({}, count, 'job', [8, 8, 1], watch);
    let now = 0;
    const training = trainStack(
      job,
      mlp,
      () => (now += 1000),
      async () => atOnce,
    );
    const reports = [];
    for (;;) {
      const step = await training.next();
      if (step.done) return { weights: step.value, reports };
      reports.push(step.value);
    }
  };

  it('is trained piece by piece, with the same weights', async () => {
    const whole = await trained('mlp', jobOf({}, 7));
    for (const atOnce of [1, 3, 6]) expect((await cut(atOnce, 7)).weights).toEqual(whole.weights);
  });

  it('says so, counts over all of it, and measures each network in its place', async () => {
    const { reports } = await cut(3, 7); // three, three and one, twelve steps each
    expect(reports.every(({ atOnce, total }) => atOnce === 3 && total === 84)).toBe(true);
    expect(reports.map(({ done }) => done)).toEqual([
      ...Array.from({ length: 12 }, (_, i) => 3 * (i + 1)),
      ...Array.from({ length: 12 }, (_, i) => 36 + 3 * (i + 1)),
      ...Array.from({ length: 12 }, (_, i) => 72 + i + 1),
    ]);
    const last = [0, 1, 2, 3, 4, 5, 6].map((k) => reports.findLast(({ watched }) => watched?.[k]?.length)?.watched?.[k]?.[0]);
    const whole = (await cut(7, 7)).reports.at(-1)?.watched?.map(([some]) => some);
    expect(last).toEqual(whole);
    expect((await cut(7, 7)).reports[0]?.atOnce).toBeUndefined();
  });
});
