/** Lines that grow while something is trained or attacked. */
import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { Curve } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { axis, chart, grid } from './axes.ts';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { lookOf } from './strokes.ts';
import { thin } from './thin.ts';

/** `y0`, `y1`, … are the lines' values at x, each where the line has one. */
type Row = Record<'x' | `y${number}`, number>;

export function CurvePanel({ evidence }: { readonly evidence: Curve }) {
  const { title, xLabel, yLabel, lines, chance } = evidence;
  const rows = rowsOf(evidence);
  const ends = lines.map(({ name, x, y }) =>
    texts.panel.curveEnd(name, short(y.at(-1) ?? 0), `${xLabel} ${short(x.at(-1) ?? 0)}`),
  );
  const share = /accuracy|rate|auc|share/i.test(yLabel);
  return (
    <Frame
      title={title}
      description={texts.panel.curve(title, ends.join('; '))}
      cells={() => ({
        columns: [xLabel, ...lines.map(({ name }) => name)],
        rows: rows.map((row) => [
          short(row.x),
          ...lines.map((_, i) => (row[`y${i}`] === undefined ? '' : short(row[`y${i}`] as number))),
        ]),
      })}
    >
      <Legend items={lines.map(({ name }) => ({ name }))} />
      <LineChart data={rows} {...chart}>
        <CartesianGrid {...grid} />
        <XAxis dataKey="x" type="number" domain={['dataMin', 'dataMax']} {...axis.x(xLabel)} />
        <YAxis domain={share ? [0, 1] : [0, 'auto']} {...axis.y(yLabel)} />
        {chance !== undefined && <ReferenceLine y={chance} {...axis.chance} />}
        {lines.map(({ name }, index) => (
          <Line
            key={name}
            dataKey={`y${index}`}
            name={name}
            stroke={lookOf(index).color}
            strokeDasharray={lookOf(index).dash ?? '0'}
            strokeWidth={2}
            dot={false}
            activeDot={false}
            connectNulls
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </Frame>
  );
}

/** All lines in one list of rows by x: `{ x: 3, y0: 0.9, y1: 0.8 }`. */
function rowsOf({ lines }: Curve): Row[] {
  const rows = new Map<number, Row>();
  lines.forEach(({ x, y }, line) => {
    for (const i of thin(x.length)) {
      const at = x[i] as number;
      const row = rows.get(at) ?? { x: at };
      row[`y${line}`] = y[i] as number;
      rows.set(at, row);
    }
  });
  return [...rows.values()].sort((a, b) => a.x - b.x);
}
