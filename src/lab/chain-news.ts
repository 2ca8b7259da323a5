/** What a host is told of a chain while it runs: how far it is, and all that is known so far. */
import type { Chain } from '../core/chain.ts';
import { runChain, runsOf } from './chain.ts';
import { type ChainResult, chainTally } from './chain-result.ts';
import type { Host } from './run.ts';

export interface ChainNews {
  readonly type: 'chained';
  /** Runs that have their number, and runs in all. */
  readonly done: number;
  readonly total: number;
  /** What is under way. */
  readonly phase: string;
  readonly result: ChainResult;
}

/** News at each number that is measured, and at each new phase of work. */
export async function* chainNews(chain: Chain, seeds: readonly number[], host: Host): AsyncGenerator<ChainNews> {
  const tally = chainTally(chain, seeds);
  const total = chain.links.reduce((sum, _, link) => sum + runsOf(chain, link).length, 0) * seeds.length;
  const measured = new Set<string>();
  let [phase, result] = ['', tally.result()];
  for await (const step of runChain(chain, seeds, host)) {
    const { seed, link, way, defense, event } = step;
    tally.add(step);
    const isNumber = event.type === 'metric' && event.name === chain.links[link]?.measure;
    const isNew = event.type === 'progress' && event.phase !== phase;
    if (!isNumber && !isNew) continue;
    if (isNumber) {
      measured.add(`${seed}/${link}/${way}/${defense ?? ''}`);
      result = tally.result();
    }
    if (isNew) phase = event.phase;
    yield { type: 'chained', done: measured.size, total, phase, result };
  }
}
