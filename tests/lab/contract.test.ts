/** The contract suite: every attack and every defense finishes, repeats, leaks nothing, clones, stops, and needs no React. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { type Attack, dataOf, defineAttack, type Family } from '../../src/core/attack.ts';
import { metricNames, progress } from '../../src/core/event.ts';
import { misplaced } from '../../src/core/experiment.ts';
import { initialValues, type Param } from '../../src/core/params.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { breachesOf } from './contract.ts';
import { smallExperiment, smallOf } from './experiments.ts';

vi.mock('react', () => {
  throw new Error('React was imported below the page');
});

/** As little work as shows everything, so that a whole suite takes seconds. */
const little: Readonly<Record<string, number>> = {
  ...{ shadowModels: 4, queries: 60, steps: 50, samples: 8, epochs: 2, rate: 0.05 },
  ...{ texts: 10, suffix: 4, prompts: 1, candidates: 4, shots: 1, copies: 2, erased: 2 }, // of text
};
const quick = (attack: (typeof catalog.attacks)[number]) => ({
  id: attack.id,
  ...initialValues(attack.params),
  ...Object.fromEntries(
    Object.entries(dataOf[attack.family] === 'examples' ? little : { ...little, steps: 2 }).filter(([key, value]) =>
      isAllowed(attack.params[key], value),
    ),
  ),
});
/** An option of that name may count something else: nine of LiRA's queries are many. */
const isAllowed = (param: Param | undefined, value: number) =>
  param?.kind === 'range' && value >= param.min && value <= param.max;

/** The model of an attack that knows only one. */
const modelOf: Readonly<Record<string, object>> = { 'equation-solving': { model: { id: 'softmax' } } };
const small = (attack: (typeof catalog.attacks)[number]) => ({
  ...smallOf[attack.family],
  ...modelOf[attack.id],
  attack: quick(attack),
});

describe.each(catalog.attacks.map((attack) => [attack.id, attack] as const))('attack %s', (_id, attack) => {
  it('keeps the contract', async () => {
    expect(await breachesOf(small(attack))).toEqual([]);
  });

  it('says where it comes from, what it needs and what it measures', () => {
    expect(attack.paper).toMatchObject({ title: expect.any(String), authors: expect.any(String), year: expect.any(Number) });
    expect(attack.says.length).toBeGreaterThan(40);
    expect(metricNames).toEqual(expect.arrayContaining([...attack.metrics]));
    expect(JSON.parse(JSON.stringify(attack)).params).toEqual(attack.params); // the declaration is plain values
  });
});

/** On text a run is mostly the asking, so that three defenses stand side by side in one. */
const ofText = catalog.defenses.filter(({ against }) => against.every((family) => dataOf[family] !== 'examples'));
const families = [...new Set(ofText.map(({ against }) => against[0] as Family))];

describe.each(families)('defenses against %s', (family) => {
  const own = ofText.filter(({ against }) => against[0] === family);
  it.each(
    own
      .flatMap((_, i) => (i % 3 === 0 ? [own.slice(i, i + 3)] : []))
      .map((three) => [three.map(({ id }) => id).join(', '), three]),
  )('keep the contract: %s', async (_ids, three) => {
    const attack = catalog.attacks.find((one) => one.family === family) as Attack;
    const lanes = (three as typeof own).map(({ id, params }) => ({
      name: id,
      defenses: [{ id, ...Object.fromEntries(Object.entries(little).filter(([key, value]) => isAllowed(params[key], value))) }],
    }));
    expect(await breachesOf({ ...small(attack), lanes })).toEqual([]);
  });
});

describe.each(catalog.defenses.map((defense) => [defense.id, defense] as const))('defense %s', (id, defense) => {
  it.skipIf(ofText.includes(defense))('keeps the contract', async () => {
    const lanes = [
      { name: 'undefended', defenses: [] },
      { name: 'defended', defenses: [{ id, ...('steps' in defense.params && { steps: little.steps }) }] },
    ];
    const family = defense.against[0] as Family;
    const attack = catalog.attacks.find((one) => one.family === family && !misplaced(defense, one)) as Attack;
    expect(await breachesOf({ ...small(attack), lanes })).toEqual([]);
  });

  it('says where it comes from and what it costs', () => {
    expect(defense.paper).toMatchObject({ title: expect.any(String), authors: expect.any(String), year: expect.any(Number) });
    expect(defense.says.length).toBeGreaterThan(40);
    expect(Object.entries(defense).some(([key, deed]) => /^on[A-Z]|^partitions$/.test(key) && typeof deed === 'function')).toBe(
      true,
    );
  });
});

describe.each(['softmax', 'mlp', 'cnn'])('model %s', (id) => {
  it('keeps the contract', async () => {
    const training = { ...smallExperiment.training, epochs: 2 };
    expect(await breachesOf({ ...smallExperiment, model: { id }, training })).toEqual([]);
  });
});

describe.each([
  ['blobs', { id: 'blobs', classes: 3, spread: 1 }],
  ['purchases', { id: 'purchases', classes: 20, products: 60 }],
])('dataset %s', (_id, data) => {
  it('keeps the contract', async () => {
    const small = { members: 100, nonMembers: 100, population: 100, test: 100 };
    expect(await breachesOf({ ...smallExperiment, data: { ...data, ...small } })).toEqual([]);
  });
});

describe('the contract suite itself', () => {
  const kept: tf.Tensor[] = [];
  const base = {
    title: 'Broken on purpose',
    axis: 'model-to-data',
    family: 'membership inference',
    says: 'An attack that breaks one promise, so that the suite can be seen to notice.',
    paper: { title: 'none', authors: 'none', venue: 'none', year: 2026 },
    access: 'labels',
    knows: ['candidates'],
    params: {},
    metrics: ['auc'],
  } as const;
  const scores = (count: number, score: (i: number) => number) => ({
    kind: 'membership' as const,
    scores: Float64Array.from({ length: count }, (_, i) => score(i)),
  });

  const broken = {
    leaks: defineAttack({
      ...base,
      id: 'leaks',
      async *run(_target, _options, { candidates }) {
        kept.push(tf.zeros([1]));
        yield progress('leaking', 0, 1);
        return scores(candidates.count, (i) => i);
      },
    }),
    'does not repeat by seed': defineAttack({
      ...base,
      id: 'forgets-its-seed',
      async *run(_target, _options, { candidates }) {
        yield progress('forgetting', 0, 1);
        return scores(candidates.count, () => Math.random());
      },
    }),
    'does not stop within a second': defineAttack({
      ...base,
      id: 'does-not-stop',
      async *run(_target, _options, { candidates }) {
        yield progress('dawdling', 0, 1);
        const until = performance.now() + 1200;
        while (performance.now() < until);
        return scores(candidates.count, (i) => i);
      },
    }),
    'does not survive structuredClone': defineAttack({
      ...base,
      id: 'yields-a-function',
      async *run(_target, _options, { candidates }) {
        yield { ...progress('smuggling', 0, 1), smuggled: () => 1 };
        return scores(candidates.count, (i) => i);
      },
    }),
    'does not finish': defineAttack({
      ...base,
      id: 'throws',
      // biome-ignore lint/correctness/useYield: it is broken on purpose
      async *run() {
        throw new Error('on purpose');
      },
    }),
  };

  it.each(Object.entries(broken))('notices an attack that %s (broken on purpose)', async (breach, attack) => {
    const breaches = await breachesOf({ ...smallExperiment, attack: { id: attack.id } }, [attack]);
    expect(breaches.join('; ')).toContain(breach);
    tf.dispose(kept);
  });
});
