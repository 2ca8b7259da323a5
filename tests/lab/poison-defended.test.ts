/**
 * What the detectors of poison really do, each against an attack that it was made for, paired over seeds; beside PyTorch they stand in
 * tests/long. On a small network none of them is dependable, and no bound here says otherwise.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricName } from '../../src/core/event.ts';
import { mean } from '../../src/core/statistics.ts';
import { type Metrics, numberOf, pairedInterval, runOf } from './experiments.ts';

const small = {
  data: { id: 'mnist', members: 1000, nonMembers: 0, population: 100, test: 1000 },
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'adam', learningRate: 0.002, batchSize: 50, epochs: 15 },
};
const seeds = [1, 2, 3, 4];

/** The seeds' metrics, undefended and defended. */
function pairs(attack: object, ids: readonly string[]) {
  const lanes = ['none', ...ids].map((name) => ({ name, defenses: name === 'none' ? [] : [{ id: name }] }));
  const runs: (readonly Metrics[])[] = [];
  beforeAll(async () => {
    for (const seed of seeds) runs.push((await runOf({ ...small, attack, lanes, seed })).lanes);
  }, 120_000);
  return (id: string, name: MetricName) => runs.map((found) => numberOf(found[id === 'none' ? 0 : 1 + ids.indexOf(id)], name));
}

describe('against flipped labels', () => {
  const of = pairs({ id: 'label-flip' }, ['activation-clustering', 'spectral-signatures']);

  it('activation clustering finds most of them at few false alarms, and the attack is weaker for it', () => {
    const [, high] = pairedInterval(of('activation-clustering', 'attackSuccessRate'), of('none', 'attackSuccessRate'));
    expect(high).toBeLessThan(0);
    const found = of('activation-clustering', 'detectionRate');
    // At one seed it takes the other half of the class for the poison and finds none.
    expect(found.filter((share) => share > 0.8)).toHaveLength(3);
    for (const share of of('activation-clustering', 'falseAlarmRate')) expect(share).toBeLessThan(0.1);
  });

  it('spectral signatures throw out twice as much of what is poisoned as of what is not: too much, for what it changes', () => {
    const [found, lost] = [of('spectral-signatures', 'detectionRate'), of('spectral-signatures', 'falseAlarmRate')];
    expect(mean(found)).toBeGreaterThan(1.5 * mean(lost)); // .60 ± .09 and .29 over the seeds
    const change = pairedInterval(of('spectral-signatures', 'attackSuccessRate'), of('none', 'attackSuccessRate'));
    expect(change[0]).toBeGreaterThan(-0.2);
  });
});

describe('against a blended trigger', () => {
  const of = pairs({ id: 'blended' }, ['strip']);

  it('STRIP refuses more triggered questions than honest ones, and the attack is weaker for it', () => {
    const [, high] = pairedInterval(of('strip', 'attackSuccessRate'), of('none', 'attackSuccessRate'));
    expect(high).toBeLessThan(0);
    for (const [i, share] of of('strip', 'detectionRate').entries())
      expect(share).toBeGreaterThan(5 * (of('strip', 'falseAlarmRate')[i] as number));
  });
});
