/** What came of a chain in long form: every number of every way in which a link was run, what the links gain, what defenses change. */
import type { MetricName, MetricValue } from '../core/event.ts';
import type { ChainResult } from '../lab/chain-result.ts';
import type { CsvCell, CsvTable } from './csv.ts';

export function chainRows({ links, matrix }: ChainResult): CsvTable {
  const row = (link: number, run: string, what: string, name: MetricName, metric: MetricValue): CsvCell[] => {
    const { value, low, high, chance, sampleSize, how } = metric;
    return [link + 1, links[link]?.attack, run, what, name, value, low, high, chance, sampleSize, how];
  };
  const measured = links.flatMap(({ runs }, link) =>
    runs.flatMap((run) =>
      Object.entries(run.metrics).map(([name, metric]) => row(link, run.name, 'number', name as MetricName, metric)),
    ),
  );
  const gained = links.flatMap(({ gain, gainOfNoise, measure }, link) => [
    ...(gain ? [row(link, 'in sequence', 'gain', measure, gain)] : []),
    ...(gainOfNoise ? [row(link, 'noise', 'gain', measure, gainOfNoise)] : []),
  ]);
  const changed = matrix.flatMap(({ name, changes }) =>
    changes.flatMap((change, link) =>
      change ? [row(link, name, 'change by the defense', links[link]?.measure as MetricName, change)] : [],
    ),
  );
  return {
    columns: ['link', 'attack', 'run', 'what', 'metric', 'value', 'low', 'high', 'chance', 'n', 'how'],
    rows: [...measured, ...gained, ...changed],
  };
}
