/** Trainings that begin where others ended, leave some layers alone, last no step, or learn something else than classes. */
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import type { StackMember, Weights } from '../../src/core/training.ts';
import { logitsOf } from '../../src/stack/answers.ts';
import { initialWeights } from '../../src/stack/parameters.ts';
import { trainStack } from '../../src/stack/train.ts';
import { backends, useBackend } from './backend.ts';
import { architectures } from './case.ts';
import { jobOf, trained } from './job.ts';

const architecture = architectures.mlp; // 64-16-8-4

describe.each(backends)('a training on %s', (backend) => {
  useBackend(backend);

  it('that goes on from weights with plain SGD is the one that was not interrupted', async () => {
    // One batch an epoch, so that the order of batches does not matter.
    const job = (epochs: number) => jobOf({ optimizer: 'sgd', batchSize: 20, epochs }, 1);
    const { weights: whole } = await trained('mlp', job(6));
    const { weights: half } = await trained('mlp', job(3));
    const rest = job(3);
    const goingOn = { ...rest, members: rest.members.map((member) => ({ ...member, start: half[0] as Weights })) };
    const { weights } = await trained('mlp', goingOn);
    for (let i = 0; i < (whole[0] as Weights).length; i++) expect(weights[0]?.[i]).toBeCloseTo(whole[0]?.[i] as number, 5);
  });

  it.each(['sgd', 'momentum', 'adam'] as const)('with frozen layers moves the others only, with %s', async (optimizer) => {
    const job = jobOf({ optimizer }, 2);
    const frozen = { ...job, members: job.members.map((member): StackMember => ({ ...member, frozen: 2 })) };
    const { weights } = await trained('mlp', frozen);
    const still = 64 * 16 + 16 + 16 * 8 + 8;
    for (const [k, own] of weights.entries()) {
      const born = initialWeights(architecture, randomOf(`job/${k}`).stream('weights'));
      expect(own.slice(0, still)).toEqual(born.slice(0, still));
      expect(own.slice(still)).not.toEqual(born.slice(still));
    }
  });

  it('of no epochs gives the networks as they were born, and reports nothing', async () => {
    const { weights, reports } = await trained('mlp', jobOf({ epochs: 0 }, 3));
    expect(reports).toEqual([]);
    expect(weights).toEqual([0, 1, 2].map((k) => initialWeights(architecture, randomOf(`job/${k}`).stream('weights'))));
  });

  it('with a sigmoid loss learns numbers from 0 to 1, each output for itself', async () => {
    const job = jobOf({ loss: 'sigmoid', optimizer: 'adam', learningRate: 0.02, epochs: 60 }, 1);
    const wanted = [0.1, 0.9, 0.4, 0.7]; // no distribution: its sum is not 1
    const targets = [Float32Array.from({ length: 30 * 4 }, (_, i) => wanted[i % 4] as number)];
    const members = job.members.map((member) => ({ ...member, targets: 0 }));
    const training = trainStack({ ...job, targets, members }, architecture, () => 0);
    let step = await training.next();
    while (!step.done) step = await training.next();
    const asked = { model: job.model, shape: job.shape, classes: 4, weights: step.value, inputs: job.inputs.slice(0, 64 * 5) };
    const [logits] = await logitsOf(asked, architecture);
    for (const [i, logit] of (logits as Float32Array).entries()) {
      expect(Math.abs(1 / (1 + Math.exp(-logit)) - (wanted[i % 4] as number))).toBeLessThan(0.1);
    }
  });
});
