/** What more mixing costs the attacker: LONG=1 npx vitest run --project unit tests/long/decryption.test.ts */
import { expect, it } from 'vitest';
import { scenarios } from '../../src/scenarios/index.ts';
import { numberOf, runOf } from '../lab/experiments.ts';

it.runIf(process.env.LONG)(
  'four times as many mixtures give two pictures in three back of four mixed',
  { timeout: 900_000 },
  async () => {
    const base = scenarios.find(({ id }) => id === 'mixed-pictures')?.experiment as object;
    const lanes = [{ name: 'more mixing', defenses: [{ id: 'more-mixing' }] }];
    const protection = { id: 'instance-encoding', copies: 80 };
    const shares: number[] = [];
    for (const seed of [1, 2, 3]) {
      const { lanes: found } = await runOf({ ...base, lanes, training: { epochs: 0 }, protection, seed });
      shares.push(numberOf(found[0], 'attackSuccessRate'));
    }
    console.log(`of four mixed, 80 mixtures each: ${shares}`);
    expect(shares.reduce((sum, share) => sum + share, 0) / 3).toBeGreaterThan(0.4);
  },
);
