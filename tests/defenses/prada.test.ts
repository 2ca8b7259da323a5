/** PRADA as its paper has it: honest questions, whoever asks them, raise no alarm; made ones do, and from then on nothing is answered. */
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import type { Probabilities } from '../../src/core/access.ts';
import { withClasses } from '../../src/core/dataset.ts';
import type { Guard } from '../../src/core/defense.ts';
import { find, resolveExperiment } from '../../src/core/experiment.ts';
import { randomOf } from '../../src/core/random.ts';
import { defenses } from '../../src/defenses/index.ts';
import { bell, suspicion } from '../../src/defenses/prada.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { type Split, splitData } from '../../src/lab/data.ts';
import { serviceOf } from './service.ts';

let split: Split;
beforeAll(async () => {
  const experiment = resolveExperiment(
    { data: { id: 'digits8', members: 10, nonMembers: 10, population: 2000, test: 10 } },
    catalog,
  );
  split = await splitData(
    withClasses(find(catalog.datasets, 'dataset', 'digits8')),
    experiment.data,
    (await nodeHost('wasm')).read,
    randomOf(1),
  );
});

/** The number of the question at which it first fires, or 0. */
function firesAt(questions: readonly Float32Array[], labels: readonly number[], delta = 0.95): number {
  const suspicious = suspicion(delta, 100);
  return questions.findIndex((question, i) => suspicious(question, labels[i] as number)) + 1;
}

const row = (i: number) => split.population.inputs.slice(i * 64, (i + 1) * 64);
const honest = (from: number, many: number) => Array.from({ length: many }, (_, i) => row(from + i));
const labelsFrom = (from: number, many: number) => [...split.population.labels.slice(from, from + many)];

describe('PRADA', () => {
  it('lets 500 questions of an honest person pass, four such people', () => {
    for (const from of [0, 500, 1000, 1500]) expect(firesAt(honest(from, 500), labelsFrom(from, 500))).toBe(0);
  });

  it('fires when questions are moved copies of others', () => {
    const random = randomOf('moved');
    const moved = honest(0, 100).map((digit) =>
      digit.map((value) => Math.max(0, Math.min(1, value + 0.1 * (random.uniform() < 0.5 ? -1 : 1)))),
    );
    const again = moved.map((digit) =>
      digit.map((value) => Math.max(0, Math.min(1, value + 0.1 * (random.uniform() < 0.5 ? -1 : 1)))),
    );
    const labels = labelsFrom(0, 100);
    const fired = firesAt([...honest(0, 100), ...moved, ...again], [...labels, ...labels, ...labels]);
    expect(fired).toBeGreaterThan(100);
    expect(fired).toBeLessThan(250);
  });

  it('needs more than a hundred distances before it says anything', () => {
    const same = Array.from({ length: 100 }, () => new Float32Array(64));
    expect(firesAt(same, new Array<number>(100).fill(0))).toBe(0);
  });

  it('looks at each client alone, and refuses all that comes after', async () => {
    const guard = (await find(defenses, 'defense', 'prada').onQuery?.({ delta: 1, least: 20 }, serviceOf('prada', 10))) as Guard;
    const asked = (many: number): Probabilities => ({
      kind: 'probabilities',
      values: new Float32Array(many * 10).fill(0.1),
      count: many,
      classes: 10,
    });
    const suspect = guard();
    const first = (await suspect(asked(60), split.population.inputs.slice(0, 60 * 64))) as Probabilities;
    // The first question has no distance, so the 21st distance is that of question 22, and no sample has a W of 1.
    expect(first.refused?.indexOf(1)).toBe(21);
    expect(first.refused?.slice(21).every((one) => one === 1)).toBe(true);
    expect([...first.values.slice(20 * 10, 22 * 10)].map((p) => Number(p.toFixed(3)))).toEqual([
      ...Array(10).fill(0.1),
      ...Array(10).fill(0),
    ]);
    const second = (await suspect(asked(5), split.population.inputs.slice(0, 5 * 64))) as Probabilities;
    expect([...(second.refused ?? [])]).toEqual([1, 1, 1, 1, 1]);
    const somebodyElse = (await guard()(asked(5), split.population.inputs.slice(0, 5 * 64))) as Probabilities;
    expect([...(somebodyElse.refused ?? [])]).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not count distances that lie very far out', () => {
    const random = randomOf('bell');
    const distances = Array.from({ length: 200 }, () => 5 + random.normal());
    expect(bell([...distances, 100])).toBeCloseTo(bell(distances), 2);
    expect(bell(distances)).toBeGreaterThan(0.97);
  });
});

describe('a query limit', () => {
  it('answers so many questions of each client and no more', async () => {
    const guard = (await find(defenses, 'defense', 'query-limit').onQuery?.({ limit: 5 }, serviceOf('query-limit', 2))) as Guard;
    const client = guard();
    const three: Probabilities = {
      kind: 'probabilities',
      values: Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.5, 0.5),
      count: 3,
      classes: 2,
    };
    const refused = async () => [...(((await client(three, new Float32Array(3))) as Probabilities).refused ?? [])];
    expect(await refused()).toEqual([0, 0, 0]);
    expect(await refused()).toEqual([0, 0, 1]);
    expect(await refused()).toEqual([1, 1, 1]);
    expect([...(((await guard()(three, new Float32Array(3))) as Probabilities).refused ?? [])]).toEqual([0, 0, 0]);
  });
});
