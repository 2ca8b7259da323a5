/** Lines that grow while something is trained or attacked. */
import { memo, useMemo } from 'react';
import { Area, Line } from 'recharts';
import type { MetricName } from '../core/event.ts';
import type { Curve } from '../core/evidence.ts';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import { factorTicks, least, most, roundTicks, useAxis } from './axis.ts';
import { Chart, type ChartRow, still } from './chart.tsx';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { type Look, lineLookOf } from './strokes.ts';
import { thin } from './thin.ts';

/** As many as can be told apart in so small a picture. */
const mostPoints = 60;

interface CurveProps {
  readonly evidence: Curve;
  readonly width: number;
  /** Where x is marked, for a taller picture with a point at each value and both axes in equal factors. */
  readonly factors?: readonly number[];
}

export const CurvePanel = memo(function CurvePanel({ evidence, width, factors }: CurveProps) {
  const { title, lines, chance } = evidence;
  const xLabel = nameOf(evidence.xLabel);
  const yLabel = nameOf(evidence.yLabel);
  const rows = useMemo(() => rowsOf(evidence), [evidence]);
  const ends = lines.map(({ name, x, y }) =>
    texts.panel.curveEnd(name, short(y.at(-1) ?? 0), `${xLabel} ${short(x.at(-1) ?? 0)}`),
  );
  const [left, right] = [least(lines.flatMap(({ x }) => x)), most(lines.flatMap(({ x }) => x))];
  const [bottom, top] = [
    Math.min(0, least(lines.flatMap(({ y }) => y))),
    most(lines.flatMap(({ y, high = [] }) => [...y, ...high])),
  ];
  // A share is seen against the whole of it; anything else against zero.
  const ceiling = top <= 1 && /accuracy|rate|auc|share|fidelity|correlation/i.test(evidence.yLabel) ? 1 : top;
  const log = factors !== undefined;
  const across = factors ?? roundTicks(left, right, width < 260 ? 4 : 6);
  const up = log ? factorTicks(least(lines.flatMap(({ y }) => y)), top) : roundTicks(bottom, ceiling, 5);
  const x = useAxis(xLabel, factors?.[0] ?? left, factors?.at(-1) ?? right, across, log);
  const y = useAxis(yLabel, log ? (up[0] ?? 0) : bottom, log ? (up.at(-1) ?? 1) : ceiling, up, log);
  const banded = lines.some(({ low }) => low !== undefined);
  const looks = lines.map(lineLookOf);
  const alike = looks.map(({ color, dash }) => `${color} ${dash}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks are compared by what they are
  const series = useMemo(() => seriesOf(looks, log || banded, banded), [alike, log, banded]);
  return (
    <Frame
      title={title}
      description={texts.panel.curve(title, ends.join('; '))}
      cells={() => ({ columns: [xLabel, ...lines.map(({ name }) => name)], rows: cellsOf(evidence) })}
    >
      <Legend items={lines.map(({ name }, line) => ({ name, color: looks[line]?.color, dash: looks[line]?.dash }))} />
      <Chart width={width} tall={log} rows={rows} x={x} y={y} chance={chance}>
        {series}
      </Chart>
    </Frame>
  );
});

/** A metric is called by its name in the texts. */
const nameOf = (label: string) => (label in texts.metrics ? texts.metrics[label as MetricName].name : said(label));

const seriesOf = (looks: readonly Look[], points: boolean, banded: boolean) => {
  const bands = looks.map(({ color }, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
    <Area key={`band ${line}`} dataKey={`band${line}`} stroke="none" fill={color} fillOpacity={0.18} {...still} />
  ));
  const lines = looks.map(({ color, dash }, line) => (
    <Line
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
      key={line}
      dataKey={`y${line}`}
      stroke={color}
      strokeDasharray={dash ?? 'none'}
      strokeWidth={2}
      {...still}
      dot={points && { r: 3.5, strokeDasharray: 'none', fill: color }}
    />
  ));
  return banded ? [...bands, ...lines] : lines;
};

/** All lines in one list of rows by x: `{ x: 3, y0: 0.9, y1: 0.8 }`, a value left out where a line has none. */
function rowsOf({ lines }: Curve): ChartRow[] {
  const rows = new Map<number, Record<string, ChartRow[string]>>();
  lines.forEach(({ x, y, low, high }, line) => {
    for (const i of thin(x.length, mostPoints)) {
      const at = x[i] as number;
      const row = rows.get(at) ?? { x: at };
      row[`y${line}`] = y[i] as number;
      if (low && high) row[`band${line}`] = [low[i] as number, high[i] as number];
      rows.set(at, row);
    }
  });
  return [...rows.values()].sort((a, b) => (a.x as number) - (b.x as number));
}

const cellsOf = (evidence: Curve) =>
  rowsOf(evidence).map(({ x, ...values }) => [x, ...evidence.lines.map((_, line) => values[`y${line}`])].map(cellOf));

const cellOf = (value: ChartRow[string] | undefined) => (typeof value === 'number' ? short(value) : '');
