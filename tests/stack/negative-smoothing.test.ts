import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { scheduleOf } from '../../src/stack/batches.ts';
import { feederOf } from '../../src/stack/feeder.ts';
import { useBackend } from './backend.ts';
import { architectures } from './case.ts';
import { jobOf } from './job.ts';

describe('negative smoothing', () => {
  useBackend('cpu');

  it('comes between a quarter and three quarters of the epochs; the target still sums to 1', () => {
    const job = jobOf({ labelSmoothing: -0.4, epochs: 20, batchSize: 20 }, 1); // one batch an epoch
    const stream = randomOf('smoothing');
    const [member] = job.members as [(typeof job.members)[number]];
    const feeder = feederOf(job, architectures.mlp, [scheduleOf(member.plan, member.indices, stream)], [stream]);
    const targetsAt = (epoch: number) => tf.tidy(() => [...feeder.batch(epoch).targets.dataSync().slice(0, 4)]);
    for (const [epoch, share] of [
      [0, 0],
      [5, 0],
      [10, -0.2],
      [15, -0.4],
      [19, -0.4],
    ] as const) {
      const targets = targetsAt(epoch).sort((a, b) => b - a);
      expect(targets[0]).toBeCloseTo(1 - share + share / 4, 6);
      for (const other of targets.slice(1)) expect(other).toBeCloseTo(share / 4, 6);
    }
    feeder.dispose();
  });
});
