/** Lines that grow while something is trained or attacked. */
import { memo, useMemo } from 'react';
import { Line } from 'recharts';
import type { Curve } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { least, most, roundTicks, useAxis } from './axis.ts';
import { Chart, type ChartRow, still } from './chart.tsx';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { lookOf } from './strokes.ts';
import { thin } from './thin.ts';

/** As many as can be told apart in so small a picture. */
const mostPoints = 60;

interface CurveProps {
  readonly evidence: Curve;
  readonly width: number;
}

export const CurvePanel = memo(function CurvePanel({ evidence, width }: CurveProps) {
  const { title, xLabel, yLabel, lines, chance } = evidence;
  const rows = useMemo(() => rowsOf(evidence), [evidence]);
  const ends = lines.map(({ name, x, y }) =>
    texts.panel.curveEnd(name, short(y.at(-1) ?? 0), `${xLabel} ${short(x.at(-1) ?? 0)}`),
  );
  const [left, right] = [least(lines.flatMap(({ x }) => x)), most(lines.flatMap(({ x }) => x))];
  const [bottom, top] = [Math.min(0, least(lines.flatMap(({ y }) => y))), most(lines.flatMap(({ y }) => y))];
  // A share is seen against the whole of it; anything else against zero.
  const ceiling = top <= 1 && /accuracy|rate|auc|share/i.test(yLabel) ? 1 : top;
  const x = useAxis(xLabel, left, right, roundTicks(left, right, width < 260 ? 4 : 6));
  const y = useAxis(yLabel, bottom, ceiling, roundTicks(bottom, ceiling, 5));
  const series = useMemo(() => seriesOf(lines.length), [lines.length]);
  return (
    <Frame
      title={title}
      description={texts.panel.curve(title, ends.join('; '))}
      cells={() => ({ columns: [xLabel, ...lines.map(({ name }) => name)], rows: cellsOf(evidence) })}
    >
      <Legend items={lines.map(({ name }) => ({ name }))} />
      <Chart width={width} rows={rows} x={x} y={y} chance={chance}>
        {series}
      </Chart>
    </Frame>
  );
});

const seriesOf = (count: number) =>
  Array.from({ length: count }, (_, line) => (
    <Line
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
      key={line}
      dataKey={`y${line}`}
      stroke={lookOf(line).color}
      strokeDasharray={lookOf(line).dash ?? 'none'}
      strokeWidth={2}
      {...still}
    />
  ));

/** All lines in one list of rows by x: `{ x: 3, y0: 0.9, y1: 0.8 }`, a value left out where a line has none. */
function rowsOf({ lines }: Curve): ChartRow[] {
  const rows = new Map<number, Record<string, number>>();
  lines.forEach(({ x, y }, line) => {
    for (const i of thin(x.length, mostPoints)) {
      const at = x[i] as number;
      const row = rows.get(at) ?? { x: at };
      row[`y${line}`] = y[i] as number;
      rows.set(at, row);
    }
  });
  return [...rows.values()].sort((a, b) => (a.x as number) - (b.x as number));
}

const cellsOf = (evidence: Curve) =>
  rowsOf(evidence).map(({ x, ...values }) => [x, ...evidence.lines.map((_, line) => values[`y${line}`])].map(cellOf));

const cellOf = (value: number | undefined) => (value === undefined ? '' : short(value));
