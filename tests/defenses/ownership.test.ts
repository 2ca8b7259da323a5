/** What defenders of a model say of themselves, of copies, and of who copied nothing; and what lies do to a thief. */
import { beforeAll, describe, expect, it } from 'vitest';
import { lieShare } from '../../src/defenses/adaptive-misinformation.ts';
import { byChance } from '../../src/defenses/model-watermark.ts';
import { numberOf, type RunResult, runOf } from '../lab/experiments.ts';

const small = {
  data: { id: 'digits8', members: 300, nonMembers: 0, population: 600, test: 600 },
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'adam', learningRate: 0.003, batchSize: 32, epochs: 40 },
  attack: { id: 'knockoff', queries: 400, steps: 500, copies: 1 },
};

describe('watermark and dataset inference, on one copy', () => {
  let result: RunResult;
  const table = (id: string) => {
    const shown = result.events.findLast((event) => event.type === 'evidence' && event.id === id);
    if (shown?.type !== 'evidence' || shown.evidence.kind !== 'table') throw new Error(`no table ${id}`);
    return shown.evidence.rows;
  };
  beforeAll(async () => {
    const lanes = [{ name: 'owner', defenses: [{ id: 'model-watermark' }, { id: 'dataset-inference', examples: 600 }] }];
    const data = { id: 'mnist', members: 600, nonMembers: 0, population: 1000, test: 600 };
    const attack = { ...small.attack, queries: 1000, steps: 1000 };
    result = await runOf({ ...small, data, attack, lanes, seed: 1 });
    console.log(
      JSON.stringify([table('watermark'), table('dataset inference')]),
      result.events.filter((e) => e.type === 'note'),
    );
  }, 180_000);

  it('the owner’s model knows its secret answers; a copy of answers and a stranger guess', () => {
    const [own, suspect, stranger] = table('watermark').map((line) => Number.parseInt(String(line[1]), 10)) as [
      number,
      number,
      number,
    ];
    expect(own).toBeGreaterThanOrEqual(45);
    for (const other of [suspect, stranger]) expect(byChance(other, 50, 10)).toBeGreaterThan(0.01);
  });

  it('borders lie further from the owner’s training data, also in the copy; in a stranger they do not', () => {
    const [own, suspect, stranger] = table('dataset inference').map((line) => Number(line[3])) as [number, number, number];
    expect(own).toBeLessThan(1e-3);
    expect(suspect).toBeLessThan(0.01);
    expect(stranger).toBeGreaterThan(0.01);
  });
});

it('guessing is as improbable as the binomial says', () => {
  // SciPy: binom.sf(k − 1, 50, 0.1)
  for (const [right, p] of [
    [1, 0.9948462247926799],
    [5, 0.5688015931709377],
    [12, 0.003219921135909919],
  ] as const)
    expect(byChance(right, 50, 10)).toBeCloseTo(p, 10);
  expect(byChance(0, 50, 10)).toBe(1);
});

describe('adaptive misinformation', () => {
  it('lies below its threshold and not above', () => {
    const answer = (sure: number) =>
      ({ kind: 'probabilities', values: Float32Array.of(sure, 1 - sure), count: 1, classes: 2 }) as const;
    expect(lieShare(answer(0.9), 0, 0.7)).toBeLessThan(1e-9);
    expect(lieShare(answer(0.6), 0, 0.7)).toBeGreaterThan(1 - 1e-9);
    expect(lieShare(answer(0.7), 0, 0.7)).toBeCloseTo(0.5, 4);
  });

  it('makes a thief’s copy worse, paired by seed, and costs honest people accuracy', async () => {
    const lanes = [
      { name: 'undefended', defenses: [] },
      { name: 'never', defenses: [{ id: 'adaptive-misinformation', threshold: 0 }] },
      { name: 'misinformed', defenses: [{ id: 'adaptive-misinformation', threshold: 0.8 }] },
      { name: 'bent', defenses: [{ id: 'prediction-poisoning', budget: 1 }] },
    ];
    for (const seed of [1, 2]) {
      const {
        lanes: [plain, never, misinformed, bent],
      } = await runOf({ ...small, lanes, seed });
      console.log(
        [plain, never, misinformed, bent]
          .map((m) => [numberOf(m, 'fidelity'), numberOf(m, 'testAccuracy')].join(' '))
          .join(' | '),
      );
      expect(numberOf(misinformed, 'fidelity')).toBeLessThan(numberOf(plain, 'fidelity') - 0.01);
      expect(numberOf(misinformed, 'testAccuracy')).toBeLessThan(numberOf(plain, 'testAccuracy'));
      expect(numberOf(never, 'fidelity')).toBe(numberOf(plain, 'fidelity')); // below a threshold of 0 nothing lies
      expect(numberOf(bent, 'fidelity')).toBeLessThan(numberOf(plain, 'fidelity'));
      expect(numberOf(bent, 'testAccuracy')).toBe(numberOf(plain, 'testAccuracy')); // the class is kept
    }
  }, 120_000);
});
