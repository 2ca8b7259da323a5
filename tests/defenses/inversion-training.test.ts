/** Defenses of training that were made against inversion: what each adds to a plan, and what that does. */
import { beforeAll, describe, expect, it } from 'vitest';
import { find, planOf } from '../../src/core/experiment.ts';
import { mean } from '../../src/core/statistics.ts';
import { defenses } from '../../src/defenses/index.ts';
import { type Metrics, numberOf, runOf } from '../lab/experiments.ts';

const plan = planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 10, epochs: 20 });
const digits = {
  data: { id: 'mnist', members: 1000, nonMembers: 0, population: 0, test: 1000 },
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
  attack: { id: 'mi-face', start: 0.5, steps: 200, stepSize: 0.02, smoothness: 0.6 },
};

it('says in a plan what is wanted, and nothing else', () => {
  const bido = find(defenses, 'defense', 'bido').onTraining?.(plan, { inputs: 3, outputs: 4 });
  expect(bido).toEqual({ ...plan, dependence: { inputs: 3, outputs: 4 } });
  const smoothing = find(defenses, 'defense', 'negative-label-smoothing').onTraining?.(plan, { share: -0.3 });
  expect(smoothing).toEqual({ ...plan, labelSmoothing: -0.3 });
});

it('refuses BiDO where there is no hidden layer', async () => {
  const lanes = [{ name: 'BiDO', defenses: [{ id: 'bido' }] }];
  await expect(runOf({ ...digits, model: { id: 'softmax' }, lanes })).rejects.toThrow('no hidden layer');
});

describe('against MI-Face on digits', () => {
  const lanes = [
    { name: 'undefended', defenses: [] },
    { name: 'BiDO', defenses: [{ id: 'bido', inputs: 30, outputs: 10 }] },
    { name: 'nothing', defenses: [{ id: 'bido', inputs: 0, outputs: 0 }] },
    { name: 'negative smoothing', defenses: [{ id: 'negative-label-smoothing', share: -0.3 }] },
  ];
  const runs: Metrics[][] = lanes.map(() => []);

  const average = (lane: number, name: 'correlation' | 'testAccuracy') =>
    mean((runs[lane] ?? []).map((run) => numberOf(run, name)));

  beforeAll(async () => {
    for (const seed of [1, 2])
      for (const [lane, metrics] of (await runOf({ ...digits, lanes, seed })).lanes.entries()) runs[lane]?.push(metrics);
    const shown = lanes.map(({ name }, lane) => `${name}: ${average(lane, 'correlation')}, ${average(lane, 'testAccuracy')}`);
    console.log(`likeness and accuracy: ${shown.join('; ')}`);
  }, 120_000);

  it('BiDO takes some likeness for next to no accuracy', () => {
    expect(average(1, 'correlation')).toBeLessThan(average(0, 'correlation') - 0.03);
    expect(average(1, 'testAccuracy')).toBeGreaterThan(average(0, 'testAccuracy') - 0.03);
  });

  it('BiDO with no weight is no defense, beside others in one stack', () => {
    expect(runs[2]?.map(({ correlation }) => correlation)).toEqual(runs[0]?.map(({ correlation }) => correlation));
  });

  // What it does to the pictures depends on how they are drawn: tests/long has the same in PyTorch.
  it('negative smoothing costs accuracy', () => {
    expect(average(3, 'testAccuracy')).toBeLessThan(average(0, 'testAccuracy') - 0.01);
  });
});
