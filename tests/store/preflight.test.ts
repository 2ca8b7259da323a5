/** What was found on a device becomes checks, one line, and a report. */
import { expect, test } from 'vitest';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import type { Scenario } from '../../src/scenarios/scenario.ts';
import { checksOf, type Facts, reportOf, summaryOf, trialOf } from '../../src/store/preflight.ts';
import { fold, idleRun, startRun } from '../../src/store/run-state.ts';

const best: Facts = {
  secure: true,
  graphics: { offered: true, adapter: 'Some GPU', software: false },
  backend: { name: 'webgpu', workers: 1, ladder: [] },
  wasm: { there: true, simd: true, threads: false },
  trial: { status: 'finished', share: 1, seconds: 4.2, failure: null, unusual: [] },
  offline: { status: 'ready', kept: { files: 10, missing: 0, bytes: 2e6 }, why: null, newer: false, asked: true },
  online: true,
  storage: { offered: true, persisted: true, free: 1e9 },
  screen: { width: 1280, height: 600, zoom: 100 },
  still: false,
  key: null,
  fullScreen: true,
};

const check = (id: string, facts: Partial<Facts>) => {
  const found = checksOf({ ...best, ...facts }).find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};
const summary = (facts: Partial<Facts> = {}) => summaryOf(checksOf({ ...best, ...facts }));

test('is ready where everything is good; a clicker that nobody tried is no remark', () => {
  expect(summary()).toEqual({ state: 'good', says: 'Ready.' });
  expect(check('keyboard', {}).state).toBe('open');
});

test('waits for what is not known yet, and says at once what is bad', () => {
  const waiting = { ...best.trial, status: 'running', seconds: null } as const;
  expect(summary({ trial: waiting }).state).toBe('pending');
  expect(summary({ graphics: null }).state).toBe('pending');
  expect(summary({ storage: null }).state).toBe('pending');
  expect(summary({ offline: { ...best.offline, asked: null } }).state).toBe('pending');
  const lost = { ...best.offline, status: 'failed', why: { type: 'file', file: 'a.js', full: false } } as const;
  expect(summary({ trial: waiting, offline: lost, online: false })).toEqual({
    state: 'bad',
    says: 'Not ready: Without a network.',
  });
});

test('names every remark in its line, and each remark says what to do', () => {
  const facts: Partial<Facts> = {
    secure: false,
    backend: { name: 'wasm', workers: 3, ladder: ['webgpu: it needs https or localhost'] },
    graphics: { offered: false, adapter: null, software: false },
    wasm: { there: true, simd: false, threads: false },
    trial: { ...best.trial, seconds: 31, unusual: ['Attack AUC, undefended: 0.5'] },
    offline: { ...best.offline, status: 'failed', kept: null, why: { type: 'insecure' } },
    storage: { offered: true, persisted: false, free: 1e9 },
    screen: { width: 900, height: 600, zoom: 150 },
    still: true,
    key: 'ArrowUp',
    fullScreen: false,
  };
  expect(summary(facts)).toEqual({
    state: 'remark',
    says: 'Ready, with remarks: Secure address, Graphics processor, WebAssembly, Speed, Numbers, Without a network, Storage, Screen, Motion, Clicker, Full screen.',
  });
  for (const one of checksOf({ ...best, ...facts }))
    if (one.state === 'remark') expect(one.advice, one.id).toMatch(/^[A-Z].+\.$/);
});

test('is not ready where nothing computes', () => {
  const failure = 'nothing on this device can compute: wasm: it does not start here';
  const facts = { backend: null, trial: { ...best.trial, status: 'failed', seconds: null, failure } } as const;
  expect(summary(facts).says).toMatch(/^Not ready: .*Gradient self-test, Speed, Numbers/);
  expect(check('gradient', facts).says).toContain(failure);
});

test('tells a graphics processor that computes wrongly from one that is not there', () => {
  const graphics = { offered: true, adapter: 'Odd GPU', software: false };
  const backend = { name: 'wasm', workers: 2, ladder: ['webgpu: its gradients are all zero'] };
  expect(check('gradient', { graphics, backend })).toMatchObject({ state: 'remark' });
  expect(check('graphics', { graphics, backend }).advice).toContain('driver');
  const none = { offered: true, adapter: null, software: false };
  const without = { ...backend, ladder: ['webgpu: no graphics adapter was found'] };
  expect(check('gradient', { graphics: none, backend: without }).state).toBe('good');
  expect(check('graphics', { graphics: none, backend: without }).advice).toContain('hardware acceleration');
  expect(check('graphics', { graphics, backend: { ...backend, ladder: [] } }).says).toContain('was not tried');
});

test('has a sentence for every reason why nothing is kept', () => {
  const reasons = [
    [{ type: 'insecure' }, 'address'],
    [{ type: 'not offered' }, 'keeps no files'],
    [{ type: 'not built' }, 'development server'],
    [{ type: 'file', file: 'a.js', full: false }, 'a.js'],
    [{ type: 'file', file: 'a.js', full: true }, 'no room for a.js'],
    [{ type: 'refused', says: 'no such luck' }, 'no such luck'],
  ] as const;
  for (const [why, says] of reasons)
    expect(check('offline', { offline: { ...best.offline, status: 'failed', why } }).says).toContain(says);
  expect(check('newest', { offline: { ...best.offline, newer: true } })).toMatchObject({ state: 'remark' });
  expect(check('newest', { offline: { ...best.offline, asked: false } })).toMatchObject({ state: 'good' });
});

test('knows the keys that the presenter listens to', () => {
  for (const key of ['PageDown', 'PageUp', ' ', 'ArrowLeft', 'B', '.'])
    expect(check('keyboard', { key }).state, key).toBe('good');
  expect(check('keyboard', { key: ' ' }).says).toContain('Space');
  expect(check('keyboard', { key: 'VolumeUp' }).state).toBe('remark');
});

test('finds numbers that are outside of the scenario’s band', () => {
  const [scenario] = scenarios as readonly [Scenario];
  const experiment = resolveExperiment(scenario.experiment, catalog);
  const auc = (lane: number, value: number) =>
    ({ type: 'event', run: 1, event: { type: 'metric', lane, name: 'auc', metric: { value, n: 600, method: '' } } }) as never;
  const ended = (undefended: number) =>
    [auc(0, undefended), auc(1, 0.55), { type: 'finished', run: 1, seconds: 4 } as never].reduce(
      (state, message) => fold(state, message, 0),
      startRun(idleRun, 1, experiment),
    );
  expect(trialOf(ended(0.83), scenario)).toMatchObject({ status: 'finished', seconds: 4, unusual: [] });
  expect(trialOf(ended(0.5), scenario).unusual).toEqual(['Attack AUC, undefended: 0.50 rather than 0.78 to 0.88']);
  expect(trialOf(idleRun, scenario)).toMatchObject({ status: 'waiting', unusual: [] });
});

test('puts everything into a report as plain text', () => {
  const report = reportOf(checksOf({ ...best, still: true }), ['version abc', 'Some Browser']);
  expect(report.split('\n').slice(0, 5)).toEqual([
    'Threatloop, before the lecture',
    'version abc',
    'Some Browser',
    '',
    'Ready, with remarks: Motion.',
  ]);
  expect(report).toMatch(/\n\[remark\] Motion: This device asks for reduced motion.*settings\.\n/);
  expect(report).toContain('\n[not tried] Clicker: ');
});
