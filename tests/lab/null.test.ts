/** Where there is nothing to find, nothing is found. */
import { expect, it } from 'vitest';
import { type Metrics, numberOf, pairedInterval, referenceExperiment, runOf } from './experiments.ts';

const seeds = [1, 2, 3, 4, 5, 6];

/** Each 95 % interval misses 0.5 once in twenty by chance; two or more misses in six have a probability of 3 %, in four of 1.4 %. */
function expectChance(runs: readonly Metrics[]) {
  const holding = runs.filter(({ auc }) => (auc?.low as number) <= 0.5 && (auc?.high as number) >= 0.5);
  expect(holding.length).toBeGreaterThanOrEqual(runs.length - 1);
  const [low, high] = pairedInterval(
    runs.map((run) => numberOf(run, 'auc')),
    runs.map(() => 0.5),
  );
  expect(low).toBeLessThanOrEqual(0.01); // and the mean over seeds is no more than a hundredth from chance
  expect(high).toBeGreaterThanOrEqual(-0.01);
}

it.each([
  ['the loss threshold', { id: 'loss-threshold' }, 1000, seeds] as const,
  ['the label-only attack', { id: 'label-only', copies: 4 }, 1000, seeds.slice(0, 4)] as const,
  ['the shadow-model classifier', { id: 'shadow-classifier' }, 2000, seeds.slice(0, 4)] as const,
])('%s finds no members after one epoch on 2,000', async (_, attack, population, seeds) => {
  const runs: Metrics[] = [];
  for (const seed of seeds) {
    const data = { id: 'mnist', members: 2000, nonMembers: 2000, population };
    const { lanes } = await runOf({
      ...referenceExperiment,
      attack,
      data,
      training: { ...referenceExperiment.training, epochs: 1 },
      seed,
    });
    runs.push(lanes[0] as Metrics);
  }
  expectChance(runs);
});

it('finds no members where noise drowns all learning', async () => {
  const runs: Metrics[] = [];
  for (const seed of seeds) {
    const lanes = [{ name: 'drowned', defenses: [{ id: 'dp-sgd', noiseMultiplier: 1000, clip: 1 }] }];
    const training = { ...referenceExperiment.training, epochs: 10 };
    const result = await runOf({ ...referenceExperiment, training, lanes, seed });
    runs.push(result.lanes[0] as Metrics);
  }
  expectChance(runs);
  // And indeed nothing was learned: ten classes, 2,000 test digits, three standard errors of a rate of 0.1 about its shuffled mean.
  for (const run of runs) expect(numberOf(run, 'testAccuracy')).toBeLessThan(0.3);
});
