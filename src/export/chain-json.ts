/** What came of a chain as one JSON value, in the terminal's words; with the chain as it was typed, to be run again. */
import { type ChainState, shownNews } from '../store/chain-store.ts';
import type { Where } from './run-json.ts';

/** @param backend what this page computes on */
export function chainAsJson(state: ChainState, backend: string | null, where: Where) {
  const { given, chain, news, lesson, composed, status } = state;
  const { result, done, total } = shownNews(state) ?? { result: { links: [], matrix: [] }, done: 0, total: 0 };
  const live = news !== null;
  // The choice on the page may already be about the next run.
  const count = result.links[0]?.runs[0]?.perSeed.length ?? 0;
  const { build, tfjs, adapter, userAgent } = where;
  return {
    given,
    chain,
    ...(live && { backend }),
    seeds: Array.from({ length: count }, (_, i) => chain.seed + i),
    ...result,
    provenance: {
      shown: live ? 'live' : 'recorded',
      ...(live && { status }),
      chain: lesson,
      composed,
      done,
      total,
      build,
      tfjs,
      ...(live && { adapter: adapter ?? null, userAgent }),
    },
  };
}
