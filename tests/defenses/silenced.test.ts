/** A silenced unit says nothing, and says nothing after more training. */
import { expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import { oneHot } from '../../src/core/examples.ts';
import type { OwnNetwork } from '../../src/core/network.ts';
import { randomOf } from '../../src/core/random.ts';
import { silenced } from '../../src/defenses/silenced.ts';
import { networkOf, trainNetwork } from '../../src/lab/own-network.ts';

it('stays silent however the network is trained on, and the others learn', async () => {
  const { compute } = await nodeHost('wasm');
  const random = randomOf('silence');
  const [size, width, outputs, rows] = [5, 6, 3, 40];
  const model = { id: 'mlp', options: { hidden: [width], activation: 'relu' } };
  const weights = Float32Array.from({ length: (size + 1) * width + (width + 1) * outputs }, () => random.normal());
  const inputs = Float32Array.from({ length: rows * size }, () => random.normal());
  const targets = oneHot(
    Int32Array.from({ length: rows }, (_, row) => row % outputs),
    outputs,
  );
  const mute = [1, 4];
  const loud = async (network: OwnNetwork) => {
    const features = await network.features(inputs);
    return Array.from({ length: width }, (_, unit) => features.some((value, i) => i % width === unit && value > 0));
  };
  const before = networkOf(compute, model, [size], outputs, weights);
  const after = silenced(weights, mute, width, outputs);
  expect(await loud(before)).toEqual(new Array(width).fill(true));
  const expected = [true, false, true, true, false, true];
  expect(await loud(before.with(after))).toEqual(expected);

  const plan = { optimizer: 'adam', learningRate: 0.01, batchSize: 8, epochs: 20, weightDecay: 0.001 } as const;
  const training = trainNetwork(compute, [size], 'test', {
    model,
    inputs,
    targets,
    outputs,
    plan,
    start: after,
    phase: 'training',
    seed: 'x',
  });
  let step = await training.next();
  while (!step.done) step = await training.next();
  expect(await loud(step.value)).toEqual(expected);
  expect(step.value.weights).not.toEqual(after);
});
