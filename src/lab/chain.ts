/**
 * A chain of attacks, at several seeds: each link with what the one before it brought home, alone, and with noise in place of what was brought
 * home; and the whole chain again with each defense. Links come one after the other; all runs of a link, at all seeds, share one stack.
 */
import type { Artefact } from '../core/artefact.ts';
import { type Chain, type ChainLink, defendedAt } from '../core/chain.ts';
import { withClasses } from '../core/dataset.ts';
import type { LaneEvent } from '../core/event.ts';
import { type Experiment, find } from '../core/experiment.ts';
import { handedOn, type Way } from './handed.ts';
import { unmeasured } from './judge-membership.ts';
import { runLane } from './lane.ts';
import { merged } from './merge.ts';
import { groundOf, type Host } from './run.ts';
import { type Party, sharedStack } from './shared-stack.ts';

/** One way in which a link is run. */
export interface ChainRun {
  readonly way: Way;
  /** The number of the defense in whose chain it is; none in the undefended chain. */
  readonly defense?: number;
}

export interface ChainEvent extends ChainRun {
  readonly seed: number;
  /** The number of the link, counted from 0. */
  readonly link: number;
  readonly event: LaneEvent;
}

/** How a link is run, the undefended chain first. Before it is reached, a defense changes nothing. */
export function runsOf({ defenses }: Pick<Chain, 'defenses'>, link: number): ChainRun[] {
  const plain: ChainRun[] = link === 0 ? [{ way: 'linked' }] : [{ way: 'linked' }, { way: 'alone' }, { way: 'noise' }];
  const defended = defenses.flatMap(({ at }, defense): ChainRun[] => (at <= link ? [{ way: 'linked', defense }] : []));
  return [...plain, ...defended];
}

/** @param seeds at which it is run, whatever the chain's own seed */
export async function* runChain(chain: Chain, seeds: readonly number[], host: Host): AsyncGenerator<ChainEvent> {
  const home = new Map<string, Artefact>();
  for (const link of chain.links.keys()) {
    const share = sharedStack(host.compute);
    const runs = seeds.flatMap((seed) => runsOf(chain, link).map((run) => ({ ...run, seed, compute: share() })));
    const streams = runs.map((run) => runLink(chain, link, run, host, home));
    for await (const { from, value: event } of merged(streams)) {
      const { compute: _compute, ...run } = runs[from] as (typeof runs)[number];
      yield { ...run, link, event };
    }
  }
}

/** Under which name it is kept what one run brought home. */
const nameOf = (seed: number, link: number, defense: number | undefined) => `${seed}/${link}/${defense ?? 'undefended'}`;

async function* runLink(
  chain: Chain,
  link: number,
  { way, defense, seed, compute }: ChainRun & { readonly seed: number; readonly compute: Party },
  host: Host,
  home: Map<string, Artefact>,
): AsyncGenerator<LaneEvent> {
  const { experiment: plain, takes } = chain.links[link] as ChainLink;
  const chosen = defense === undefined ? undefined : chain.defenses[defense];
  const experiment: Experiment = { ...(chosen ? defendedAt(chain, link, chosen) : plain), seed };
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
  try {
    const dataset = withClasses(find(host.catalog.datasets, 'dataset', experiment.data.id));
    const ground = yield* groundOf(experiment, host, dataset, attack);
    const reached = chosen && chosen.at < link ? defense : undefined;
    const before = home.get(nameOf(seed, link - 1, reached));
    if (takes && !before) {
      yield* unmeasured(attack.metrics, 'the attack before it brought nothing home');
      return;
    }
    const { id, ...options } = experiment.model;
    const handed =
      takes && before
        ? yield* handedOn({
            ...{ artefact: before, use: takes, way, split: ground.split, model: { id, options }, compute },
            random: ground.random.stream(`handed to ${link}`),
          })
        : {};
    const [lane] = experiment.lanes;
    const brought = yield* runLane({ experiment, lane: lane as Experiment['lanes'][number], host, compute, ...ground, handed });
    if (brought && way === 'linked') home.set(nameOf(seed, link, defense), brought);
  } finally {
    compute.leave(); // others may be waiting for it
  }
}
