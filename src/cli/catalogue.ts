/**
 * `catalogue`: every attack against every defense that was made against its family, at six seeds, written to docs/attacks.md. What was
 * measured is kept in docs/attacks.json, so that one attack can be measured again without the others.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Attack } from '../core/attack.ts';
import type { Defense } from '../core/defense.ts';
import type { MetricName, MetricValue } from '../core/event.ts';
import { type Experiment, find, resolveExperiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import { catalog } from '../lab/catalog.ts';
import type { Host } from '../lab/run.ts';
import { studentInterval } from '../metrics/intervals.ts';
import { cardFigures } from './catalogue-cards.ts';
import { catalogueDefense, catalogueExperiment, worthOf } from './catalogue-experiments.ts';
import { cataloguePage } from './catalogue-page.ts';
import { parseFlags } from './flags.ts';
import { threadedHost } from './host.ts';
import { laneOverSeeds, type Report, runSeries } from './series.ts';

/** What came of one attack against one defense, or against none. */
export interface CatalogueRow {
  /** The id of the defense, with its options; null where nothing defends. */
  readonly defense: Readonly<Record<string, unknown>> | null;
  /** Means over the seeds. */
  readonly metrics: Readonly<Partial<Record<MetricName, MetricValue>>>;
  /** 95 % interval of the change of the headline number and of what the model is worth against the undefended lane, seed by seed. */
  readonly change?: { readonly headline: readonly [number, number]; readonly worth: readonly [number, number] };
  /** The headline number where the attacker knows of the defense, for an attack that can. */
  readonly knowing?: MetricValue;
  /** Why it could not be measured. */
  readonly refused?: string;
}

export interface CatalogueEntry {
  readonly attack: string;
  readonly experiment: Experiment;
  readonly seeds: readonly number[];
  readonly rows: readonly CatalogueRow[];
}

const seeds = [1, 2, 3, 4, 5, 6];
const lanesAtOnce = 4;
const [kept, page, cards] = ['docs/attacks.json', 'docs/attacks.md', 'src/store/measured.json'];

export async function catalogue(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['threads'], ['page-only'], 100);
  const wanted = flags.words.map((id) => find(catalog.attacks, 'attack', id));
  const entries = new Map((await before()).map((entry) => [entry.attack, entry]));
  const attacks = flags.has('page-only') ? [] : wanted.length > 0 ? wanted : catalog.attacks;
  const threads = flags.number('threads', { min: 1, max: 64, integer: true }) ?? Math.min(8, availableParallelism());
  const host = await threadedHost('wasm', threads);
  try {
    for (const attack of attacks) {
      entries.set(attack.id, await measured(attack, host));
      // Written after each attack: an hour that is cut short keeps what it has.
      await writeFile(kept, `${JSON.stringify(inOrder(entries), null, 1)}\n`);
      await writeFile(page, cataloguePage(inOrder(entries)));
    }
    await writeFile(page, cataloguePage(inOrder(entries)));
    await writeFile(cards, `${JSON.stringify(cardFigures(inOrder(entries)), null, 1)}\n`);
  } finally {
    host.close();
  }
}

const inOrder = (entries: ReadonlyMap<string, CatalogueEntry>) => catalog.attacks.flatMap(({ id }) => entries.get(id) ?? []);

async function before(): Promise<CatalogueEntry[]> {
  try {
    return JSON.parse(await readFile(kept, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** One attack, undefended and against each of its defenses, a few lanes at a time. */
async function measured(attack: Attack, host: Host): Promise<CatalogueEntry> {
  const base = catalogueExperiment(attack);
  const bare = { name: 'undefended', defenses: [] };
  const experiment = resolveExperiment({ ...base, lanes: [bare], seed: 1 }, catalog);
  const rows: CatalogueRow[] = [];
  const standing: { readonly lane: object; readonly defense: Defense }[] = [];
  for (const defense of catalog.defenses.filter(({ against }) => against.includes(attack.family))) {
    const lane = { name: defense.title, defenses: [{ id: defense.id, ...catalogueDefense[defense.id] }] };
    try {
      resolveExperiment({ ...base, lanes: [bare, lane] }, catalog);
      standing.push({ lane, defense });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      rows.push({ defense: { id: defense.id }, metrics: {}, refused: error.message.replace(/^lanes\[1\]: /, '') });
    }
  }
  // The undefended lane runs again beside each few defenses; its numbers are the same each time.
  for (let from = 0; from === 0 || from < standing.length; from += lanesAtOnce - 1) {
    const lanes = [bare, ...standing.slice(from, from + lanesAtOnce - 1).map(({ lane }) => lane)];
    const resolved = resolveExperiment({ ...base, lanes }, catalog);
    const reports = await overSeeds(resolved, host);
    const knowing =
      'adaptive' in attack.params &&
      (await overSeeds({ ...resolved, attack: { ...resolved.attack, adaptive: true }, lanes: resolved.lanes.slice(1) }, host));
    for (const [lane, { defenses }] of resolved.lanes.entries()) {
      if (lane === 0 && from > 0) continue;
      const known = lane > 0 && knowing && laneOverSeeds(knowing, lane - 1).metrics[attack.metrics[0]];
      rows.push({ ...rowOf(attack, reports, lane, defenses[0] ?? null), ...(known && { knowing: known }) });
    }
  }
  return { attack: attack.id, experiment, seeds, rows };
}

async function overSeeds(experiment: Experiment, host: Host): Promise<Report[]> {
  const reports: Report[] = [];
  const items = seeds.map((seed) => ({ name: `${experiment.attack.id}, seed ${seed}`, experiment: { ...experiment, seed } }));
  for await (const report of runSeries(items, host)) reports[report.item] = report;
  return reports;
}

function rowOf(attack: Attack, reports: readonly Report[], lane: number, defense: CatalogueRow['defense']): CatalogueRow {
  const { metrics } = laneOverSeeds(reports, lane);
  if (lane === 0) return { defense, metrics };
  const change = (name: MetricName): [number, number] => {
    const of = (report: Report, which: number) => report.lanes[which]?.metrics[name]?.value ?? Number.NaN;
    const [low, high] = studentInterval(reports.map((report) => of(report, lane) - of(report, 0)));
    return [low, high];
  };
  return { defense, metrics, change: { headline: change(attack.metrics[0]), worth: change(worthOf(attack)) } };
}
