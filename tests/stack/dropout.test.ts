import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/core/model.ts';
import { mean } from '../../src/core/statistics.ts';
import { openStack } from '../../src/stack/stack.ts';
import { backends, useBackend } from './backend.ts';
import { architectures } from './case.ts';
import { jobOf } from './job.ts';

/** The MLP, telling what dropout does to ones at its first site at every step. */
function masksSeen(rates: readonly [number, number]): Float32Array[] {
  const masks: Float32Array[] = [];
  const spied: Architecture = {
    ...architectures.mlp,
    forward: (pass, inputs) =>
      architectures.mlp.forward(
        {
          ...pass,
          dropout(site, x) {
            if (site === 0) masks.push(pass.dropout(site, tf.onesLike(x)).dataSync().slice() as Float32Array);
            return pass.dropout(site, x);
          },
        },
        inputs,
      ),
  };
  const job = jobOf({ batchSize: 20, epochs: 10 }, 2);
  const members = job.members.map((member, k) => ({ ...member, plan: { ...member.plan, dropout: rates[k] as number } }));
  const stack = openStack({ ...job, members }, spied);
  for (let step = 0; step < stack.steps; step++) stack.step(step);
  stack.dispose();
  return masks; // ten steps of [2, 20, 16]
}

describe.each(backends)('dropout on %s', (backend) => {
  useBackend(backend);

  it('drops its share of the units and keeps what is expected of them', () => {
    const masks = masksSeen([0.2, 0.2]);
    expect(masks.length).toBe(10);
    const values = masks.flatMap((mask) => [...mask]);
    expect(values.length).toBe(10 * 2 * 20 * 16);
    expect(new Set(values)).toEqual(new Set([0, 1.25]));
    // A unit's mask has variance rate / (1 − rate): five standard errors of the mean.
    expect(Math.abs(mean(values) - 1)).toBeLessThan(5 * Math.sqrt(0.25 / values.length));
  });

  it('is another at every step and in every network', () => {
    const masks = masksSeen([0.5, 0.5]);
    const perNetwork = masks.flatMap((mask) => [mask.slice(0, 320), mask.slice(320)]);
    expect(new Set(perNetwork.map((mask) => mask.join())).size).toBe(20);
  });

  it('does nothing at rate 0, also beside a network that drops', () => {
    expect(new Set(masksSeen([0, 0]).flatMap((mask) => [...mask]))).toEqual(new Set([1]));
    const [still, dropping] = [0, 320].map((from) => masksSeen([0, 0.5]).flatMap((mask) => [...mask.slice(from, from + 320)]));
    expect(new Set(still)).toEqual(new Set([1]));
    expect(new Set(dropping)).toEqual(new Set([0, 2]));
  });
});
