/**
 * A backdoor against the same experiment in PyTorch (`reference/poisoning.json`), and what it is where there is no poison. All other
 * figures are compared in tests/long/poisoning.test.ts, which takes an hour.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/poisoning.json' with { type: 'json' };
import { type Metrics, numberOf, runOf, welchBound } from './experiments.ts';
import { poisoningExperiment } from './poisoned.ts';

const seeds = [1, 2, 3];

describe('BadNets at a rate of one per cent', () => {
  const runs: Metrics[] = [];
  beforeAll(async () => {
    for (const seed of seeds) runs.push((await runOf({ ...poisoningExperiment, seed })).lanes[0] as Metrics);
  }, 300_000);

  it('succeeds as often as in PyTorch', () => {
    const figure = reference.badnets['mlp|0.01'].asr;
    const own = runs.map((run) => numberOf(run, 'attackSuccessRate'));
    console.log('BadNets 1 %', own.map((value) => value.toFixed(3)).join(' '), 'PyTorch', figure.mean);
    expect(Math.abs(mean(own) - figure.mean)).toBeLessThan(welchBound(own, figure));
    for (const value of own) expect(Math.abs(value - figure.mean)).toBeLessThan(0.1); // five of the reference’s deviations
  });

  it('is compared with a model of clean data, which takes the trigger for a class as seldom as in PyTorch', () => {
    const figure = reference.badnets['mlp|0.0'].asr;
    const own = runs.map(({ attackSuccessRate }) => attackSuccessRate?.chance as number);
    expect(Math.abs(mean(own) - figure.mean)).toBeLessThan(welchBound(own, figure));
    for (const value of own) expect(value).toBeLessThan(0.015);
  });

  it('costs no accuracy that could be seen', () => {
    const figure = reference.badnets['mlp|0.01'].clean_acc;
    const own = runs.map((run) => numberOf(run, 'cleanAccuracy'));
    expect(Math.abs(mean(own) - figure.mean)).toBeLessThan(welchBound(own, figure));
    for (const run of runs) expect(run.cleanAccuracy).toEqual(run.testAccuracy);
  });
});
