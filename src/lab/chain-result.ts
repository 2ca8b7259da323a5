/** What came of a chain: each arrow alone and in sequence, what the link gained, and what each defense does to all later arrows. */
import type { Chain } from '../core/chain.ts';
import type { MetricName, MetricValue } from '../core/event.ts';
import { meanOver, overSeeds, unresolved } from '../metrics/intervals.ts';
import { type ChainEvent, type ChainRun, runsOf } from './chain.ts';

/** One way in which a link was run, over all seeds. */
export interface LinkRun extends ChainRun {
  readonly name: string;
  readonly metrics: Readonly<Partial<Record<MetricName, MetricValue>>>;
  /** The link's own number, seed by seed. */
  readonly perSeed: readonly (number | null)[];
}

export interface LinkResult {
  readonly attack: string;
  readonly measure: MetricName;
  readonly runs: readonly LinkRun[];
  /** By how much the measure is larger with what was brought home than without: seed by seed, as a mean with its interval. */
  readonly gain?: MetricValue;
  /** The same with noise in its place. */
  readonly gainOfNoise?: MetricValue;
}

export interface ChainResult {
  readonly links: readonly LinkResult[];
  /** For each defense, by how much it changes each arrow's measure; null before the arrow at which it stands. */
  readonly matrix: readonly { readonly name: string; readonly at: number; readonly changes: readonly (MetricValue | null)[] }[];
}

/** Collects a chain's events. */
export function chainTally(chain: Chain, seeds: readonly number[]) {
  const found = new Map<string, Map<MetricName, MetricValue>>();
  const key = (seed: number, link: number, { way, defense }: ChainRun) => `${seed}/${link}/${way}/${defense ?? ''}`;
  const valuesOf = (link: number, run: ChainRun, name: MetricName) =>
    seeds.map((seed) => found.get(key(seed, link, run))?.get(name) ?? unresolved('it was not measured', 0));

  return {
    add({ seed, link, event, ...run }: ChainEvent): void {
      if (event.type !== 'metric') return;
      const own = found.get(key(seed, link, run)) ?? new Map<MetricName, MetricValue>();
      found.set(key(seed, link, run), own.set(event.name, event.metric));
    },
    result(): ChainResult {
      const numbers = (link: number, run: ChainRun) =>
        valuesOf(link, run, chain.links[link]?.measure as MetricName).map(({ value }) => value);
      const change = (link: number, run: ChainRun, from: ChainRun): MetricValue => {
        const [after, before] = [numbers(link, run), numbers(link, from)];
        const differences = after.map((value, i) => (value === null ? Number.NaN : value - (before[i] ?? Number.NaN)));
        return differences.every(Number.isFinite)
          ? meanOver(differences)
          : unresolved('it was not measured at every seed', seeds.length);
      };
      const links = chain.links.map(({ experiment, measure }, link): LinkResult => {
        const runs = runsOf(chain, link).map((run): LinkRun => {
          const names = new Set(seeds.flatMap((seed) => [...(found.get(key(seed, link, run))?.keys() ?? [])]));
          const metrics = Object.fromEntries([...names].map((name) => [name, overSeeds(valuesOf(link, run, name))]));
          return { ...run, name: nameOf(chain, run), metrics, perSeed: numbers(link, run) };
        });
        const gains = link > 0 && {
          gain: change(link, { way: 'linked' }, { way: 'alone' }),
          gainOfNoise: change(link, { way: 'noise' }, { way: 'alone' }),
        };
        return { attack: experiment.attack.id, measure, runs, ...gains };
      });
      const matrix = chain.defenses.map(({ name, at }, defense) => ({
        name,
        at,
        changes: chain.links.map((_, link) => (link < at ? null : change(link, { way: 'linked', defense }, { way: 'linked' }))),
      }));
      return { links, matrix };
    },
  };
}

function nameOf({ defenses }: Chain, { way, defense }: ChainRun): string {
  if (defense !== undefined) return defenses[defense]?.name as string;
  return way === 'linked' ? 'in sequence' : way;
}
