/** What a participant shares: the gradient that the device computes too, and what her defenses make of it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import { find } from '../../src/core/experiment.ts';
import type { OwnNetwork } from '../../src/core/network.ts';
import { randomOf } from '../../src/core/random.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Split } from '../../src/lab/data.ts';
import { networkOf } from '../../src/lab/own-network.ts';
import { participantOf } from '../../src/lab/participant.ts';
import { initialWeights } from '../../src/stack/parameters.ts';

const shape = [6, 6, 1];
const random = randomOf('participant');
const members: Examples = examplesOf(
  Float32Array.from({ length: 12 * 36 }, () => random.uniform()),
  Int32Array.from({ length: 12 }, (_, i) => i % 4),
);
const split = { members, classes: 4, shape } as unknown as Split;

const models = [
  { id: 'softmax', options: {} },
  { id: 'mlp', options: { hidden: [9, 7], activation: 'relu' } },
  { id: 'mlp', options: { hidden: [9], activation: 'sigmoid' } },
  { id: 'cnn', options: { channels: 2, dense: 0 } },
];
const networks = new Map<object, OwnNetwork>();
beforeAll(async () => {
  const { compute } = await nodeHost('wasm');
  for (const model of models) {
    const architecture = find(catalog.models, 'model', model.id).build(model.options as never, shape, 4);
    const weights = initialWeights(architecture, randomOf('weights'));
    networks.set(model, networkOf(compute, model as never, shape, 4, weights));
  }
});

const participantAt = (model: object, defenses: readonly object[] = []) =>
  participantOf(
    split,
    { lane: { name: 'lane', defenses }, catalog, random: randomOf('recipe') } as never,
    networks.get(model) as OwnNetwork,
  );

const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
const minus = (a: Float64Array, b: ArrayLike<number>) => a.map((value, i) => value - (b[i] as number));

describe.each(models.map((model) => [model.id, JSON.stringify(model.options), model] as const))(
  'a participant with %s %s',
  (_id, _options, model) => {
    it('shares the gradient of the mean cross-entropy, as the device computes it', async () => {
      const network = networks.get(model) as OwnNetwork;
      const { target } = participantAt(model);
      const shared = [await target.share(5), await target.share(5)];
      for (const [k, gradient] of shared.entries()) {
        const inputs = members.inputs.slice(k * 5 * 36, (k + 1) * 5 * 36);
        const { values } = await network.probabilities(inputs);
        const pull = values.map((p, i) => (p - (members.labels[k * 5 + Math.floor(i / 4)] === i % 4 ? 1 : 0)) / 5);
        const device = await network.weightGradients(inputs, pull);
        expect(norm(minus(gradient, device))).toBeLessThan(2e-6 * norm(gradient)); // single precision
      }
    });
  },
);

describe('what she shares behind a defense', () => {
  const [, mlp] = models as [object, object];
  const share = async (defenses: readonly object[], batchSize = 1) => {
    const participant = participantAt(mlp, defenses);
    const gradient = await participant.target.share(batchSize);
    return { gradient, cosine: participant.shared()[0]?.cosine as number };
  };

  it('is each batch once, in order, and again from the beginning when all were used', async () => {
    const participant = participantAt(mlp);
    for (let i = 0; i < 3; i++) await participant.target.share(5);
    expect(participant.shared().map(({ batch }) => [...batch.labels])).toEqual([
      [0, 1, 2, 3, 0],
      [1, 2, 3, 0, 1],
      [2, 3, 0, 1, 2],
    ]);
    expect(participant.shared().every(({ cosine }) => cosine > 1 - 1e-12)).toBe(true);
  });

  it('is clipped example by example, not as a mean', async () => {
    const dpSgd = { id: 'dp-sgd', clip: 0.1, noiseMultiplier: 0, delta: 1e-4 };
    const { gradient: clipped } = await share([dpSgd]);
    expect(norm(clipped)).toBeCloseTo(0.1, 12);
    const batch = await share([dpSgd], 4);
    const each = participantAt(mlp, [dpSgd]);
    const alone = [
      await each.target.share(1),
      await each.target.share(1),
      await each.target.share(1),
      await each.target.share(1),
    ];
    const mean = batch.gradient.map((_, i) => alone.reduce((sum, own) => sum + (own[i] as number) / 4, 0));
    expect(norm(minus(batch.gradient, mean))).toBeLessThan(1e-14);
    expect(norm(batch.gradient)).toBeLessThan(0.1); // their directions differ
    const loose = await share([{ ...dpSgd, clip: 1000 }], 4);
    expect(norm(minus(loose.gradient, (await share([], 4)).gradient))).toBe(0);
  });

  it('has noise of σ · clip over the batch with DP-SGD', async () => {
    const dpSgd = { id: 'dp-sgd', clip: 0.5, noiseMultiplier: 2, delta: 1e-4 };
    const { gradient } = await share([dpSgd], 4);
    const noise = minus(gradient, (await share([{ ...dpSgd, noiseMultiplier: 0 }], 4)).gradient);
    const deviation = norm(noise) / Math.sqrt(noise.length);
    expect(Math.abs(deviation / 0.25 - 1)).toBeLessThan(4 / Math.sqrt(2 * noise.length)); // four standard errors
  });

  it('is the same at the same seed', async () => {
    const noise = [{ id: 'gradient-noise', deviation: 0.1 }];
    expect((await share(noise)).gradient).toEqual((await share(noise)).gradient);
    expect((await share(noise)).cosine).toBeLessThan(0.99);
  });
});
