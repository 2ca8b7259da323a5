/** Encrypted data read without a key: how much, what defenses leave, and nothing where there is nothing to read. */
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/lab/catalog.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { numberOf, type RunResult, runOf } from './experiments.ts';

const lane = (name: string, ...ids: string[]) => ({ name, defenses: ids.map((id) => ({ id })) });

describe('frequency analysis', () => {
  const base = scenarios.find(({ id }) => id === 'hospital-columns')?.experiment as object;
  const lanes = [lane('undefended'), lane('smooth', 'frequency-smoothing'), lane('fresh', 'randomised-encryption')];
  const atSeeds = async (more: object) => {
    const runs: RunResult[] = [];
    for (const seed of [1, 2, 3]) runs.push(await runOf({ ...base, training: { epochs: 0 }, lanes, seed, ...more }));
    return runs;
  };

  it('reads most of a table, less where frequencies are smooth, and what is guessed where cells are encrypted afresh', async () => {
    for (const { lanes: found } of await atSeeds({})) {
      // Over six seeds .82 ± .04, .56 ± .03 and .255 ± .005, which is the chance.
      const [plain, smooth, fresh] = found.map((metrics) => numberOf(metrics, 'recoveryRate')) as [number, number, number];
      expect(plain).toBeGreaterThan(0.7);
      expect(smooth).toBeLessThan(plain - 0.1);
      const chance = found[2]?.recoveryRate?.chance as number;
      // One value in 2,000 of the rarest columns may be looked for and missed.
      expect(Math.abs(fresh - chance)).toBeLessThan(0.005);
      expect(smooth).toBeGreaterThan(chance + 0.1); // order is not hidden
    }
  });

  it('reads everything of the same year with enough rows, where frequencies all differ', async () => {
    const data = { id: 'hospital', members: 6000, nonMembers: 0, population: 0, test: 100, drift: 0, otherYear: 20000 };
    const { lanes: found } = await runOf({ ...base, data, training: { epochs: 0 } });
    expect(numberOf(found[0], 'recoveryRate')).toBeGreaterThan(0.9);
  });

  it('reads no more than guessing of columns that keep no order and have no frequencies', async () => {
    const smooth = lane('smooth', 'frequency-smoothing');
    const protection = { id: 'column-encryption', keepsOrder: false };
    const { lanes: found } = await runOf({ ...base, protection, training: { epochs: 0 }, lanes: [smooth] });
    const value = numberOf(found[0], 'recoveryRate');
    const chance = found[0]?.recoveryRate?.chance as number;
    // Smoothing is not perfect: some of the rarest values have one ciphertext, and a few of them are found.
    expect(Math.abs(value - chance)).toBeLessThan(0.02);
  });
});

it('every protection says what it stands for and is attacked by somebody', () => {
  for (const { access, says, paper } of catalog.protections) {
    expect(says.length).toBeGreaterThan(40);
    expect(paper.year).toBeGreaterThan(1900);
    expect(catalog.attacks.some((attack) => attack.access === access)).toBe(true);
  }
});
