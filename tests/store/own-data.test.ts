/** Bringing data of one's own, against an engine that only remembers what it was told. */
import { describe, expect, test } from 'vitest';
import type { OwnSummary } from '../../src/data-files/summary.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Engine, EngineMessage } from '../../src/lab/messages.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { createLabStore } from '../../src/store/lab-store.ts';
import { decodeLink } from '../../src/store/link.ts';

const table: OwnSummary = {
  shape: [4],
  classNames: ['ant', 'bee', 'cow'],
  count: 150,
  from: 'kinds.csv: 150 rows of 4 features with labels of 3 classes',
  notes: [],
  first: { kind: 'table', columns: ['a', 'b', 'c', 'd'], rows: [] },
};
const files = ['kinds.csv', 'more.csv'].map((name) => ({ name, content: new Blob(['a,b']) }));

function setUp() {
  const told: string[] = [];
  let listener: (message: EngineMessage) => void = () => undefined;
  let readings = 0;
  const tell = (what: string) => () => told.push(what);
  const engine: Engine = {
    run: tell('run'),
    spread: tell('spread'),
    bench: tell('bench'),
    answers: tell('answers'),
    chain: tell('chain'),
    pause: tell('pause'),
    resume: tell('resume'),
    step: tell('step'),
    stop: tell('stop'),
    read: (given) => {
      told.push(`read ${given.map(({ name }) => name)}`);
      return ++readings;
    },
    use: (reading) => told.push(`use ${reading}`),
    forget: tell('forget'),
    takeWeights: tell('takeWeights'),
    saveWeights: async () => undefined,
    subscribe: (next) => {
      listener = next;
      return () => undefined;
    },
  };
  const store = createLabStore({ engine, catalog, presets: scenarios, now: () => 0 });
  const answer = (reading: number, summary = table) => listener({ type: 'own-data', reading, summary });
  return { store, told, answer, say: (message: EngineMessage) => listener(message), state: () => store.getState() };
}

/** With the table in use. */
function using(summary = table) {
  const parts = setUp();
  parts.state().bring(files);
  parts.answer(1, summary);
  parts.state().useOwn();
  return parts;
}

describe('own data', () => {
  test('is read when it is brought, and shown before anything else changes', () => {
    const { state, told, answer } = setUp();
    const before = state().experiment;
    state().bring(files);
    expect(told).toEqual(['read kinds.csv,more.csv']);
    expect(state().own).toEqual({ status: 'reading', reading: 1, first: 'kinds.csv', files: 2 });
    answer(1);
    expect(state().own).toEqual({ status: 'offered', reading: 1, summary: table, refusal: null });
    expect(state().experiment).toBe(before);
    expect(state().catalog).toBe(catalog);
  });

  test('joins the catalog once it is taken, and the experiment is on it, divided by shares', () => {
    const { state, told } = using();
    expect(told).toEqual(['read kinds.csv,more.csv', 'use 1']);
    expect(state().own).toEqual({ status: 'none' });
    expect(state().catalog.datasets.map(({ id }) => id)).toEqual([...catalog.datasets.map(({ id }) => id), 'own']);
    const { data, model, attack } = state().experiment;
    expect(data).toEqual({ id: 'own', members: 45, nonMembers: 45, population: 30, test: 30, labelNoise: 0 });
    expect([model.id, attack.id]).toEqual(['mlp', 'lira']);
    state().edit((experiment) => ({ ...experiment, data: { ...experiment.data, test: 20 } })); // like any other
    expect(state().refusal).toBeNull();
  });

  test('keeps a model that can learn it, and is learned by a multilayer perceptron otherwise', () => {
    const { state, answer } = setUp();
    state().edit((experiment) => ({ ...experiment, model: { id: 'cnn' } }));
    state().bring(files);
    answer(1, { ...table, shape: [16, 16, 3] });
    state().useOwn();
    expect(state().experiment.model.id).toBe('cnn');
    state().bring(files);
    answer(2);
    state().useOwn();
    expect(state().experiment.model.id).toBe('mlp');
    expect(state().experiment.data.id).toBe('own');
    expect(state().catalog.datasets.filter(({ id }) => id === 'own')).toHaveLength(1);
  });

  test('that cannot be used as things are stays offered, with the reason', () => {
    const { state, told, answer } = setUp();
    state().edit((experiment) => ({ ...experiment, attack: { id: 'shadow-classifier' } })); // learns from a population
    const before = state().experiment;
    state().bring(files);
    answer(1);
    state().useOwn();
    expect(state().own).toMatchObject({ status: 'offered', refusal: expect.stringContaining('data.population is 30') });
    expect(state().experiment).toBe(before);
    expect(state().catalog).toBe(catalog);
    expect(told).not.toContain('use 1');
    state().edit((experiment) => ({ ...experiment, attack: { id: 'loss-threshold' } }));
    state().useOwn();
    expect(state().experiment.data.id).toBe('own');
  });

  test('that is refused leaves a sentence and changes nothing', () => {
    const { state, say } = setUp();
    const before = state().experiment;
    state().bring(files);
    say({ type: 'own-data-refused', reading: 1, why: 'x.csv is empty; data is expected' });
    expect(state().own).toEqual({ status: 'refused', why: 'x.csv is empty; data is expected' });
    expect(state().experiment).toBe(before);
    state().useOwn(); // nothing is offered
    expect(state().experiment).toBe(before);
  });

  test('is forgotten when reading is given up, and what is still said of it is dropped', () => {
    const { state, told, answer } = setUp();
    state().bring(files);
    state().forgetOwn();
    answer(1);
    expect(state().own).toEqual({ status: 'none' });
    expect(told).toEqual(['read kinds.csv,more.csv', 'forget']);
    state().bring(files);
    answer(1); // of the reading before
    expect(state().own).toMatchObject({ status: 'reading', reading: 2 });
  });

  test('that replaces what is running ends the run, and an engine that reads it again offers nothing', () => {
    const { state, told, answer } = using();
    state().start();
    answer(1);
    expect(state().own).toEqual({ status: 'none' });
    state().bring(files);
    answer(2);
    state().useOwn();
    expect(told.slice(-3)).toEqual(['read kinds.csv,more.csv', 'stop', 'use 2']);
  });

  test('stays in the catalog when a scenario is chosen', () => {
    const { state } = using();
    state().reset();
    expect(state().experiment.data.id).toBe('mnist');
    expect(state().catalog.datasets.at(-1)?.id).toBe('own');
  });
});

describe('a link', () => {
  test('leaves own data out, so that it opens the scenario’s', () => {
    const { state } = using();
    state().edit((experiment) => ({ ...experiment, seed: 5 }));
    expect(state().link()).toBe('#/run?v=1&scenario=membership&seed=5');
    state().open(state().link());
    expect(state().notices).toEqual([]);
    expect(state().experiment).toMatchObject({ seed: 5, data: { id: 'mnist' } });
  });

  test('that names own data opens the default scenario, with one sentence, whatever there is', () => {
    const { notices, experiment } = decodeLink(
      '#/run?v=1&seed=5&data.id=own&data.members=20',
      scenarios,
      using().state().catalog,
    );
    expect(notices).toEqual([
      'This link could not be used, so the default scenario is shown: it is about data that somebody brought, which no link can hold.',
    ]);
    expect(experiment).toMatchObject({ seed: 1, data: { id: 'mnist' } });
  });
});
