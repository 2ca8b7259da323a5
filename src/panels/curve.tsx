/** Lines that grow while something is trained or attacked. */
import type { Curve } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { Plot, type PlotLine } from './plot.tsx';
import { lookOf } from './strokes.ts';
import { thin } from './thin.ts';

export function CurvePanel({ evidence }: { readonly evidence: Curve }) {
  const { title, xLabel, yLabel, lines, chance } = evidence;
  const ends = lines.map(({ name, x, y }) =>
    texts.panel.curveEnd(name, short(y.at(-1) ?? 0), `${xLabel} ${short(x.at(-1) ?? 0)}`),
  );
  const xs = lines.flatMap(({ x }) => x);
  const [left, right] = [least(xs), most(xs)];
  const top = most(lines.flatMap(({ y }) => y));
  // A share is seen against the whole of it; anything else against zero.
  const share = top <= 1 && /accuracy|rate|auc|share/i.test(yLabel);
  const drawn = lines.map(({ x, y }, index): PlotLine => {
    const kept = thin(x.length);
    const look = lookOf(index);
    return { x: kept.map((i) => x[i] as number), y: kept.map((i) => y[i] as number), color: look.color, dash: look.dash };
  });
  if (chance !== undefined) {
    drawn.unshift({ x: [left, right], y: [chance, chance], color: 'var(--ink-soft)', dash: '3 3', width: 1 });
  }
  return (
    <Frame
      title={title}
      description={texts.panel.curve(title, ends.join('; '))}
      cells={() => ({ columns: [xLabel, ...lines.map(({ name }) => name)], rows: rowsOf(evidence) })}
    >
      <Legend items={lines.map(({ name }) => ({ name }))} />
      <Plot
        x={{ label: xLabel, min: left, max: right }}
        y={{ label: yLabel, min: Math.min(0, least(lines.flatMap(({ y }) => y))), max: share ? 1 : top }}
        lines={drawn}
      />
    </Frame>
  );
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** All lines in one list of rows by x, a cell left empty where a line has no value. */
function rowsOf({ lines }: Curve): string[][] {
  const rows = new Map<number, string[]>();
  lines.forEach(({ x, y }, line) => {
    for (const i of thin(x.length)) {
      const at = x[i] as number;
      const row = rows.get(at) ?? lines.map(() => '');
      row[line] = short(y[i] as number);
      rows.set(at, row);
    }
  });
  return [...rows].sort(([a], [b]) => a - b).map(([at, row]) => [short(at), ...row]);
}
