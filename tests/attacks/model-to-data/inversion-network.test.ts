import { beforeAll, describe, expect, it } from 'vitest';
import { type Metrics, numberOf, runOf } from '../../lab/experiments.ts';

const overheard = {
  data: { id: 'mnist', members: 500, nonMembers: 0, population: 3000, test: 200 },
  model: { id: 'softmax' },
  training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 50, epochs: 20 },
  attack: { id: 'inversion-network', overheard: 300, hidden: 128, epochs: 25 },
  lanes: [
    { name: 'ten scores', defenses: [] },
    { name: 'three scores', defenses: [{ id: 'top-k', k: 3 }] },
    { name: 'labels only', defenses: [{ id: 'labels-only' }] },
  ],
  seed: 1,
};

describe('an inversion network', () => {
  let lanes: readonly Metrics[] = [];
  beforeAll(async () => {
    ({ lanes } = await runOf(overheard));
  }, 120_000);
  const errors = () => lanes.map((lane) => numberOf(lane, 'mse'));

  it('makes better pictures the more scores it hears', () => {
    const [ten, three, one] = errors() as [number, number, number];
    console.log(`errors with ten, three and no scores: ${errors()}; class mean: ${lanes[0]?.mse?.chance}`);
    expect(ten).toBeLessThan(three);
    expect(three).toBeLessThan(one);
    expect(ten).toBeLessThan(0.9 * (lanes[0]?.mse?.chance as number));
  });

  it('of labels makes the mean picture of the class, which everybody has who knows the class', () => {
    const { mse, correlation } = lanes[2] as Metrics;
    expect((mse?.value as number) / (mse?.chance as number)).toBeCloseTo(1, 1);
    expect(mse?.chanceIs).toBe('the mean picture of the class that was answered');
    expect(Math.abs((correlation?.value as number) - (correlation?.chance as number))).toBeLessThan(0.02);
  });
});
