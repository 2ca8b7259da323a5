/** Two numbers against each other, a mark for each pair with the interval of both: which of them leaks less, and what that cost. */
import { memo, useMemo } from 'react';
import { Line, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { texts } from '../store/texts.ts';
import { least, most, roundTicks, useAxis } from './axis.ts';
import { Chart, still } from './chart.tsx';
import { Frame } from './frame.tsx';
import { placesBeside } from './places-beside.ts';
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
  const points = useMemo(() => marks.map((mark) => ({ x: mark.x.value, y: mark.y.value })), [marks]);
  return (
    <Frame
      title={title}
      description={texts.panel.pairs(
        title,
        rows.map(([name, up, across]) => texts.panel.pair(name, yLabel, up, xLabel, across)),
      )}
      cells={() => ({ columns: [texts.panel.name, yLabel, xLabel], rows })}
    >
      <Chart width={width} tall rows={points} x={x} y={y} chance={chance}>
        {unseen}
        <Pairs marks={marks} />
      </Chart>
    </Frame>
  );
});

/** Recharts has scales only where it has a series. */
const unseen = <Line dataKey="y" stroke="none" {...still} />;

/** From a round number below all intervals to one above them: it is differences that are looked for, not amounts. */
function useRoundAxis(label: string, values: readonly Ends[], count: number, chance?: number) {
  const among = chance === undefined ? [] : [chance];
  const [low, high] = [
    least([...values.map((ends) => ends.low), ...among]),
    most([...values.map((ends) => ends.high), ...among]),
  ];
  // Where all are alike, the room around them is not nothing.
  const room = Math.max((high - low) * 0.08, Math.abs(high) * 0.02, 1e-6);
  const [first = low, second = high] = roundTicks(low - room, high + room, count);
  const step = second - first;
  const round = (value: number) => Number((value * step).toPrecision(12));
  // Nothing is less than nothing, and no share more than the whole.
  const from = Math.max(Math.floor((low - room) / step), low >= 0 ? 0 : Number.NEGATIVE_INFINITY);
  const to = Math.min(Math.ceil((high + room) / step), high <= 1 ? Math.ceil(1 / step - 1e-9) : Number.POSITIVE_INFINITY);
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => round(from + i));
  return useAxis(label, round(from), round(to), ticks);
}

function Pairs({ marks }: Pick<TradeOffProps, 'marks'>) {
  const area = usePlotArea();
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  if (!area || !across || !up) return null;
  const placed = marks.map((mark) => ({
    ...mark,
    at: { x: across(mark.x.value) ?? 0, y: up(mark.y.value) ?? 0 },
    bars: [across(mark.x.low), across(mark.x.high), up(mark.y.low), up(mark.y.high)].map((end) => end ?? 0),
  }));
  const names = placesBeside(
    placed.map(({ at }) => at),
    area,
  );
  return placed.map(({ name, shape, color, at, bars: [left, right, bottom, top] }, i) => (
    <g key={name} className="pair" style={{ color }}>
      <path d={`M${left} ${at.y}H${right}M${at.x} ${bottom}V${top}`} />
      <ShapeMark shape={shape} x={at.x} y={at.y} />
      <text {...names[i]} textAnchor="middle">
        {name}
      </text>
    </g>
  ));
}
