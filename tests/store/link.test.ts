/** Links: what is written is read back, and whatever else is read gives an experiment that can run and a sentence. */
import { describe, expect, test } from 'vitest';
import { type Experiment, resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { decodeLink, encodeLink, type Preset, pageOf } from '../../src/store/link.ts';

const preset = scenarios[0] as Preset;
const usual = resolveExperiment(preset.experiment, catalog);
const open = (link: string) => decodeLink(link, scenarios, catalog);
const write = (experiment: Experiment) => encodeLink(preset, experiment, catalog);

const others: Record<string, object> = {
  'another seed': { ...usual, seed: 3 },
  'another attack with its own options': { ...usual, attack: { id: 'lira', mode: 'offline', shadowModels: 16 } },
  'an attack at its initial options': { ...usual, attack: { id: 'loss-threshold' } },
  'another dataset': { ...usual, data: { id: 'blobs', members: 200, nonMembers: 200, population: 400, test: 200, classes: 4 } },
  'wider layers': { ...usual, model: { id: 'mlp', hidden: [128, 32] } },
  'no hidden layer': { ...usual, model: { id: 'softmax' } },
  'a single lane': { ...usual, lanes: [{ name: 'alone', defenses: [] }] },
  'an undefended second lane': { ...usual, lanes: [usual.lanes[0], { name: 'b', defenses: [] }] },
  'two defenses in one lane, and a third lane': {
    ...usual,
    lanes: [
      usual.lanes[0],
      { name: 'both & more = 100 %', defenses: [{ id: 'dropout' }, { id: 'top-k', k: 3 }] },
      { name: 'third', defenses: [{ id: 'dp-sgd', noiseMultiplier: 2.5 }] },
    ],
  },
};

describe('a link', () => {
  test('of the scenario as it was written holds nothing else', () => {
    expect(write(usual)).toBe(`#/run?v=1&scenario=${preset.id}`);
    expect(open(write(usual))).toEqual({ preset: preset.id, experiment: usual, notices: [] });
  });

  test.each(Object.entries(others))('gives back %s', (_, given) => {
    const experiment = resolveExperiment(given, catalog);
    const link = write(experiment);
    expect(open(link)).toEqual({ preset: preset.id, experiment, notices: [] });
    expect(link.length).toBeLessThan(400);
  });

  test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    'gives back %s, another seed, and it without defenses',
    (id, own) => {
      const given = resolveExperiment(own.experiment, catalog);
      const bare = { ...given, seed: 7, lanes: [{ name: 'alone', defenses: [] }] };
      for (const experiment of [given, bare])
        expect(open(encodeLink(own, experiment, catalog))).toEqual({ preset: id, experiment, notices: [] });
    },
  );

  test('gives back protected data with other options, and from a scenario of protected data an attack on a model', () => {
    const hospital = scenarios.find(({ id }) => id === 'hospital-columns') as Preset;
    const own = hospital.experiment as object;
    const protection = { id: 'column-encryption', ciphertexts: 50, keepsOrder: false };
    const smooth = resolveExperiment({ ...own, protection }, catalog);
    expect(encodeLink(hospital, smooth, catalog)).toContain('protection.ciphertexts=50');
    for (const [from, experiment] of [
      [hospital, smooth],
      [preset, smooth],
      [hospital, usual],
    ] as const) {
      expect(open(encodeLink(from, experiment, catalog))).toEqual({ preset: from.id, experiment, notices: [] });
    }
  });

  test('gives back text: another corpus, a model that learns its language itself, and a defense with options', () => {
    const experiment = resolveExperiment(
      {
        data: { id: 'mail', documents: 120, planted: 3 },
        model: { id: 'transformer', width: 32, heads: '2', weights: 'trained here' },
        attack: { id: 'prefix-extraction', adaptive: true },
        lanes: [
          { name: 'a', defenses: [] },
          { name: 'b', defenses: [{ id: 'output-filter', passage: 20 }] },
        ],
      },
      catalog,
    );
    expect(open(write(experiment))).toEqual({ preset: preset.id, experiment, notices: [] });
  });

  test('is readable: only differences, under the names that a person would type', () => {
    const experiment = resolveExperiment({ ...usual, seed: 3, model: { id: 'mlp', hidden: [32, 16] } }, catalog);
    expect(write(experiment)).toBe(`#/run?v=1&scenario=${preset.id}&seed=3&model.hidden=32,16`);
  });

  test.each(['', '#', '#/', '#/run', '#/run?'])('%j opens the default scenario without a word', (link) => {
    expect(open(link)).toEqual({ preset: preset.id, experiment: usual, notices: [] });
  });
});

describe('a link that is not quite right is mended, with one sentence each', () => {
  test.each([
    ['#/run?seed=1e99', { seed: 4294967295 }],
    ['#/run?seed=-4', { seed: 0 }],
    ['#/run?seed=2.6', { seed: 3 }],
    ['#/run?training.epochs=100000', { training: { ...usual.training, epochs: 500 } }],
    ['#/run?lanes.1.dp-sgd.noiseMultiplier=-1', {}],
    ['#/run?attack.nonsense=1', usual],
    ['#/run?__proto__.polluted=1&constructor.prototype.polluted=1', usual],
    ['#/run?data.__proto__=1&lanes.__proto__.name=x&data.constructor=2', usual],
    ['#/run?onload=alert(1)&<img src=x onerror=alert(1)>=1', usual],
  ])('%s', (link, expected) => {
    const { experiment, notices } = open(link);
    expect(resolveExperiment(experiment, catalog)).toEqual(experiment);
    expect(experiment).toMatchObject(expected);
    expect(notices).toHaveLength(1);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a link that cannot be used opens the default scenario and says what was found', () => {
  test.each([
    ['#/nowhere', 'unknown page "/nowhere"'],
    ['#<script>alert(1)</script>', 'unknown page'],
    ['#/run?v=2', 'version "2"'],
    ['#/run?scenario=mars', 'unknown scenario "mars"'],
    ['#/run?scenario=__proto__', 'unknown scenario "__proto__"'],
    ['#/run?attack.id=lyra', 'unknown attack "lyra"; known: '],
    ['#/run?attack.id=constructor', 'unknown attack "constructor"'],
    ['#/run?data.id=', 'unknown dataset ""'],
    ['#/run?model.id=gpt', 'unknown model "gpt"'],
    ['#/run?model.hidden=a,b', 'model.hidden is "a,b"; allowed: a list'],
    ['#/run?model.hidden=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20', 'allowed: a list of 1 to'],
    ['#/run?seed=one', 'seed is "one"; allowed: a whole number'],
    ['#/run?seed=', 'seed is ""'],
    ['#/run?seed=NaN', 'seed is "NaN"'],
    ['#/run?training.optimizer=sgdd', 'training.optimizer is "sgdd"; allowed: sgd'],
    ['#/run?data.members=Infinity', 'data.members is "Infinity"'],
    ['#/run?data.members=20000', 'at most 10000 are allowed'],
    ['#/run?lanes=two', 'lanes is "two"'],
    ['#/run?lanes.1.defenses=dp-sgd,dp-sgd', 'dp-sgd is listed twice'],
    ['#/run?lanes.1.defenses=shield', 'unknown defense "shield"'],
    ['#/run?lanes.0.name=same&lanes.1.name=same', 'the name "same" twice'],
    [`#/run?lanes.0.name=${'x'.repeat(41)}`, 'allowed: 1 to 40 characters'],
    ['#/run?data.id=blobs&model.id=cnn', 'cannot learn blobs'],
    [`#/run?${'a=1&'.repeat(5000)}`, 'at most 8000 are read'],
    ['#/run?seed=%E0%A4%A', 'seed is'],
  ])('%s', (link, sentence) => {
    const { experiment, notices, preset: shown } = open(link);
    expect(experiment).toEqual(usual);
    expect(shown).toBe(preset.id);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('the default scenario is shown');
    expect(notices[0]).toContain(sentence);
  });
});

test.each([
  ['#/bench', 'bench'],
  ['#/bench?v=1', 'bench'],
  ['#/benches', 'lab'],
  ['#/run?v=1&scenario=bench', 'lab'],
  ['', 'lab'],
])('%s leads to the page %s', (hash, page) => {
  expect(pageOf(hash)).toBe(page);
});
