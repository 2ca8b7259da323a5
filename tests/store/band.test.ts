/** Whether a run came out as its scenario promises. */
import { expect, it } from 'vitest';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { missesOf } from '../../src/store/band.ts';
import { recordedEnd } from '../scenarios/recorded.ts';

it('is told by what falls out of the band, at the scenario’s own seed and settings only', async () => {
  const [scenario] = scenarios as [(typeof scenarios)[number]];
  const written = resolveExperiment(scenario.experiment, catalog);
  const run = await recordedEnd(scenario.id);
  expect(missesOf(scenario, written, run)).toEqual([]);
  const strict = { band: { ...scenario.band, undefended: { auc: [0.9, 1] as const } } };
  const [miss, ...others] = missesOf(strict, written, run);
  expect(miss).toMatchObject({ lane: 'undefended', metric: 'auc', low: 0.9, high: 1 });
  expect(others).toEqual([]);
  expect(missesOf(strict, written, { ...run, status: 'running' })).toEqual([]);
  expect(missesOf(strict, { ...written, seed: 2 }, run)).toEqual([]);
});
