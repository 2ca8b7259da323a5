/** How every chart is drawn: the same height, margins, small readable ticks, nothing that moves by itself. */
import { short } from './format.ts';

const tick = { fontSize: 11, fill: 'var(--ink-soft)' };
const label = { fontSize: 11, fill: 'var(--ink-soft)' };

export const chart = {
  responsive: true,
  style: { width: '100%', height: 'var(--chart-height)' },
  margin: { top: 6, right: 10, bottom: 14, left: 4 },
  // The frame around it describes the chart in one sentence; a second focusable tree would only repeat it.
  accessibilityLayer: false,
} as const;

export const grid = { stroke: 'var(--line)', strokeDasharray: '2 4' } as const;

export const axis = {
  x: (value: string) =>
    ({
      tick,
      stroke: 'var(--line-strong)',
      tickFormatter: short,
      tickCount: 5,
      height: 22,
      minTickGap: 14,
      label: { value, position: 'insideBottom', offset: -8, ...label },
    }) as const,
  y: (value: string) =>
    ({
      tick,
      stroke: 'var(--line-strong)',
      tickFormatter: short,
      tickCount: 5,
      width: 50,
      label: { value, angle: -90, position: 'insideLeft', offset: 4, style: { textAnchor: 'middle' }, ...label },
    }) as const,
  chance: { stroke: 'var(--ink-soft)', strokeDasharray: '3 3' },
};
