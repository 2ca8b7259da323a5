/** Where there is nothing to find nothing is found, and where there is next to nothing no more than that. */
import { expect, it } from 'vitest';
import reference from '../reference/one-epoch.json' with { type: 'json' };
import { type Metrics, numberOf, pairedInterval, referenceExperiment, runOf, welchBound } from './experiments.ts';

const seeds = [1, 2, 3, 4, 5, 6];

async function runsOf(experiment: object, chosen: readonly number[]): Promise<Metrics[]> {
  const runs: Metrics[] = [];
  for (const seed of chosen) runs.push((await runOf({ ...referenceExperiment, ...experiment, seed })).lanes[0] as Metrics);
  return runs;
}

const holdingHalf = (runs: readonly Metrics[]) =>
  runs.filter(({ auc }) => (auc?.low as number) <= 0.5 && (auc?.high as number) >= 0.5).length;

it('one epoch on 2,000 leaves a trace that one run cannot tell from chance, and as slight as in PyTorch', async () => {
  const data = { id: 'mnist', members: 2000, nonMembers: 2000, population: 1000 };
  const runs = await runsOf({ data, training: { ...referenceExperiment.training, epochs: 1 } }, seeds);
  // PyTorch over 30 seeds: 0.515 ± 0.007, and an interval here is ± 0.018 wide: three in four hold 0.5, so four of six or more.
  expect(holdingHalf(runs)).toBeGreaterThanOrEqual(4);
  const own = runs.map((run) => numberOf(run, 'auc'));
  console.log('one epoch', own.map((auc) => auc.toFixed(4)).join(' '), 'PyTorch', reference.loss_threshold_auc.mean);
  const bound = welchBound(own, reference.loss_threshold_auc);
  expect(Math.abs(own.reduce((sum, auc) => sum + auc, 0) / own.length - reference.loss_threshold_auc.mean)).toBeLessThan(bound);
});

it.each([
  ['the loss threshold', { id: 'loss-threshold' }, seeds] as const,
  ['the label-only attack', { id: 'label-only', copies: 4 }, seeds.slice(0, 4)] as const,
  ['the shadow-model classifier', { id: 'shadow-classifier' }, seeds.slice(0, 4)] as const,
])(
  '%s finds nothing where noise drowns all learning',
  async (_, attack, chosen) => {
    const lanes = [{ name: 'drowned', defenses: [{ id: 'dp-sgd', noiseMultiplier: 1000, clip: 1 }] }];
    const runs = await runsOf({ attack, lanes, training: { ...referenceExperiment.training, epochs: 10 } }, chosen);
    // Each 95 % interval misses 0.5 once in twenty by chance; two or more misses in six have a probability of 3 %, in four of 1.4 %.
    expect(holdingHalf(runs)).toBeGreaterThanOrEqual(runs.length - 1);
    const aucs = runs.map((run) => numberOf(run, 'auc'));
    const [low, high] = pairedInterval(
      aucs,
      aucs.map(() => 0.5),
    );
    console.log(
      attack.id,
      'drowned',
      aucs.map((auc) => auc.toFixed(4)).join(' '),
      `mean − 0.5 in [${low.toFixed(4)}, ${high.toFixed(4)}]`,
    );
    expect(low).toBeLessThanOrEqual(0); // and over the seeds the mean is chance
    expect(high).toBeGreaterThanOrEqual(0);
    // Indeed nothing was learned: one of ten classes by guessing, and a network that answers one class is right on one digit in ten.
    for (const run of runs) expect(numberOf(run, 'testAccuracy')).toBeLessThan(0.3);
  },
  180_000,
);
