/** How data of which nobody knows beforehand how much there is gets divided. */
import { splitParams } from '../../src/core/experiment.ts';
import type { Values } from '../../src/core/params.ts';

type Sizes = Pick<Values<typeof splitParams>, 'members' | 'nonMembers' | 'population' | 'test'>;

/** What each part gets of every ten rows. */
const shares = { members: 3, nonMembers: 3, population: 2, test: 2 } as const satisfies Record<keyof Sizes, number>;

/** An attacker who learns from a population is refused fewer; data of three times as many rows can spare them. */
const usefulPopulation = 100;

/**
 * The usual sizes where there are rows enough for them, else 30 % members, 30 % non-members, 20 % population and 20 % test:
 *
 *     150 rows  →  { members: 45, nonMembers: 45, population: 30, test: 30 }
 *     300 rows  →  { members: 75, nonMembers: 75, population: 100, test: 50 }
 *
 * As many members as non-members, so that half of both together is a whole number.
 */
export function sizesFor(available: number, usual: Sizes): Sizes {
  if (usual.members + usual.nonMembers + usual.population + usual.test <= available) return usual;
  const share = (part: keyof Sizes, of: number, all: number) => allowed(part, (of * shares[part]) / all);
  const small = share('population', available, 10);
  const population = available >= 3 * usefulPopulation ? Math.max(small, usefulPopulation) : small;
  const rest = available - population;
  const test = share('test', rest, 8);
  const members = Math.min(share('members', rest, 8), Math.floor((rest - test) / 2));
  return { members, nonMembers: members, population, test };
}

/** Whole, and within what the part may have. */
function allowed(part: keyof Sizes, size: number): number {
  const { min, max } = splitParams[part];
  return Math.min(max, Math.max(min, Math.floor(size)));
}
