/** Where the scores of two or more groups lie, one over the other: the first filled, the others hatched and dashed. */
import { memo, useId, useMemo } from 'react';
import { Area } from 'recharts';
import type { Histogram } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { most, roundTicks, useAxis } from './axis.ts';
import { Chart, type ChartRow, still } from './chart.tsx';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { lookOf } from './strokes.ts';

interface HistogramProps {
  readonly evidence: Histogram;
  readonly width: number;
}

export const HistogramPanel = memo(function HistogramPanel({ evidence, width }: HistogramProps) {
  const { title, xLabel, edges, groups } = evidence;
  const hatch = useId();
  const rows = useMemo(() => rowsOf(evidence), [evidence]);
  const [left, right] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const top = Math.max(1, most(groups.flatMap(({ counts }) => counts)));
  const x = useAxis(xLabel, left, right, roundTicks(left, right, width < 260 ? 4 : 6));
  const y = useAxis(texts.panel.count, 0, top, roundTicks(0, top, 5));
  const summary = groups.map(({ name, counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    const middle = (bin: number) => ((edges[bin] as number) + (edges[bin + 1] as number)) / 2;
    const mean = counts.reduce((sum, count, bin) => sum + count * middle(bin), 0) / Math.max(1, total);
    return texts.panel.histogramGroup(name, total, short(mean));
  });
  return (
    <Frame
      title={title}
      description={texts.panel.histogram(title, summary.join('; '))}
      cells={() => ({
        columns: [texts.panel.from, texts.panel.to, ...groups.map(({ name }) => name)],
        rows: (groups[0]?.counts ?? []).map((_, bin) => [
          short(edges[bin] as number),
          short(edges[bin + 1] as number),
          ...groups.map(({ counts }) => counts[bin] as number),
        ]),
      })}
    >
      <Legend items={groups.map(({ name }) => ({ name }))} />
      <Chart width={width} rows={rows} x={x} y={y}>
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" stroke="var(--model)" strokeWidth="2.5" />
          </pattern>
        </defs>
        {groups.map((_, group) => (
          <Area
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
            key={group}
            type="stepAfter"
            dataKey={`y${group}`}
            stroke={lookOf(group).color}
            strokeDasharray={lookOf(group).dash ?? 'none'}
            strokeWidth={1.5}
            fill={group === 0 ? lookOf(group).color : group === 1 ? `url(#${hatch})` : 'none'}
            fillOpacity={group === 0 ? 0.3 : 0.6}
            {...still}
          />
        ))}
      </Chart>
    </Frame>
  );
});

/** A step for each bin. The last edge closes the last bin, so it repeats its count. */
function rowsOf({ edges, groups }: Histogram): ChartRow[] {
  return edges.map((x, bin) => ({
    x,
    ...Object.fromEntries(groups.map(({ counts }, group) => [`y${group}`, counts[Math.min(bin, counts.length - 1)] ?? 0])),
  }));
}
