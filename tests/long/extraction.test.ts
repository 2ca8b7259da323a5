/** The long comparisons of model extraction with PyTorch: `LONG=1 npx vitest run --project unit tests/long/extraction.test.ts`. */
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { numberOf, type ReferenceFigure, runOf, welchBound } from '../lab/experiments.ts';
import { theft } from '../lab/thieves.ts';
import reference from '../reference/extraction.json' with { type: 'json' };

const seeds = [1, 2, 3, 4, 5];
const rounded = { name: 'rounded1', defenses: [{ id: 'output-rounding', decimals: 1 }] };
const lanes = [{ name: 'probs', defenses: [] }, { name: 'top1', defenses: [{ id: 'labels-only' }] }, rounded];

/** Fidelities of an attack at every seed, `[lane][seed]`. */
async function fidelitiesOf(experiment: object): Promise<number[][]> {
  const found: number[][] = [];
  for (const seed of seeds) {
    const result = await runOf({ ...experiment, seed });
    for (const [lane, metrics] of result.lanes.entries()) {
      found[lane] = [...(found[lane] ?? []), numberOf(metrics, 'fidelity')];
    }
  }
  return found;
}

function agrees(name: string, own: readonly number[], figure: ReferenceFigure) {
  console.log(name, own.join(' '), 'mean', mean(own).toFixed(4), 'PyTorch', figure.mean, '±', figure.sd);
  expect(Math.abs(mean(own) - figure.mean), name).toBeLessThan(welchBound(own, figure));
}

describe.skipIf(!process.env.LONG)('extraction at length', () => {
  it.each([
    ['heldout_mnist', 'population', 200],
    ['heldout_mnist', 'population', 4000],
    ['uniform_noise', 'uniform-noise', 4000],
    ['rot90_inverted_mnist', 'rotated-inverted', 4000],
    ['pixel_shuffled_mnist', 'pixel-shuffled', 200],
    ['pixel_shuffled_mnist', 'pixel-shuffled', 4000],
  ])(
    '%s: the copies are as faithful as PyTorch’s, whatever is answered',
    async (name, pool, queries) => {
      const own = await fidelitiesOf({ ...theft, attack: { id: 'knockoff', pool, queries, copies: 1 }, lanes });
      for (const [lane, { name: kind }] of lanes.entries()) {
        const key = `${name}|${kind}|${queries}` as keyof typeof reference.runs;
        agrees(key, own[lane] as number[], reference.runs[key].fidelity);
      }
    },
    1_800_000,
  );

  it('softmax regression is read off exactly, and with each digit less of it', async () => {
    const digits = [6, 4, 2];
    const own = await fidelitiesOf({
      ...theft,
      model: { id: 'softmax' },
      training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 20 },
      attack: { id: 'equation-solving', queries: 785, brightness: 0.1 },
      lanes: [
        { name: 'exact', defenses: [] },
        ...digits.map((decimals) => ({ name: `${decimals}`, defenses: [{ id: 'output-rounding', decimals }] })),
      ],
    });
    expect(own[0]?.every((fidelity) => fidelity > 0.999)).toBe(true);
    const rows = reference.equation_solving.rows.filter((row) => row.query === 'uniform_noise_x0.1');
    for (const [i, decimals] of digits.entries()) {
      const figure = rows.find((row) => row.precision === `dec${decimals}`)?.fidelity as ReferenceFigure;
      agrees(`decimals ${decimals}`, own[i + 1] as number[], figure);
    }
  }, 1_800_000);
});
