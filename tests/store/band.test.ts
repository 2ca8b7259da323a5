/** Whether a run came out as its scenario promises. */
import { expect, it } from 'vitest';
import { catalog } from '../../src/lab/catalog.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { missesOf, promisesOf } from '../../src/store/band.ts';
import { recordedEnd } from '../scenarios/recorded.ts';

const [scenario] = scenarios as [(typeof scenarios)[number]];
const strict = { undefended: { auc: [0.9, 1] as const } };

it('is told by what falls out of the band, at the scenario’s own seed and settings only', async () => {
  const run = await recordedEnd(scenario.id);
  expect(missesOf(promisesOf(scenario), catalog, run)).toEqual([]);
  const promises = promisesOf({ ...scenario, band: { ...scenario.band, ...strict } });
  const [miss, ...others] = missesOf(promises, catalog, run);
  expect(miss).toMatchObject({ lane: 'undefended', metric: 'auc', low: 0.9, high: 1 });
  expect(others).toEqual([]);
  expect(missesOf(promises, catalog, { ...run, status: 'running' })).toEqual([]);
  const ofSeed2 = promises.map(({ experiment, band }) => ({ experiment: { ...experiment, seed: 2 }, band }));
  expect(missesOf(ofSeed2, catalog, run)).toEqual([]);
});

it('is told of a step that changes the experiment by that step’s own band', async () => {
  const run = await recordedEnd(scenario.id);
  // As if another step had set what the run was made with.
  const story = [{ focus: 'lanes' as const, say: '', set: { 'data.members': 300 }, band: strict }];
  const other = { ...scenario, experiment: { ...scenario.experiment, data: { id: 'mnist' } } };
  const [own, step] = promisesOf({ ...other, story });
  expect(own).toEqual({ experiment: other.experiment, band: scenario.band });
  expect(step).toEqual({ experiment: { ...other.experiment, data: { id: 'mnist', members: 300 } }, band: strict });
  expect(missesOf([step as typeof own & object], catalog, run)).toEqual([]);
  const [miss] = missesOf([{ experiment: scenario.experiment, band: strict }], catalog, run);
  expect(miss?.metric).toBe('auc');
});
