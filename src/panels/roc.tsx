/**
 * How many members an attack catches for how many false alarms. The logarithmic view shows where attacks on privacy count:
 * few false alarms (Carlini et al. 2022).
 */
import { memo, useMemo } from 'react';
import { Line } from 'recharts';
import type { Roc } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { useAxis } from './axis.ts';
import { Chart, type ChartRow, still } from './chart.tsx';
import { percent, short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import { Toggle } from './toggle.tsx';

export type RocScale = 'linear' | 'log';

interface RocProps {
  readonly evidence: Roc;
  /** The same for all lanes, so that they can be compared. */
  readonly scale: RocScale;
  readonly onScale: (scale: RocScale) => void;
  readonly color: string;
  readonly width: number;
}

export const RocPanel = memo(function RocPanel({ evidence, scale, onScale, color, width }: RocProps) {
  const { title, guarantee } = evidence;
  const log = scale === 'log';
  const floor = log ? floorOf(evidence) : 0;
  const rows = useMemo(() => rowsOf(evidence, log), [evidence, log]);
  const ticks = log ? powersOfTen.filter((power) => power >= floor) : quarters;
  const x = useAxis(texts.panel.falsePositiveRate, floor, 1, ticks, log);
  const y = useAxis(texts.panel.truePositiveRate, floor, 1, ticks, log);
  const series = useMemo(() => seriesOf(color, guarantee !== undefined), [color, guarantee]);
  const items: LegendItem[] = [
    { name: texts.panel.attack, color, dash: undefined },
    { name: texts.panel.chance, color: 'var(--ink-soft)', dash: '3 3' },
  ];
  if (guarantee) {
    items.push({ name: texts.panel.guarantee(guarantee.epsilon), color: 'var(--ink-soft)', dash: guaranteeDash });
  }
  const told = [0.01, 0.1].map((level): [string, string] => [percent(level), percent(tprAt(evidence, level))]);
  return (
    <Frame
      title={title}
      description={texts.panel.roc(title, told)}
      cells={() => ({
        columns: [texts.panel.falsePositiveRate, texts.panel.truePositiveRate],
        rows: rows.map(({ x, tpr }) => [short(x as number), short(tpr as number)]),
      })}
      aside={
        <Toggle
          label={`${texts.panel.scale}: ${title}`}
          options={(['linear', 'log'] as const).map((option) => ({ value: option, says: texts.panel[option] }))}
          value={scale}
          onChange={onScale}
        />
      }
    >
      <Legend items={items} />
      <Chart width={width} rows={rows} x={x} y={y} chance="diagonal">
        {series}
      </Chart>
    </Frame>
  );
});

const quarters = [0, 0.25, 0.5, 0.75, 1];
const powersOfTen = [0.001, 0.01, 0.1, 1];
const guaranteeDash = '9 3 2 3';

const seriesOf = (color: string, guaranteed: boolean) => (
  <>
    {guaranteed && <Line dataKey="bound" stroke="var(--ink-soft)" strokeWidth={1.5} strokeDasharray={guaranteeDash} {...still} />}
    <Line dataKey="tpr" stroke={color} strokeWidth={2.5} {...still} />
  </>
);

/** The smallest rate that the sample can resolve, at least a thousandth: the left edge of the logarithmic view. */
const floorOf = ({ negatives }: Roc) => Math.max(0.001, 1 / Math.max(1, negatives));

/** One point for each of 200 columns of the picture: the highest there, since the curve only rises. */
function rowsOf(evidence: Roc, log: boolean): ChartRow[] {
  const { falsePositiveRate, truePositiveRate, guarantee } = evidence;
  const floor = log ? floorOf(evidence) : 0;
  const byColumn = new Map<number, ChartRow>();
  falsePositiveRate.forEach((rate, i) => {
    const x = Math.max(floor, rate);
    const column = Math.round(200 * (log ? 1 - Math.log(x) / Math.log(floor) : x));
    const bound = guarantee && { bound: Math.min(1, Math.exp(guarantee.epsilon) * x + guarantee.delta) };
    byColumn.set(column, { x, tpr: Math.max(floor, truePositiveRate[i] as number), ...bound });
  });
  return [...byColumn.values()].sort((a, b) => (a.x as number) - (b.x as number));
}

function tprAt({ falsePositiveRate, truePositiveRate }: Roc, level: number): number {
  return truePositiveRate.reduce((best, tpr, i) => ((falsePositiveRate[i] as number) <= level ? Math.max(best, tpr) : best), 0);
}
