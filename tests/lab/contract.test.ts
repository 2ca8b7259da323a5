/** The contract suite: every attack and every defense finishes, repeats, leaks nothing, clones, stops, and needs no React. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { dataOf } from '../../src/core/access.ts';
import { defineAttack } from '../../src/core/attack.ts';
import { progress } from '../../src/core/event.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { breachesOf } from './contract.ts';
import { smallExperiment } from './experiments.ts';
import { little, type Place, placeFor, small } from './small.ts';

vi.mock('react', () => {
  throw new Error('React was imported below the page');
});

const attacks = catalog.attacks.filter(({ access }) => dataOf[access] === 'examples');
const defenses = catalog.defenses.filter(({ against }) =>
  against.some((family) => attacks.some((attack) => attack.family === family)),
);

describe.each(attacks.map((attack) => [attack.id, attack] as const))('attack %s', (_id, attack) => {
  it('keeps the contract', async () => {
    expect(await breachesOf(small(attack))).toEqual([]);
  });
});

/** Each beside an attack that it is against, and up to three of them beside one another, which takes half as long. */
const placeOf = (defense: (typeof defenses)[number]) =>
  placeFor(
    attacks.filter(({ family }) => family === defense.against[0]),
    [defense],
  ) as Place;
const nameOf = ({ attack, protection }: Place) => (protection ? `${attack.id} on ${protection.id}` : attack.id);
const places = new Map(defenses.map((defense) => [nameOf(placeOf(defense)), placeOf(defense)]));
describe.each([...places])('against %s', (name, { attack, protection }) => {
  const own = defenses.filter((defense) => nameOf(placeOf(defense)) === name);
  const threes = own.flatMap((_, i) => (i % 3 === 0 ? [own.slice(i, i + 3)] : []));
  it.each(threes.map((three) => [three.map(({ id }) => id).join(', '), three] as const))(
    'defenses keep the contract: %s',
    async (_ids, three) => {
      const lanes = three.map(({ id, params }) => ({
        name: id,
        defenses: [{ id, ...('steps' in params && { steps: little.steps }) }],
      }));
      const open = { name: 'undefended', defenses: [] };
      expect(await breachesOf({ ...small(attack), ...(protection && { protection }), lanes: [open, ...lanes] })).toEqual([]);
    },
  );
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
    brings: 'membership',
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
