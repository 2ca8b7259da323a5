/** Every scenario runs as it is, and its numbers fall into the band that it promises. */
import { describe, expect, it } from 'vitest';
import type { MetricName } from '../../src/core/event.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { numberOf, runOf } from '../lab/experiments.ts';
import { recordedEnd } from './recorded.ts';

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('scenario %s', (_id, scenario) => {
  it('falls into its band, and is as it was recorded', async () => {
    const { lanes, verdict } = await runOf(scenario.experiment);
    const names = (scenario.experiment as { lanes: { name: string }[] }).lanes.map(({ name }) => name);
    expect(Object.keys(scenario.band)).toEqual(names); // a band for every lane
    for (const [lane, name] of names.entries()) {
      for (const [metric, [low, high]] of Object.entries(scenario.band[name] ?? {})) {
        const value = numberOf(lanes[lane], metric as MetricName);
        expect(value, `${name}: ${metric}`).toBeGreaterThanOrEqual(low);
        expect(value, `${name}: ${metric}`).toBeLessThanOrEqual(high);
      }
    }
    const recorded = await recordedEnd(scenario.id);
    for (const [lane, metrics] of lanes.entries())
      for (const [name, { value }] of Object.entries(metrics))
        expect(value, `${names[lane]}: ${name} as it was recorded`).toBe(
          recorded.lanes[lane]?.metrics[name as MetricName]?.value,
        );
    expect(verdict).toMatch(/\d %|by \d|\d of 1|\d bits/);
  });
});
