/** Inversion with a prior from public faces, by gradients and by labels, on a few people; all of them are in tests/long. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Metrics, numberOf, runOf } from '../../lab/experiments.ts';

const usual = {
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 50, epochs: 15 },
  lanes: [{ name: 'undefended', defenses: [] as object[] }],
  seed: 1,
};
const people = { ...usual, data: { id: 'faces', identities: 10, members: 500, nonMembers: 0, population: 300, test: 100 } };
/** Five digits that the model learns; the attacker knows the other five. */
const digits = {
  ...usual,
  data: { id: 'digits8', heldBack: 5, members: 500, nonMembers: 0, population: 300, test: 100 },
};
const prior = { code: 12, epochs: 5 };
const guided = { id: 'prior-inversion', steps: 80, restarts: 2, ...prior };
const fromLabels = { id: 'label-only-inversion', steps: 60, samples: 24, ...prior };

/** Whether the pictures are more like their own classes than like the others, by more than chance. */
const tells = ({ margin }: Metrics) => (margin?.low as number) > 0;

const untrained = { ...digits, training: { ...digits.training, epochs: 0 } };

describe('inversion with a prior', () => {
  let [withPrior, without]: [Metrics, Metrics] = [{}, {}];
  beforeAll(async () => {
    withPrior = (await runOf({ ...people, attack: guided })).lanes[0] as Metrics;
    const miFace = { id: 'mi-face', start: 0.5, steps: 100, stepSize: 0.02, smoothness: 1 };
    without = (await runOf({ ...people, attack: miFace })).lanes[0] as Metrics;
  }, 120_000);

  it('draws likenesses, and better ones than without', () => {
    expect(tells(withPrior)).toBe(true);
    expect(numberOf(withPrior, 'correlation')).toBeGreaterThan(numberOf(without, 'correlation'));
    expect(numberOf(withPrior, 'ssim')).toBeGreaterThan(numberOf(without, 'ssim'));
    expect(numberOf(withPrior, 'mse')).toBeLessThan(withPrior.mse?.chance as number);
  });

  it('draws nothing in particular where the model has learned nothing', async () => {
    const { lanes } = await runOf({ ...untrained, attack: guided });
    const { correlation, margin } = lanes[0] as Metrics;
    expect(correlation?.value).toBeGreaterThan(0.1); // any digit is a little like any other,
    expect(tells(lanes[0] as Metrics)).toBe(false); // and so no likeness by itself
    expect(margin?.value).toBeCloseTo((correlation?.value as number) - (correlation?.chance as number), 10);
  });
});

describe('inversion from labels alone', () => {
  it('draws likenesses, and is not stopped by a model that answers labels only', async () => {
    const lanes = [...usual.lanes, { name: 'labels only', defenses: [{ id: 'labels-only' }] }];
    const [open, closed] = (await runOf({ ...digits, lanes, attack: fromLabels })).lanes as [Metrics, Metrics];
    expect(tells(open)).toBe(true);
    expect(closed.correlation).toEqual(open.correlation);
    expect(closed.queries).toEqual(open.queries);
  });

  it('draws nothing in particular where the model has learned nothing', async () => {
    const { lanes } = await runOf({ ...untrained, attack: fromLabels });
    expect(tells(lanes[0] as Metrics)).toBe(false);
  });
});

it('is refused where there are no other classes', async () => {
  await expect(runOf({ data: { id: 'mnist', heldBack: 0 }, attack: guided })).rejects.toThrow(
    'no digits are held back for that (heldBack is 0)',
  );
  await expect(runOf({ data: { id: 'blobs' }, attack: guided })).rejects.toThrow('there are none');
});
