/** A benchmark as a table to read in a terminal. */
import type { BenchGap, BenchName, BenchRatio, BenchRow } from '../lab/bench.ts';

interface Measured {
  readonly bench: BenchName;
  readonly machine: { readonly cores: number; readonly cpu: string; readonly runtime: string; readonly twin?: string };
  readonly rows: readonly BenchRow[];
  readonly gaps: readonly BenchGap[];
  readonly ratios: readonly BenchRatio[];
}

const what: Readonly<Record<BenchName, string>> = {
  stack: 'milliseconds for one step of one network',
  lira: 'milliseconds from the call to the scores',
};

export function asTable({ bench, machine, rows, gaps, ratios }: Measured): string {
  const lines = rows.map((row) => [
    row.model,
    String(row.networks),
    row.beside ?? row.backend,
    row.beside ? `${row.implementation} (${row.backend})` : row.implementation,
    row.implementation === 'threatloop' ? 'one stack' : (row.how ?? ''),
    String(row.threads),
    `${row.extrapolated ? '~' : ''}${figure(row.milliseconds)}`,
  ]);
  const faster = ratios.map(({ model, networks, backend, threads, against, how, device, ratio }) => [
    model,
    String(networks),
    backend,
    String(threads),
    against === 'pytorch' ? `${against} (${device})` : against,
    how,
    `${figure(ratio)} ×`,
  ]);
  return [
    `${bench}: ${what[bench]}, median of the repetitions`,
    [machine.cpu, `${machine.cores} cores`, machine.runtime, ...(machine.twin ? [machine.twin] : [])].join(', '),
    '',
    ...columns([['model', 'networks', 'backend', 'implementation', 'networks are trained', 'threads', 'ms'], ...lines]),
    ...(rows.some(({ extrapolated }) => extrapolated) ? ['~ scaled up from fewer networks'] : []),
    ...(faster.length
      ? ['', ...columns([['model', 'networks', 'backend', 'threads', 'against', 'which trains', 'faster'], ...faster])]
      : []),
    ...(gaps.length
      ? ['', 'Not measured', ...gaps.map((gap) => `  ${gap.implementation} on ${gap.backend}, ${gap.model}: ${gap.why}`)]
      : []),
    '',
  ].join('\n');
}

/** Three digits, and no powers of ten. */
const figure = (value: number) => (value >= 100 ? String(Math.round(value)) : value.toPrecision(3));

/** Aligned, each column as wide as its widest cell. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
