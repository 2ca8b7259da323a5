/** Every scenario runs as it is, and its numbers fall into the band that it promises. */
import { describe, expect, it } from 'vitest';
import type { MetricName } from '../../src/core/event.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Band } from '../../src/scenarios/scenario.ts';
import { promisesOf } from '../../src/store/band.ts';
import { type Metrics, numberOf, runOf } from '../lab/experiments.ts';
import { recordedEnd } from './recorded.ts';

/** @param lanes a run's, in the order of the names */
function expectInBand(band: Band, names: readonly string[], lanes: readonly Metrics[]): void {
  expect(Object.keys(band)).toEqual(names); // a band for every lane
  for (const [lane, name] of names.entries())
    for (const [metric, [low, high]] of Object.entries(band[name] ?? {})) {
      const value = numberOf(lanes[lane], metric as MetricName);
      expect(value, `${name}: ${metric}`).toBeGreaterThanOrEqual(low);
      expect(value, `${name}: ${metric}`).toBeLessThanOrEqual(high);
    }
}

const namesOf = (experiment: object) => (experiment as { lanes: { name: string }[] }).lanes.map(({ name }) => name);

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('scenario %s', (_id, scenario) => {
  it('falls into its band, and is as it was recorded', async () => {
    const { lanes, verdict } = await runOf(scenario.experiment);
    const names = namesOf(scenario.experiment);
    expectInBand(scenario.band, names, lanes);
    const recorded = await recordedEnd(scenario.id);
    for (const [lane, metrics] of lanes.entries())
      for (const [name, { value }] of Object.entries(metrics))
        expect(value, `${names[lane]}: ${name} as it was recorded`).toBe(
          recorded.lanes[lane]?.metrics[name as MetricName]?.value,
        );
    expect(verdict).toMatch(/\d %|by \d|\d of 1|\d bits/);
  });

  const [, ...steps] = promisesOf(scenario);
  it.runIf(steps.length > 0)('falls into the band of each step that changes it', async () => {
    for (const { experiment, band } of steps) expectInBand(band, namesOf(experiment), (await runOf(experiment)).lanes);
  });
});
