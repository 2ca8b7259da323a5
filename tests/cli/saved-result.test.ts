/** What was saved runs again, and gives the same numbers: the page's JSON, and the terminal's own. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { askedBy } from '../../src/cli/saved-result.ts';
import type { Event } from '../../src/core/event.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { chainAsJson } from '../../src/export/chain-json.ts';
import { jsonText } from '../../src/export/json.ts';
import { metricRows } from '../../src/export/metric-rows.ts';
import { runAsJson } from '../../src/export/run-json.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { createChainStore } from '../../src/store/chain-store.ts';
import { fold, idleRun, type RunState, startRun } from '../../src/store/run-state.ts';
import { file, here, pathOf } from './lab.ts';

const tiny = {
  data: { id: 'blobs', members: 60, nonMembers: 60, population: 100, test: 100 },
  model: { id: 'mlp', hidden: [8] },
  training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
  attack: { id: 'loss-threshold' },
  lanes: [
    { name: 'undefended', defenses: [] },
    { name: 'defended', defenses: [{ id: 'label-smoothing' }] },
  ],
  seed: 7,
};
const where = { build: '0 test', tfjs: '4', userAgent: 'test' };

interface Result {
  readonly lanes: readonly { readonly name: string; readonly metrics: object }[];
  readonly seeds?: readonly number[];
  readonly spread?: object;
  readonly runs?: readonly Result[];
}
const run = async (...words: string[]): Promise<Result> => JSON.parse(await here('run', ...words, '--threads=1', '--json'));
const numbersOf = ({ lanes, runs }: Result): unknown =>
  runs ? runs.map(numbersOf) : lanes.map(({ name, metrics }) => ({ name, metrics }));

/** A run as the page knows it, from the events that the terminal wrote. */
function pageState(folder: string): RunState {
  const events: Event[] = readFileSync(pathOf(`${folder}/seed-7.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const begun = { preset: 'membership', at: '2026-01-02T03:04:05.678Z', spread: null };
  const messages = [
    { type: 'ready' as const, backend: 'wasm', workers: 2, ladder: [] },
    ...events.map((event) => ({ type: 'event' as const, run: 1, event })),
    { type: 'finished' as const, run: 1, seconds: 3 },
  ];
  return messages.reduce(
    (state: RunState, message) => fold(state, message, 0),
    startRun(idleRun, 1, resolveExperiment(tiny, catalog), begun),
  );
}

let first: Result;
let state: RunState;
beforeAll(async () => {
  first = await run(file('tiny.json', tiny), '--out', pathOf('saved'));
  state = pageState('saved');
});

describe('a run that the page saved', () => {
  it('holds its experiment, all numbers and evidence, the verdict, and where it was run', () => {
    const saved = JSON.parse(jsonText(runAsJson(state, 'live', where)));
    expect(saved.experiment).toEqual(resolveExperiment(tiny, catalog));
    expect(saved.verdict).toMatch(/\w\.$/);
    expect(saved.lanes.map(({ name }: { name: string }) => name)).toEqual(['undefended', 'defended']);
    expect(saved.lanes[0].metrics.auc).toMatchObject({ how: expect.stringMatching(/DeLong/), sampleSize: 120, chance: 0.5 });
    expect(Object.keys(saved.lanes[1].evidence)).toContain('roc');
    const { surface } = saved.lanes[0].evidence.surface;
    expect(surface.classes).toHaveLength(surface.columns * surface.rows);
    expect(saved.provenance).toEqual({
      shown: 'live',
      status: 'finished',
      scenario: 'membership',
      seed: 7,
      startedAt: '2026-01-02T03:04:05.678Z',
      seconds: 3,
      build: '0 test',
      tfjs: '4',
      backend: 'wasm',
      recovered: [],
      workers: 2,
      adapter: null,
      userAgent: 'test',
    });
  });

  it('does not say of a recording that this browser ran it', () => {
    const { provenance } = runAsJson(state, 'recorded', where);
    expect(provenance).toMatchObject({ shown: 'recorded', backend: 'wasm' });
    expect(Object.keys(provenance)).not.toContain('userAgent');
    expect(Object.keys(provenance)).not.toContain('workers');
  });

  it('runs again in the terminal, and gives the same numbers', async () => {
    const again = await run(file('page.json', jsonText(runAsJson(state, 'live', where))));
    expect(numbersOf(again)).toEqual(numbersOf(first));
    expect(numbersOf(again)).toEqual(state.lanes.map(({ metrics }, i) => ({ name: tiny.lanes[i]?.name, metrics })));
  });

  it('gives its numbers in long form, a row for each lane and metric', () => {
    const { columns, rows } = metricRows(state);
    expect(columns).toEqual(['lane', 'metric', 'value', 'low', 'high', 'chance', 'n', 'how']);
    expect(rows).toHaveLength(state.lanes.reduce((sum, { metrics }) => sum + Object.keys(metrics).length, 0));
    const { value, low, high } = state.lanes[1]?.metrics.auc ?? {};
    expect(rows).toContainEqual(['defended', 'auc', value, low, high, 0.5, 120, expect.stringMatching(/DeLong/)]);
  });
});

describe('a spread that the page saved', () => {
  const spread = { path: 'training.epochs', values: [1, 2], seeds: 2 };
  const begun = { preset: 'membership', at: null, spread };

  it('runs again as a spread, at as many seeds', async () => {
    const spreading = startRun(idleRun, 1, resolveExperiment(tiny, catalog), begun);
    const again = await run(file('page-spread.json', jsonText(runAsJson(spreading, 'live', where))));
    expect(again.spread).toEqual({ path: 'training.epochs', values: [1, 2] });
    expect(again.seeds).toEqual([7, 8]);
    expect(again.runs).toHaveLength(2);
  });

  it('gives the points of its curves in long form', () => {
    const lines = [{ name: 'undefended', x: [1, 2], y: [0.5, 0.6], low: [0.4, 0.5], high: [0.6, 0.7] }];
    const curve = { kind: 'curve' as const, title: 'The attack', xLabel: 'epochs', yLabel: 'auc', lines };
    const event = { type: 'evidence' as const, id: 'spread', evidence: curve };
    const spreading = fold(startRun(idleRun, 1, resolveExperiment(tiny, catalog), begun), { type: 'event', run: 1, event }, 0);
    expect(metricRows(spreading).rows).toEqual([
      ['', 'The attack', 'undefended', 1, 0.5, 0.4, 0.6],
      ['', 'The attack', 'undefended', 2, 0.6, 0.5, 0.7],
    ]);
  });
});

describe('a result of the terminal', () => {
  it('runs again, at as many seeds as before unless told otherwise', async () => {
    const two = await run(file('tiny.json', tiny), '--seeds=2', '--out', pathOf('two'));
    expect(numbersOf(await run(pathOf('two/result.json')))).toEqual(numbersOf(two));
    expect(numbersOf(await run(pathOf('two/result.json'), '--seeds=1'))).toEqual(numbersOf(first));
  });

  it('runs again as a spread', async () => {
    const before = await run(file('tiny.json', tiny), '--spread', 'model.hidden=[4],[8]', '--out', pathOf('spread'));
    const again = await run(pathOf('spread/result.json'));
    expect(again.spread).toEqual({ path: 'model.hidden', values: [[4], [8]] });
    expect(numbersOf(again)).toEqual(numbersOf(before));
  });

  it('is refused in one sentence where it holds no experiment, or a chain that nobody typed', async () => {
    await expect(run(file('none.json', { experiment: 3 }))).rejects.toThrow('the experiment is 3; allowed: an object in braces');
    await expect(run(file('chain.json', { chain: { links: [] } }))).rejects.toThrow('has no "given"');
    await expect(run(file('odd.json', { experiment: tiny, spread: { path: 'seed', values: [1, 2] } }))).rejects.toThrow(
      '--spread is "seed=1,2"',
    );
    expect(askedBy([tiny])).toEqual({ given: [tiny] });
  });
});

describe('a chain', () => {
  const small = {
    data: { id: 'blobs', members: 60, nonMembers: 60, population: 100, test: 100 },
    model: { id: 'mlp', hidden: [8] },
  };
  const chain = {
    ...small,
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
    links: [{ attack: { id: 'knockoff', queries: 100, steps: 50 } }, { attack: { id: 'loss-threshold' } }],
    seed: 3,
  };

  it('runs again from what the terminal and the page saved of it', async () => {
    const before = JSON.parse(await here('run', file('small.json', chain), '--threads=1', '--seeds=2', '--json'));
    expect(before.given).toEqual(chain);
    const again = JSON.parse(await here('run', file('saved-chain.json', before), '--threads=1', '--json'));
    expect(again).toEqual({ ...before, seconds: expect.any(Number) });

    const lesson = { id: 'steal', title: 'Steal', axes: [], says: '', hypothesis: '', found: '', story: [], notes: '', chain };
    const engine = { chain: () => 1, stop: () => undefined, subscribe: () => () => undefined };
    const page = createChainStore(engine, [lesson], catalog).getState();
    const news = {
      type: 'chained' as const,
      done: 8,
      total: 8,
      phase: '',
      result: { links: before.links, matrix: before.matrix },
    };
    const saved = chainAsJson({ ...page, status: 'finished', seeds: 6, news }, 'wasm', where);
    expect(saved).toMatchObject({ given: chain, chain: before.chain, backend: 'wasm', seeds: [3, 4] });
    const fromPage = JSON.parse(await here('run', file('page-chain.json', jsonText(saved)), '--threads=1', '--json'));
    expect(fromPage).toEqual({ ...before, seconds: expect.any(Number) });
  });
});
