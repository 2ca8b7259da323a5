/** Distribution functions, intervals and tests. */
import { studentCdf, studentQuantile, z95 } from '../core/statistics.ts';
import { clopperPearson, wilson } from '../metrics/intervals.ts';
import { welchTest } from '../metrics/t-test.ts';
import { against, type Check } from './check.ts';

const family = 'Statistics and intervals';

/** Tables whose rows hold what goes in, and last what comes out. */
type Rows = readonly (readonly number[])[];
const last = (rows: Rows) => rows.map((row) => row.at(-1) as number);
const of = (rows: Rows, formula: (...given: number[]) => number) => rows.map((row) => formula(...row.slice(0, -1)));

/** Rows of hits, trials, and the two ends of an interval. */
const intervals = (rows: Rows, interval: (hits: number, trials: number) => readonly number[]) =>
  rows.flatMap(([hits, trials]) => interval(hits as number, trials as number));
const ends = (rows: Rows) => rows.flatMap((row) => row.slice(-2));

const rounding = 'closed formulas in double precision, and a bisection to the last bit: what is left is rounding';

export const statisticsChecks: readonly Check[] = [
  against('statistics.json', {
    id: 'student',
    family,
    says: 'Student’s t with 1 to 1,000 degrees of freedom, its quantiles, and the normal’s 0.975 quantile.',
    source: 'SciPy 1.17',
    allowed: { within: 1e-9, of: 'figure', because: 'a quantile is flat where the share is near 1' },
    ours: (scipy) => [...of(scipy.studentCdf, studentCdf), ...of(scipy.studentQuantile, studentQuantile), z95],
    theirs: (scipy) => [...last(scipy.studentCdf), ...last(scipy.studentQuantile), scipy.z95],
  }),
  against('metrics.json', {
    id: 'wilson',
    family,
    says: 'Wilson’s interval of a rate, from 0 of 5 to 4,321 of 10,000.',
    source: 'SciPy 1.10, binomtest',
    allowed: { within: 1e-10, of: 'difference', because: rounding },
    ours: (scipy) => intervals(scipy.wilson, wilson),
    theirs: (scipy) => ends(scipy.wilson),
  }),
  against('metrics.json', {
    id: 'clopper-pearson',
    family,
    says: 'Clopper and Pearson’s exact interval of the same rates.',
    source: 'SciPy 1.10, binomtest',
    allowed: { within: 1e-10, of: 'difference', because: rounding },
    ours: (scipy) => intervals(scipy.clopperPearson, clopperPearson),
    theirs: (scipy) => ends(scipy.clopperPearson),
  }),
  against('tests-of-samples.json', {
    id: 'welch',
    family,
    says: 'Welch’s t-test of two samples: t and p.',
    source: 'SciPy 1.10.1, ttest_ind',
    allowed: { within: 1e-9, of: 'difference', because: 'rounding of sums over 500 values' },
    ours: ({ shapiro, welch }) => {
      const sample = (name: string) => shapiro.find((row) => row.name === name)?.values ?? [];
      return welch.flatMap(({ first, second }) => {
        const { t, p } = welchTest(sample(first), sample(second));
        return [t, p];
      });
    },
    theirs: ({ welch }) => welch.flatMap(({ t, p }) => [t, p]),
  }),
];
