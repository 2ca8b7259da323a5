/**
 * How many members an attack catches for how many false alarms. The logarithmic view shows where attacks on privacy count:
 * few false alarms (Carlini et al. 2022).
 */
import type { Roc } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { percent, short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import { Plot, type PlotLine } from './plot.tsx';

export type RocScale = 'linear' | 'log';

interface RocProps {
  readonly evidence: Roc;
  /** The same for all lanes, so that they can be compared. */
  readonly scale: RocScale;
  readonly onScale: (scale: RocScale) => void;
  readonly color: string;
}

export function RocPanel({ evidence, scale, onScale, color }: RocProps) {
  const { title, guarantee } = evidence;
  const log = scale === 'log';
  const least = log ? floorOf(evidence) : 0;
  const points = pointsOf(evidence, log);
  const x = points.map(({ fpr }) => fpr);
  const lines: PlotLine[] = [
    { x, y: x, color: 'var(--ink-soft)', dash: '3 3', width: 1 },
    { x, y: points.map(({ tpr }) => tpr), color, width: 2.5 },
  ];
  const items: LegendItem[] = [
    { name: texts.panel.attack, color, dash: undefined },
    { name: texts.panel.chance, color: 'var(--ink-soft)', dash: '3 3' },
  ];
  if (guarantee) {
    const { epsilon, delta } = guarantee;
    const look = { color: 'var(--defense)', dash: '9 3 2 3' };
    lines.unshift({ x, y: x.map((fpr) => Math.min(1, Math.exp(epsilon) * fpr + delta)), width: 1.5, ...look });
    items.push({ name: texts.panel.guarantee(epsilon), ...look });
  }
  const bounds = { min: least, max: 1, log, ...(!log && { ticks: [0, 0.25, 0.5, 0.75, 1] }) };
  const told = [0.01, 0.1].map((level): [string, string] => [percent(level), percent(tprAt(evidence, level))]);
  return (
    <Frame
      title={title}
      description={texts.panel.roc(title, told)}
      cells={() => ({
        columns: [texts.panel.falsePositiveRate, texts.panel.truePositiveRate],
        rows: points.map(({ fpr, tpr }) => [short(fpr), short(tpr)]),
      })}
      aside={<ScaleToggle title={title} scale={scale} onScale={onScale} />}
    >
      <Legend items={items} />
      <Plot
        x={{ label: texts.panel.falsePositiveRate, ...bounds }}
        y={{ label: texts.panel.truePositiveRate, ...bounds }}
        lines={lines}
      />
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
function pointsOf(evidence: Roc, log: boolean): { readonly fpr: number; readonly tpr: number }[] {
  const { falsePositiveRate, truePositiveRate } = evidence;
  const least = floorOf(evidence);
  const byColumn = new Map<number, { fpr: number; tpr: number }>();
  falsePositiveRate.forEach((rate, i) => {
    const fpr = log ? Math.max(least, rate) : rate;
    const column = Math.round(200 * (log ? 1 - Math.log(fpr) / Math.log(least) : fpr));
    byColumn.set(column, { fpr, tpr: truePositiveRate[i] as number });
  });
  return [...byColumn.values()].sort((a, b) => a.fpr - b.fpr);
}

function tprAt({ falsePositiveRate, truePositiveRate }: Roc, level: number): number {
  return truePositiveRate.reduce((best, tpr, i) => ((falsePositiveRate[i] as number) <= level ? Math.max(best, tpr) : best), 0);
}
