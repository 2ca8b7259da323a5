/** Marked texts and those who want to be rid of the mark: what is left of it, what it costs, and nothing where nobody marked. */
import { describe, expect, it } from 'vitest';
import type { Curve, Table } from '../../src/core/evidence.ts';
import { mean } from '../../src/core/statistics.ts';
import { numberOf, type RunResult, runOf } from './experiments.ts';

const open = { name: 'undefended', defenses: [] };
const base = { data: { id: 'mail' }, protection: { id: 'green-list', texts: 12 }, lanes: [open] };
const evidenceOf = <E>({ events }: RunResult, id: string): E =>
  (events.findLast((event) => event.type === 'evidence' && event.id === id) as unknown as { evidence: E }).evidence;
const atSeeds = async (experiment: object, seeds = [1, 2]) => {
  const runs: RunResult[] = [];
  for (const seed of seeds) runs.push(await runOf({ ...base, ...experiment, seed }));
  return runs;
};
const zOf = (runs: readonly RunResult[], lane = 0) => mean(runs.map(({ lanes }) => numberOf(lanes[lane], 'zScore')));

describe('words exchanged', () => {
  const exchanging = (choose: string, share: number) => ({ attack: { id: 'token-substitution', choose, share } });

  it('leave the less of a mark the more they are, and no text reads much worse', async () => {
    const [run] = (await atSeeds(exchanging('at random', 0.3), [1])) as [RunResult];
    const { x, y } = evidenceOf<Curve>(run, 'trade-off').lines[0] as Curve['lines'][number];
    expect(x.length).toBe(5);
    expect(y[0]).toBe(1);
    expect(y.at(-1)).toBeLessThan(0.6);
    for (const [at, changed] of x.entries()) expect(changed).toBeCloseTo((30 * at) / 4, -1);
    expect(numberOf(run.lanes[0], 'editRate')).toBeCloseTo(0.3, 1);
    // Marked, after the attack, never marked.
    const rows = evidenceOf<Table>(run, 'owner').rows;
    const perplexities = rows.map((row) => Number(row.at(-1)));
    expect(perplexities[1]).toBeLessThan(1.1 * (perplexities[0] as number));
    expect(Math.abs(Number(rows[2]?.[2]))).toBeLessThan(1.2); // z, of texts that share a key
  });

  // Over three seeds with 16 texts each z at 20 % is 2.8 blind and .9 seeing.
  it('take more of a single list where whoever exchanges them learned it from the texts', async () => {
    const protection = { id: 'unigram', texts: 12 };
    const blind = await atSeeds({ protection, ...exchanging('at random', 0.2) });
    const seeing = await atSeeds({ protection, ...exchanging('preferred words', 0.2) });
    expect(zOf(seeing)).toBeLessThan(zOf(blind) - 1);
  });

  // Likewise 3.2 and .8; with eight keys 2.7 and 1.6.
  it('take more of lists that depend on the word before, and less more of them where there are several keys', async () => {
    const lanes = [open, { name: 'keys', defenses: [{ id: 'multi-key', keys: 8 }] }];
    const blind = await atSeeds({ lanes, ...exchanging('at random', 0.2) });
    const seeing = await atSeeds({ lanes, ...exchanging('preferred pairs', 0.2) });
    const gain = (lane: number) => zOf(blind, lane) - zOf(seeing, lane);
    expect(gain(0)).toBeGreaterThan(1);
    expect(gain(1)).toBeLessThan(gain(0));
    // Several keys take more evidence: whoever exchanges words blindly has it no harder.
    expect(zOf(blind, 1)).toBeLessThan(zOf(blind, 0) + 0.2);
  });
});

// Two seeds with ten texts each: 6.6 goes down to −.2 at none and to 2.0 at .8 (green list), 4.5 to .1 and to 2.5 (one list).
it.each(['green-list', 'unigram'])(
  'a paraphrase leaves nothing of a %s, and something with the words that it keeps',
  async (id) => {
    const protection = { id, texts: 10 };
    const [none, most] = [
      await atSeeds({ protection, attack: { id: 'paraphrase', kept: 0 } }, [2]),
      await atSeeds({ protection, attack: { id: 'paraphrase', kept: 0.8 } }, [2]),
    ];
    expect(Math.abs(zOf(none))).toBeLessThan(1.2); // what texts share that know nothing of the key
    expect(zOf(most)).toBeGreaterThan(zOf(none) + 0.7);
    expect(numberOf(none[0]?.lanes[0], 'editRate')).toBeGreaterThan(numberOf(most[0]?.lanes[0], 'editRate'));
  },
);

it('without a mark there is nothing to find and nothing to remove', async () => {
  for (const id of ['green-list', 'unigram']) {
    const protection = { id, texts: 12, delta: 0 };
    const [run] = (await atSeeds({ protection, attack: { id: 'token-substitution' } }, [3])) as [RunResult];
    const success = run.lanes[0]?.attackSuccessRate;
    expect(success?.chance).toBeGreaterThan(0.9);
    expect(success?.low).toBeLessThan(success?.chance as number);
    expect(Math.abs(numberOf(run.lanes[0], 'zScore'))).toBeLessThan(1.2);
    expect(numberOf(run.lanes[0], 'perplexity')).toBeCloseTo(run.lanes[0]?.perplexity?.chance as number, 1);
    expect(run.verdict).toContain('still finds the mark as well as');
  }
});
