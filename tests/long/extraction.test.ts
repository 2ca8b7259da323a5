/** The long comparisons of model extraction with PyTorch: `LONG=1 npx vitest run --project unit tests/long/extraction.test.ts`. */
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { numberOf, type ReferenceFigure, runOf, welchBound } from '../lab/experiments.ts';
import { theft } from '../lab/thieves.ts';
import reference from '../reference/extraction.json' with { type: 'json' };
import more from '../reference/extraction-more.json' with { type: 'json' };

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
  expect(Math.abs(mean(own) - figure.mean), name).toBeLessThanOrEqual(welchBound(own, figure) || 0.001); // where neither varies
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

  it('softmax regression is read off exactly, and with each digit less of it, unless many questions are asked', async () => {
    const digits = [6, 4, 3, 2];
    for (const queries of [785, 2000]) {
      const lanesOf = digits.map((decimals) => ({ name: `${decimals}`, defenses: [{ id: 'output-rounding', decimals }] }));
      const experiment = {
        ...theft,
        model: { id: 'softmax' },
        training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 20 },
        attack: { id: 'equation-solving', queries, brightness: 0.1 },
      };
      const own = await fidelitiesOf({ ...experiment, lanes: lanesOf });
      for (const [i, decimals] of digits.entries()) {
        const key = `uniform_x0.1/${queries}/decimals_${decimals}` as keyof typeof more.equation_solving;
        agrees(key, own[i] as number[], (more.equation_solving[key] as unknown as { fidelity: ReferenceFigure }).fidelity);
      }
      const [exact] = await fidelitiesOf({ ...experiment, lanes: [{ name: 'exact', defenses: [] }] });
      expect(exact?.every((fidelity) => fidelity > 0.999)).toBe(true);
    }
  }, 1_800_000);

  it.each([
    ['generator', 25_000],
    ['generator', 100_000],
    ['noise', 25_000],
  ] as const)(
    'without data a copy is as poor as in PyTorch: %s, %d questions',
    async (questions, queries) => {
      const small = { ...theft, data: { ...theft.data, id: 'digits8', population: 0 }, model: { id: 'mlp', hidden: [64] } };
      const attack = { id: 'data-free-extraction', questions, queries };
      const [own] = await fidelitiesOf({ ...small, attack, lanes: [{ name: 'undefended', defenses: [] }] });
      agrees(`${questions}/${queries}`, own as number[], more.data_free_extraction[`${questions}/logits`][`${queries}`].fidelity);
    },
    1_800_000,
  );

  it('moving questions along the Jacobian teaches as little as in PyTorch, and PRADA sees it as soon', async () => {
    const attack = { id: 'jacobian-extraction', queries: 1600, rounds: 4 };
    const [own] = await fidelitiesOf({ ...theft, attack, lanes: [{ name: 'undefended', defenses: [] }] });
    agrees('jacobian/1600', own as number[], more.jacobian_extraction['jacobian/0.1/1600'].fidelity);
    const watched = await runOf({ ...theft, attack, lanes: [{ name: 'PRADA', defenses: [{ id: 'prada' }] }] });
    const notes = watched.events.flatMap((event) => (event.type === 'note' ? [event.text] : []));
    expect(notes).toContain(
      `The attacker’s question ${more.prada['jacobian/0.1']['fires_at/0.95'][0]} was the first to be refused.`,
    );
  }, 1_800_000);
});
