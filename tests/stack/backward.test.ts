import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../src/core/random.ts';
import type { Weights } from '../../src/core/training.ts';
import { logitsOf } from '../../src/stack/answers.ts';
import { gradientsOf } from '../../src/stack/backward.ts';
import reference from '../reference/gradients.json' with { type: 'json' };
import { backends, useBackend } from './backend.ts';
import { referenceCase, referenceIds } from './case.ts';
import { difference, draw } from './numbers.ts';

/** A job about two networks: the reference's, and one with other weights. */
function jobOf(id: (typeof referenceIds)[number]) {
  const { architecture, shape, classes, weights, inputs, targets, size } = referenceCase(id);
  const other = draw(mulberry32(5), weights.length, 0.5);
  const job = { model: { id, options: {} }, shape, classes, weights: [weights, other], inputs };
  return { architecture, job, targets, size };
}

describe.each(backends)('a backward pass on %s', (backend) => {
  useBackend(backend);

  it.each(referenceIds)('gives PyTorch’s gradient of the mean loss with respect to the weights of %s', async (id) => {
    const { architecture, job, targets, size } = jobOf(id);
    const before = tf.memory().numTensors;
    const pull = (await logitsOf(job, architecture)).map((logits) => {
      const probabilities = tf.tidy(() => tf.softmax(tf.tensor2d(logits, [size, job.classes])).dataSync()) as Float32Array;
      return Float32Array.from(probabilities, (p, i) => (p - (targets[i] as number)) / size);
    });
    const [own] = await gradientsOf({ ...job, pull, of: 'weights' }, architecture);
    expect(difference(own as Weights, reference[id].gradient)).toBeLessThan(1e-5);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(referenceIds)('tells how the outputs and features of %s move with the inputs', async (id) => {
    const { architecture, job, size } = jobOf(id);
    const uniform = mulberry32(11);
    for (const features of [false, true]) {
      const asked = { ...job, features };
      const units = ((await logitsOf(asked, architecture))[0] as Float32Array).length / size;
      const pull = job.weights.map(() => draw(uniform, size * units));
      const gradients = await gradientsOf({ ...asked, pull, of: 'inputs' }, architecture);
      // Along one direction, by central differences; a network of ReLUs is straight but for its kinks.
      const direction = draw(uniform, job.inputs.length);
      const step = 1e-3;
      const moved = async (sign: number) =>
        logitsOf({ ...asked, inputs: job.inputs.map((x, i) => x + sign * step * (direction[i] as number)) }, architecture);
      const [up, down] = [await moved(1), await moved(-1)];
      for (const [k, gradient] of gradients.entries()) {
        const along = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
        const table = pull[k] as Float32Array;
        const slope = table.reduce((sum, p, i) => sum + (p * ((up[k]?.[i] ?? 0) - (down[k]?.[i] ?? 0))) / (2 * step), 0);
        // Single precision leaves about 1e-7 · |outputs| / step, a kink within the step somewhat more.
        expect(Math.abs(along - slope)).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)));
      }
    }
  });

  it.each(referenceIds)('tells how what %s gains along a direction of its weights moves with the inputs', async (id) => {
    const { architecture, job, size } = jobOf(id);
    const uniform = mulberry32(13);
    const pull = job.weights.map(() => draw(uniform, size * job.classes));
    const along = job.weights.map((weights) => draw(uniform, weights.length));
    const mixed = await gradientsOf({ ...job, pull, along, of: 'inputs' }, architecture);
    // The same from the other side: how the gradient of the weights moves along a direction of the inputs.
    const direction = draw(uniform, job.inputs.length);
    const step = 1e-4;
    const moved = (sign: number) =>
      gradientsOf(
        { ...job, pull, of: 'weights', inputs: job.inputs.map((x, i) => x + sign * step * (direction[i] as number)) },
        architecture,
      );
    const [up, down] = [await moved(1), await moved(-1)];
    for (const [k, gradient] of mixed.entries()) {
      const ours = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
      const table = along[k] as Weights;
      const slope = table.reduce((sum, a, i) => sum + (a * ((up[k]?.[i] ?? 0) - (down[k]?.[i] ?? 0))) / (2 * step), 0);
      expect(Math.abs(ours - slope)).toBeLessThan(0.02 * Math.max(1, Math.abs(slope)));
    }
  });

  it('of many rows is that of each of them, whatever fits at once', async () => {
    const { architecture, job } = jobOf('mlp');
    const rows = 700; // more than are taken at once
    const inputs = draw(mulberry32(3), rows * 64);
    const pull = [draw(mulberry32(4), rows * job.classes)];
    const one = { ...job, weights: job.weights.slice(0, 1), inputs };
    const [all] = await gradientsOf({ ...one, pull, of: 'inputs' }, architecture);
    const last = { ...one, inputs: inputs.slice(-64), pull: [(pull[0] as Float32Array<ArrayBuffer>).slice(-job.classes)] };
    const [alone] = await gradientsOf({ ...last, of: 'inputs' }, architecture);
    expect(difference((all as Float32Array).slice(-64), alone as Float32Array)).toBeLessThan(1e-6);
    const [summed] = await gradientsOf({ ...one, pull, of: 'weights' }, architecture);
    const half = rows / 2;
    const parts = await Promise.all(
      [0, half].map((from) =>
        gradientsOf(
          {
            ...one,
            inputs: inputs.slice(from * 64, (from + half) * 64),
            pull: [(pull[0] as Float32Array<ArrayBuffer>).slice(from * job.classes, (from + half) * job.classes)],
            of: 'weights',
          },
          architecture,
        ),
      ),
    );
    const [first, second] = parts.map(([part]) => part as Weights) as [Weights, Weights];
    expect(
      difference(
        first.map((g, i) => g + (second[i] as number)),
        summed as Weights,
      ),
    ).toBeLessThan(1e-5);
  });
});
