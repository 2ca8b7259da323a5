/** Two numbers against each other, a mark for each pair with the interval of both: which of them leaks less, and what that cost. */
import { memo } from 'react';
import { useXAxisScale, useYAxisScale } from 'recharts';
import { texts } from '../store/texts.ts';
import { least, most, roundTicks, useAxis } from './axis.ts';
import { Chart } from './chart.tsx';
import { Frame } from './frame.tsx';
import { ShapeMark } from './shape-mark.tsx';

export interface Ends {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface PairMark {
  readonly name: string;
  /** Which shape it has; there are four. */
  readonly shape: number;
  readonly color: string;
  readonly x: Ends;
  readonly y: Ends;
}

interface TradeOffProps {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly chance?: number | undefined;
  readonly marks: readonly PairMark[];
  /** In pixels, 0 as long as there is nothing to see. */
  readonly width: number;
  readonly textOf: { readonly x: (value: number) => string; readonly y: (value: number) => string };
}

export const TradeOffPanel = memo(function TradeOffPanel(props: TradeOffProps) {
  const { title, xLabel, yLabel, chance, marks, width, textOf } = props;
  const x = useRoundAxis(
    xLabel,
    marks.map((mark) => mark.x),
    width < 300 ? 3 : 5,
  );
  const y = useRoundAxis(
    yLabel,
    marks.map((mark) => mark.y),
    5,
    chance,
  );
  const said = (ends: Ends, text: (value: number) => string) =>
    ends.low === ends.high ? text(ends.value) : texts.panel.between(text(ends.value), text(ends.low), text(ends.high));
  const rows = marks.map((mark) => [mark.name, said(mark.y, textOf.y), said(mark.x, textOf.x)] as const);
  return (
    <Frame
      title={title}
      description={texts.panel.pairs(
        title,
        rows.map(([name, up, across]) => texts.panel.pair(name, yLabel, up, xLabel, across)),
      )}
      cells={() => ({ columns: [texts.panel.name, yLabel, xLabel], rows })}
    >
      <Chart width={width} tall rows={noRows} x={x} y={y} chance={chance}>
        <Pairs marks={marks} />
      </Chart>
    </Frame>
  );
});

/** Recharts only holds the scales. */
const noRows: never[] = [];

/** From a round number below all intervals to one above them: it is differences that are looked for, not amounts. */
function useRoundAxis(label: string, values: readonly Ends[], count: number, chance?: number) {
  const among = chance === undefined ? [] : [chance];
  const [low, high] = [
    least([...values.map((ends) => ends.low), ...among]),
    most([...values.map((ends) => ends.high), ...among]),
  ];
  // Where all are alike, the room around them is not nothing.
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.02, 1e-6);
  const [inner = low, next = high] = roundTicks(low - room, high + room, count);
  const step = next - inner;
  const [min, max] = [Math.floor((low - room) / step) * step, Math.ceil((high + room) / step) * step];
  return useAxis(label, min, max, roundTicks(min, max, Math.round((max - min) / step)));
}

/** Where a name stands beside its mark, so that the names of marks close to each other do not meet. */
const beside = [
  { dx: 9, dy: -7, anchor: 'start' },
  { dx: -9, dy: -7, anchor: 'end' },
  { dx: 9, dy: 15, anchor: 'start' },
  { dx: -9, dy: 15, anchor: 'end' },
] as const;

function Pairs({ marks }: Pick<TradeOffProps, 'marks'>) {
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  if (!across || !up) return null;
  return marks.map(({ name, shape, color, x, y }) => {
    const [left, middle, right] = [x.low, x.value, x.high].map((value) => across(value) ?? 0);
    const [bottom, height, top] = [y.low, y.value, y.high].map((value) => up(value) ?? 0);
    const { dx, dy, anchor } = beside[shape % beside.length] as (typeof beside)[number];
    return (
      <g key={name} className="pair" style={{ color }}>
        <path d={`M${left} ${height}H${right}M${middle} ${bottom}V${top}`} />
        <ShapeMark shape={shape} x={middle ?? 0} y={height ?? 0} />
        <text x={(middle ?? 0) + dx} y={(height ?? 0) + dy} textAnchor={anchor}>
          {name}
        </text>
      </g>
    );
  });
}
