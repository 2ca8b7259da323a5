/** Where the scores of two or more groups lie, one over the other: the first filled, the others hatched and dashed. */
import { useId } from 'react';
import type { Histogram } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { Plot } from './plot.tsx';
import { lookOf } from './strokes.ts';

export function HistogramPanel({ evidence }: { readonly evidence: Histogram }) {
  const { title, xLabel, edges, groups } = evidence;
  const hatch = useId();
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
      <Plot
        x={{ label: xLabel, min: edges[0] ?? 0, max: edges.at(-1) ?? 1 }}
        y={{ label: '', min: 0, max: Math.max(1, ...groups.flatMap(({ counts }) => counts)) }}
        lines={groups.map(({ counts }, group) => ({
          x: edges,
          y: counts,
          stairs: true,
          color: lookOf(group).color,
          dash: lookOf(group).dash,
          width: 1.5,
          fill: group === 0 ? lookOf(group).color : group === 1 ? `url(#${hatch})` : 'none',
          fillOpacity: group === 0 ? 0.3 : 0.6,
        }))}
        defs={
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line x1="0" y1="0" x2="0" y2="6" stroke="var(--model)" strokeWidth="2.5" />
            </pattern>
          </defs>
        }
      />
    </Frame>
  );
}
