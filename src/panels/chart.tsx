/**
 * The room of a chart: Recharts holds the scales and draws the series; marks along the axes are one light element. While every
 * core trains, charts are redrawn several times a second, so whatever Recharts would measure, animate or listen to is left out.
 */
import { memo, type ReactNode, use } from 'react';
import { ComposedChart, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts';
import type { ChartAxis } from './axis.ts';
import { short } from './format.ts';
import { TallCharts } from './tall-charts.ts';

export type ChartRow = Readonly<Record<string, number | readonly [low: number, high: number]>>;

interface ChartProps {
  /** In pixels, 0 as long as there is nothing to see: the room is kept and left empty. */
  readonly width: number;
  /** For a picture that stands alone rather than among many. */
  readonly tall?: boolean;
  readonly rows: readonly ChartRow[];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** Where guessing would be: at one height, or as often right as wrong. */
  readonly chance?: number | 'diagonal' | undefined;
  /** Series of Recharts, the same elements for as long as they look the same: each one that is new is registered again. */
  readonly children: ReactNode;
}

const heights = { usual: 148, tall: 232 };
/** Characters of an axis's name that fit below a small plot; a longer one stands below the numbers of the other axis too. */
const longName = 26;
const margin = { top: 8, right: 12, bottom: 32, left: 48 };
/** On a projector numbers are larger. */
const wide = { ...margin, bottom: 44, left: 70 };

/** What all series have in common: no marks at points, nothing that moves, and no layer of their own to be moved to. */
export const still = { dot: false, activeDot: false, isAnimationActive: false, zIndex: 0, connectNulls: true } as const;

export function Chart({ width, tall: alone = false, rows, x, y, chance, children }: ChartProps) {
  const large = use(TallCharts);
  const tall = large || alone;
  const height = tall ? heights.tall : heights.usual;
  return (
    <div className={tall ? 'chart chart-tall' : 'chart'}>
      {width > 0 && (
        // The frame around it describes the chart in one sentence; a second focusable tree would only repeat it.
        <ComposedChart data={rows} width={width} height={height} margin={large ? wide : margin} accessibilityLayer={false}>
          <XAxis dataKey="x" hide type="number" height={0} domain={[x.min, x.max]} scale={scaleOf(x)} {...unmarked} />
          <YAxis hide type="number" width={0} domain={[y.min, y.max]} scale={scaleOf(y)} {...unmarked} />
          <Marks x={x} y={y} chance={chance} />
          {children}
        </ComposedChart>
      )}
    </div>
  );
}

const unmarked = { niceTicks: 'none', tick: false, interval: 0 } as const;
const scaleOf = ({ log }: ChartAxis) => (log ? 'log' : 'linear');

/** The axes, their names, a dotted line with its number at each tick, and the line of chance. */
const Marks = memo(function Marks({ x, y, chance }: Pick<ChartProps, 'x' | 'y' | 'chance'>) {
  const area = usePlotArea();
  const [across, up] = [useXAxisScale(), useYAxisScale()];
  if (!area || !across || !up) return null;
  const [left, right, top, bottom] = [area.x, area.x + area.width, area.y, area.y + area.height];
  const columns = x.ticks.map((value) => ({ value, at: across(value) ?? left }));
  const lines = y.ticks.map((value) => ({ value, at: up(value) ?? bottom }));
  const [start, end] = chance === 'diagonal' ? [bottom, top] : [up(chance ?? y.min), up(chance ?? y.min)];
  const grid = [
    ...columns.map(({ at }) => `M${at} ${top}V${bottom + 4}`),
    ...lines.map(({ at }) => `M${left - 4} ${at}H${right}`),
  ];
  return (
    <g className="chart-marks">
      <path className="chart-grid" d={grid.join('')} />
      <path className="chart-axes" d={`M${left} ${top}V${bottom}H${right}`} />
      {chance !== undefined && <path className="chart-chance" d={`M${left} ${start}L${right} ${end}`} />}
      {columns.map(({ value, at }) => (
        <text key={value} x={at} y={bottom + 15} textAnchor="middle">
          {short(value)}
        </text>
      ))}
      {lines.map(({ value, at }) => (
        <text key={value} x={left - 7} y={at + 4} textAnchor="end">
          {short(value)}
        </text>
      ))}
      <text
        x={((x.label.length > longName ? margin.right : left) + right) / 2}
        y={bottom + margin.bottom - 3}
        textAnchor="middle"
      >
        {x.label}
      </text>
      <text transform={`translate(${left > margin.left ? 16 : 11} ${(top + bottom) / 2}) rotate(-90)`} textAnchor="middle">
        {y.label}
      </text>
    </g>
  );
});
