/**
 * A chain of attacks, at several seeds: each link with what the one before it brought home, alone, and with noise in place of what was brought
 * home; and the whole chain again with each defense. Links come one after the other; all runs of a link, at all seeds, share one stack.
 */
import { isProtected } from '../core/access.ts';
import type { Artefact } from '../core/artefact.ts';
import { type Chain, type ChainLink, defendedAt } from '../core/chain.ts';
import type { ExampleDataset, TextDataset } from '../core/dataset.ts';
import type { LaneEvent } from '../core/event.ts';
import { type Experiment, find } from '../core/experiment.ts';
import { type Random, randomOf } from '../core/random.ts';
import { runAssistantLane, wantedNames } from './assistant-lane.ts';
import { handedOn, type Way } from './handed.ts';
import { type Asking, type HandedWords, handedPrompts, handedSet } from './handed-words.ts';
import { unmeasured } from './judge-membership.ts';
import { runLane } from './lane.ts';
import { merged } from './merge.ts';
import { type Pretrained, pretrained } from './pretrained.ts';
import { runProtectedLane } from './protected-lane.ts';
import { groundOf, type Host } from './run.ts';
import { type Party, sharedStack } from './shared-stack.ts';
import { ended } from './text-lanes.ts';
import { type TextStage, textStage } from './text-stage.ts';

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
  const languages = new Map<string, Language>();
  for (const link of chain.links.keys()) {
    const share = sharedStack(host.compute);
    const runs = seeds.flatMap((seed) => runsOf(chain, link).map((run) => ({ ...run, seed, compute: share() })));
    const { compute: _first, ...first } = runs[0] as (typeof runs)[number];
    for await (const event of learnLanguage(chain.links[link] as ChainLink, host, languages)) yield { ...first, link, event };
    const streams = runs.map((run) => runLink(chain, link, run, host, home, languages));
    for await (const { from, value: event } of merged(streams)) {
      const { compute: _compute, ...run } = runs[from] as (typeof runs)[number];
      yield { ...run, link, event };
    }
  }
}

/** A language as all runs of a chain have it, and how its assistant answers plainly, asked once a seed. */
interface Language {
  readonly pretrained: Pretrained;
  readonly examined: Map<number, TextStage['examined']>;
}

const languageName = ({ data, model }: Experiment) => JSON.stringify([data, model]);

/** The same weights for all links, ways and seeds. */
async function* learnLanguage(
  { experiment }: ChainLink,
  host: Host,
  languages: Map<string, Language>,
): AsyncGenerator<LaneEvent> {
  const dataset = find(host.catalog.datasets, 'dataset', experiment.data.id);
  const name = languageName(experiment);
  if (dataset.kind === 'examples' || languages.has(name)) return;
  const { id, ...options } = experiment.model;
  const begun = yield* pretrained(host, dataset, experiment.data, { id, options });
  languages.set(name, { pretrained: begun, examined: new Map() });
}

/** Under which name it is kept what one run brought home. */
const nameOf = (seed: number, link: number, defense: number | undefined) => `${seed}/${link}/${defense ?? 'undefended'}`;

/** One run of a link, and how to look up what an earlier link brought home in the same chain. */
interface Running {
  readonly chain: Chain;
  readonly link: number;
  readonly run: ChainRun & { readonly seed: number; readonly compute: Party };
  readonly experiment: Experiment;
  readonly host: Host;
  readonly broughtBy: (link: number) => Artefact | undefined;
}

async function* runLink(
  chain: Chain,
  link: number,
  run: Running['run'],
  host: Host,
  home: Map<string, Artefact>,
  languages: ReadonlyMap<string, Language>,
): AsyncGenerator<LaneEvent> {
  const { way, defense, seed, compute } = run;
  const { experiment: plain, takes } = chain.links[link] as ChainLink;
  const chosen = defense === undefined ? undefined : chain.defenses[defense];
  const experiment: Experiment = { ...(chosen ? defendedAt(chain, link, chosen) : plain), seed };
  // Before it is reached, a defense has changed nothing.
  const broughtBy = (at: number) => home.get(nameOf(seed, at, chosen && chosen.at <= at ? defense : undefined));
  const running: Running = { chain, link, run, experiment, host, broughtBy };
  try {
    if (takes && !broughtBy(link - 1)) {
      const { metrics } = find(host.catalog.attacks, 'attack', experiment.attack.id);
      yield* unmeasured(metrics, 'the attack before it brought nothing home');
      return;
    }
    const dataset = find(host.catalog.datasets, 'dataset', experiment.data.id);
    const brought =
      dataset.kind === 'examples'
        ? yield* onExamples(running, dataset)
        : yield* onAssistant(running, dataset, languages.get(languageName(experiment)) as Language);
    if (brought && way === 'linked') home.set(nameOf(seed, link, defense), brought);
  } finally {
    compute.leave(); // others may be waiting for it
  }
}

async function* onExamples(
  { chain, link, run: { way, compute }, experiment, host, broughtBy }: Running,
  dataset: ExampleDataset,
): AsyncGenerator<LaneEvent, Artefact | undefined> {
  const { takes } = chain.links[link] as ChainLink;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id);
  const ground = yield* groundOf(experiment, host, dataset, attack);
  const { id, ...options } = experiment.model;
  const artefact = broughtBy(link - 1);
  const handed =
    takes && artefact
      ? yield* handedOn({
          ...{ artefact, use: takes, way, split: ground.split, model: { id, options }, compute },
          random: ground.random.stream(`handed to ${link}`),
        })
      : {};
  const [lane] = experiment.lanes;
  const runOne = isProtected(attack.access) ? runProtectedLane : runLane;
  return yield* runOne({ experiment, lane: lane as Experiment['lanes'][number], host, compute, ...ground, handed });
}

async function* onAssistant(
  running: Running,
  dataset: TextDataset,
  { pretrained: begun, examined }: Language,
): AsyncGenerator<LaneEvent, Artefact | undefined> {
  const { run, experiment, host } = running;
  const random = randomOf(experiment.seed);
  const corpus = dataset.corpus(experiment.data, random.stream('data'));
  if (corpus.kind !== 'assistant') throw new Error(`nothing of ${dataset.id} is taken up by anybody`);
  const own: TextStage['examined'] = examined.get(run.seed) ?? new Map();
  examined.set(run.seed, own);
  const stage = textStage(
    {
      ...{ experiment, host, compute: run.compute, pretrained: begun, examined: own, random },
      handed: wordsHanded(running, { wanted: wantedNames(corpus, random), questions: corpus.questions }, random),
    },
    dataset,
    experiment.lanes[0] as Experiment['lanes'][number],
  );
  return yield* ended(runAssistantLane(stage, corpus), stage);
}

/**
 * What this link takes up, in the way in which it is run; and an assistant that was trained further before stays so: where it is prompts that
 * are taken up, alone and with noise the same assistant is asked.
 */
function wordsHanded({ link, run: { way }, broughtBy }: Running, asking: Asking, random: Random): HandedWords {
  let handed: HandedWords = {};
  for (let at = link; at > 0; at--) {
    const artefact = broughtBy(at - 1);
    const own = at === link ? way : 'linked';
    const noise = random.stream(`handed to ${at}`);
    if (artefact?.kind === 'fine-tuning set') return { ...handed, ...handedSet(artefact, own, noise) };
    if (artefact?.kind !== 'attempts') break;
    if (at === link) handed = handedPrompts(artefact, own, asking, noise);
  }
  return handed;
}
