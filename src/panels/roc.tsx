/**
 * How many members an attack catches for how many false alarms. The logarithmic view shows where attacks on privacy count:
 * few false alarms (Carlini et al. 2022).
 */
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts';
import type { Roc } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { axis, chart, grid } from './axes.ts';
import { percent, short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend, type LegendItem } from './legend.tsx';

export type RocScale = 'linear' | 'log';

interface RocProps {
  readonly evidence: Roc;
  /** The same for all lanes, so that they can be compared. */
  readonly scale: RocScale;
  readonly onScale: (scale: RocScale) => void;
  readonly color: string;
}

interface Row {
  readonly fpr: number;
  readonly tpr: number;
  readonly chance: number;
  readonly bound?: number;
}

export function RocPanel({ evidence, scale, onScale, color }: RocProps) {
  const { title, guarantee } = evidence;
  const log = scale === 'log';
  const rows = rowsOf(evidence, log);
  const least = floorOf(evidence);
  const domain = log ? [least, 1] : [0, 1];
  const ticks = log ? [0.001, 0.01, 0.1, 1].filter((value) => value >= least) : [0, 0.25, 0.5, 0.75, 1];
  const items: LegendItem[] = [
    { name: texts.panel.attack, color, dash: undefined },
    { name: texts.panel.chance, color: 'var(--ink-soft)', dash: '3 3' },
  ];
  if (guarantee) {
    items.push({ name: texts.panel.guarantee(guarantee.epsilon), color: 'var(--defense)', dash: '9 3 2 3' });
  }
  const same = { dot: false, activeDot: false, isAnimationActive: false } as const;
  return (
    <Frame
      title={title}
      description={texts.panel.roc(
        title,
        [0.01, 0.1].map((fpr) => [percent(fpr), percent(tprAt(evidence, fpr))] as const as [string, string]),
      )}
      cells={() => ({
        columns: [texts.panel.falsePositiveRate, texts.panel.truePositiveRate],
        rows: rows.map(({ fpr, tpr }) => [short(fpr), short(tpr)]),
      })}
      aside={<ScaleToggle title={title} scale={scale} onScale={onScale} />}
    >
      <Legend items={items} />
      <LineChart data={rows} {...chart}>
        <CartesianGrid {...grid} />
        <XAxis
          dataKey="fpr"
          type="number"
          scale={log ? 'log' : 'linear'}
          domain={domain}
          ticks={ticks}
          allowDataOverflow
          {...axis.x(texts.panel.falsePositiveRate)}
        />
        <YAxis
          type="number"
          scale={log ? 'log' : 'linear'}
          domain={domain}
          ticks={ticks}
          allowDataOverflow
          {...axis.y(texts.panel.truePositiveRate)}
        />
        <Line dataKey="chance" stroke="var(--ink-soft)" strokeDasharray="3 3" {...same} />
        {guarantee && <Line dataKey="bound" stroke="var(--defense)" strokeWidth={1.5} strokeDasharray="9 3 2 3" {...same} />}
        <Line dataKey="tpr" stroke={color} strokeWidth={2.5} {...same} />
      </LineChart>
    </Frame>
  );
}

function ScaleToggle({ title, scale, onScale }: { title: string; scale: RocScale; onScale: (scale: RocScale) => void }) {
  return (
    <fieldset className="toggle" aria-label={`${texts.panel.scale}: ${title}`}>
      {(['linear', 'log'] as const).map((option) => (
        <button key={option} type="button" aria-pressed={scale === option} onClick={() => onScale(option)}>
          {texts.panel[option]}
        </button>
      ))}
    </fieldset>
  );
}

/** The smallest rate that the sample can resolve, at least a thousandth: the left edge of the logarithmic view. */
const floorOf = ({ negatives }: Roc) => Math.max(0.001, 1 / Math.max(1, negatives));

/** One point for each of 200 columns of the picture: the highest there, since the curve only rises. */
function rowsOf({ falsePositiveRate, truePositiveRate, guarantee, negatives }: Roc, log: boolean): Row[] {
  const least = Math.max(0.001, 1 / Math.max(1, negatives));
  const columns = 200;
  const byColumn = new Map<number, Row>();
  falsePositiveRate.forEach((rate, i) => {
    const fpr = log ? Math.max(least, rate) : rate;
    const at = Math.round(columns * (log ? 1 - Math.log(fpr) / Math.log(least) : fpr));
    const tpr = Math.max(log ? least : 0, truePositiveRate[i] as number);
    const bound = guarantee && Math.min(1, Math.exp(guarantee.epsilon) * fpr + guarantee.delta);
    byColumn.set(at, { fpr, tpr, chance: fpr, ...(bound !== undefined && { bound }) });
  });
  return [...byColumn.values()].sort((a, b) => a.fpr - b.fpr);
}

function tprAt({ falsePositiveRate, truePositiveRate }: Roc, level: number): number {
  return truePositiveRate.reduce((best, tpr, i) => ((falsePositiveRate[i] as number) <= level ? Math.max(best, tpr) : best), 0);
}
