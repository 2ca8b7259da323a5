/** Measurements as they are read: the report that is sent, lines and bars for charts, cells for the table, ratios in words. */
import type { Curve } from '../core/evidence.ts';
import { type BenchGap, type BenchName, type BenchRatio, type BenchRow, ratiosOf } from '../lab/bench.ts';
import type { Measured } from './bench-state.ts';
import { texts } from './texts.ts';

export interface Machine {
  readonly cores: number;
  /** The browser, as it calls itself. */
  readonly runtime: string;
}

/** The same value that the terminal writes. */
export const reportOf = (bench: BenchName, machine: Machine, { rows, gaps }: Measured) => ({
  bench,
  machine: { cores: machine.cores, runtime: machine.runtime },
  rows,
  gaps,
  ratios: ratiosOf(rows),
});

/** Milliseconds for one step of one network: one line for each way of training, in the order in which they were measured. */
export function curvesOf(rows: readonly BenchRow[]): Curve[] {
  return modelsOf(rows).map((model) => {
    const its = rows.filter((row) => row.model === model);
    return {
      kind: 'curve',
      title: texts.bench.stepTime(texts.bench.models[model]),
      xLabel: texts.bench.networks,
      yLabel: texts.bench.milliseconds,
      // Few networks keep few trainers at work, so all that were shared among trainers are one line.
      lines: unique(its.map((row) => lineOf(row, its))).map((name) => {
        const points = its.filter((row) => lineOf(row, its) === name).sort((a, b) => a.networks - b.networks);
        return { name, x: points.map(({ networks }) => networks), y: points.map(({ milliseconds }) => milliseconds) };
      }),
    };
  });
}

/** Seconds of a whole attack, for each model and number of shadow models. */
export const barsOf = (rows: readonly BenchRow[]) =>
  modelsOf(rows).flatMap((model) =>
    sizesOf(rows, model).map((networks) => ({
      title: texts.bench.attackTime(texts.bench.models[model], networks),
      bars: rows
        .filter((row) => row.model === model && row.networks === networks)
        .map((row) => ({
          name: `${nameOf(row, rows)}${row.extrapolated ? texts.bench.extrapolated : ''}`,
          value: row.milliseconds / 1000,
          ours: row.implementation === 'threatloop',
        })),
    })),
  );

/** What to remember: of each attack, and of stacks of each model where most networks are one, the ratio on the most threads. */
export function headlinesOf(bench: BenchName, { rows, gaps }: Measured) {
  const { about, alone, compared, headline, models, otherThreads, threads } = texts.bench;
  const ratios = ratiosOf(rows);
  return modelsOf(rows).flatMap((model) => {
    const sizes = sizesOf(ratios, model);
    const gap = gaps.find((one) => one.model === model);
    if (sizes.length === 0 && gap) return [{ id: model, says: alone(models[model]), about: gapInWords(gap) }];
    return (bench === 'lira' ? sizes : sizes.slice(-1)).flatMap((networks) => {
      const its = ratios.filter((ratio) => ratio.model === model && ratio.networks === networks);
      const [best, ...others] = its.sort((a, b) => b.threads - a.threads);
      if (!best) return []; // `sizes` are of these very ratios
      const fewer = others.filter((other) => other.backend === best.backend && other.against === best.against);
      return {
        id: `${model}-${networks}`,
        says: headline[bench](models[model], networks, inWords(best)),
        about: [
          about[bench](networks, models[model], threads(best.threads)),
          ...fewer.map((other) => otherThreads(compared(other.ratio), threads(other.threads))),
        ].join('; '),
      };
    });
  });
}

/** Every row, with what it is compared with. */
export function cellsOf(bench: BenchName, rows: readonly BenchRow[]) {
  const { columns, models } = texts.bench;
  const ratios = ratiosOf(rows);
  const scale = bench === 'lira' ? 1000 : 1;
  const time = (milliseconds: number) => String(Number((milliseconds / scale).toPrecision(3)));
  return {
    columns: [columns.model, columns.networks, columns.name, columns.time[bench], columns.compared, columns.range],
    rows: rows.map((row) => [
      models[row.model],
      row.networks,
      `${nameOf(row, rows)}${row.extrapolated ? texts.bench.extrapolated : ''}`,
      time(row.milliseconds),
      row.implementation === 'threatloop'
        ? ratios
            .filter((ratio) => isOf(ratio, row))
            .map(inWords)
            .join(', ')
        : '',
      row.repetitions.length > 1 ? `${time(Math.min(...row.repetitions))} – ${time(Math.max(...row.repetitions))}` : '',
    ]),
  };
}

/** `CNN with tf.layers on wasm: one step took longer than 20 seconds.` */
export const gapInWords = ({ implementation, backend, model, why }: BenchGap) =>
  texts.bench.gap(texts.bench.models[model], texts.bench.implementations[implementation], backend, why);

const inWords = ({ ratio, against }: BenchRatio) =>
  texts.bench.against(texts.bench.compared(ratio), texts.bench.implementations[against]);

const isOf = (ratio: BenchRatio, row: BenchRow) =>
  ratio.backend === row.backend && ratio.model === row.model && ratio.networks === row.networks && ratio.threads === row.threads;

/** `Threatloop, 3 threads`; the backend is said only where there are several. */
function nameOf(row: BenchRow, rows: readonly BenchRow[]): string {
  const several = unique(rows.map(({ backend }) => backend)).length > 1;
  const { implementations, line, threads } = texts.bench;
  return line(implementations[row.implementation], threads(row.threads), several ? row.backend : '');
}

const lineOf = (row: BenchRow, rows: readonly BenchRow[]) =>
  row.threads === 1 ? nameOf(row, rows) : nameOf({ ...row, threads: Math.max(...rows.map(({ threads }) => threads)) }, rows);

/** How many networks at once, least first. */
const sizesOf = (rows: readonly Pick<BenchRow, 'model' | 'networks'>[], model: BenchRow['model']) =>
  unique(rows.filter((row) => row.model === model).map(({ networks }) => networks)).sort((a, b) => a - b);

const modelsOf = (rows: readonly BenchRow[]) => unique(rows.map(({ model }) => model));
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
