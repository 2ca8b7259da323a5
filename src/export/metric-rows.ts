/** All numbers of a run in long form, a row for each lane and metric; of a spread, a row for each point of its curves. */
import type { RunState } from '../store/run-state.ts';
import type { CsvTable } from './csv.ts';
import { longForm } from './evidence-rows.ts';

export function metricRows({ experiment, lanes, evidence, spreading }: RunState): CsvTable {
  if (spreading) {
    const curves = Object.values(evidence).filter(({ kind }) => kind === 'curve');
    const tables = curves.map((curve) => longForm('', curve));
    return { columns: tables[0]?.columns ?? [], rows: tables.flatMap(({ rows }) => rows) };
  }
  return {
    columns: ['lane', 'metric', 'value', 'low', 'high', 'chance', 'n', 'how'],
    rows: lanes.flatMap(({ metrics }, lane) =>
      Object.entries(metrics).map(([name, { value, low, high, chance, sampleSize, how }]) => [
        experiment?.lanes[lane]?.name,
        name,
        value,
        low,
        high,
        chance,
        sampleSize,
        how,
      ]),
    ),
  };
}
