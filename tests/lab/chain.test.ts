/** Chains of two attacks: what the first brings home helps the second, noise in its place does not, a defense at the first is felt later. */
import { describe, expect, it } from 'vitest';
import type { ChainLesson } from '../../src/chains/chain.ts';
import { chains } from '../../src/chains/index.ts';
import { nodeHost } from '../../src/cli/host.ts';
import { type Chain, resolveChain } from '../../src/core/chain.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { runChain } from '../../src/lab/chain.ts';
import { type ChainResult, chainTally } from '../../src/lab/chain-result.ts';

const given = (id: string, more: object = {}): Chain =>
  resolveChain({ ...chains.find((lesson) => lesson.id === id)?.chain, ...more }, catalog);

async function resultOf(chain: Chain, seeds: readonly number[]): Promise<ChainResult> {
  const host = { ...(await nodeHost('wasm')), catalog };
  const tally = chainTally(chain, seeds);
  for await (const event of runChain(chain, seeds, host)) tally.add(event);
  return tally.result();
}
const measured = ({ links }: ChainResult, link: number, name: string): number => {
  const run = links[link]?.runs.find((one) => one.name === name);
  const measure = links[link]?.measure;
  return (measure && run?.metrics[measure]?.value) ?? Number.NaN;
};

describe('poison, then infer', () => {
  it('finds more members than inference alone, and no more with noise; DP-SGD at the first arrow undoes the second', async () => {
    const found = await resultOf(given('poison-then-infer'), [1, 2, 3]);
    // Over six seeds .13 ± .08, −.02 ± .08 and −.33 ± .11; a mean of three lies within twice that.
    const [, second] = found.links;
    expect(second?.gain?.value).toBeGreaterThan(0.05);
    expect(Math.abs(second?.gainOfNoise?.value as number)).toBeLessThan(0.09);
    expect(second?.gain?.value as number).toBeGreaterThan((second?.gainOfNoise?.value as number) + 0.05);
    expect(found.matrix[0]?.changes[1]?.value).toBeLessThan(-0.2);
    expect(measured(found, 1, 'DP-SGD')).toBeLessThan(0.65);
  });
});

describe('a backdoor through theft', () => {
  const seeds = [1];
  const { links } = (chains.find(({ id }) => id === 'backdoor-through-theft') as ChainLesson).chain as { links: object[] };
  const [first, second] = links;

  it('is copied where the questions show it, and loses what the owner’s defense removes', async () => {
    const found = await resultOf(given('backdoor-through-theft', { defenses: [{ at: 0, id: 'fine-pruning' }] }), seeds);
    // Over six seeds .94 ± .02, .008 ± .004 and .010 ± .004; fine-pruning −.18 ± .07 at either arrow.
    expect(measured(found, 1, 'in sequence')).toBeGreaterThan(0.85);
    expect(measured(found, 1, 'alone')).toBeLessThan(0.03);
    expect(measured(found, 1, 'noise')).toBeLessThan(0.03);
    const changes = found.matrix.flatMap((row) => row.changes.map((change) => change?.value as number));
    const [atFirst, atSecond] = changes as [number, number];
    expect(atSecond).toBeLessThan(-0.03);
    expect(Math.abs(atSecond - atFirst)).toBeLessThan(0.05);
  });

  it('is not copied where nobody asks about it', async () => {
    const clean = [first, { ...second, takes: 'training set' }];
    const found = await resultOf(given('backdoor-through-theft', { links: clean, defenses: [] }), seeds);
    expect(measured(found, 0, 'in sequence')).toBeGreaterThan(0.85);
    expect(measured(found, 1, 'in sequence')).toBeLessThan(0.04); // .013 ± .009
  });
});

describe('steal, then invert', () => {
  it('sees as much in the copy as in the model, nothing in a network that knows nothing, and less where only labels were answered', async () => {
    const found = await resultOf(given('steal-then-invert', { defenses: [{ at: 0, id: 'labels-only' }] }), [1, 2]);
    // Over six seeds +.009 ± .007, −.374 ± .007 and −.033 ± .005.
    expect(Math.abs(found.links[1]?.gain?.value as number)).toBeLessThan(0.03);
    expect(measured(found, 1, 'noise')).toBeLessThan(0.05);
    expect(found.matrix[0]?.changes[1]?.value).toBeLessThan(-0.01);
  });
});

describe('extract, then poison', () => {
  it('works with a face that a model gave away, and with noise or nothing not at all', async () => {
    const found = await resultOf(given('extract-then-poison', { defenses: [] }), [1, 2]);
    // Over six seeds .56 ± .36, and 0 at each of them.
    expect(measured(found, 1, 'in sequence')).toBeGreaterThan(0.15);
    expect(measured(found, 1, 'alone')).toBeLessThan(0.05);
    expect(measured(found, 1, 'noise')).toBeLessThan(0.05);
  });
});

describe('launder, then train', () => {
  it('leaves nothing of a mark that a model would give away, and as much noise leaves all of it', async () => {
    const found = await resultOf(given('launder-then-train', { defenses: [] }), [1]);
    const z = (name: string) => found.links[1]?.runs.find((run) => run.name === name)?.metrics.zScore?.value as number;
    // Over six seeds 12.9 ± 1.3, .5 ± 1.0 and 12.8 ± 1.1; the test fires at 2.3.
    expect(z('alone')).toBeGreaterThan(6);
    expect(z('noise')).toBeGreaterThan(6);
    expect(Math.abs(z('in sequence'))).toBeLessThan(4);
  });
});

it('the same seed gives the same numbers, however many run beside it', async () => {
  const chain = given('backdoor-through-theft', {
    data: { id: 'digits8', members: 200, nonMembers: 0, population: 200, test: 200 },
    links: [{ attack: { id: 'badnets' } }, { attack: { id: 'knockoff', queries: 100, copies: 1, steps: 100 } }],
    training: { epochs: 5 },
    defenses: [],
  });
  const [alone, beside] = [await resultOf(chain, [3]), await resultOf(chain, [2, 3])];
  for (const [link, { runs }] of alone.links.entries())
    for (const [i, { perSeed }] of runs.entries()) expect(perSeed[0]).toBe(beside.links[link]?.runs[i]?.perSeed[1]);
});
