/**
 * Axes and lines as one plain SVG. It is drawn several times a second in a dozen places while every core is busy training, so it
 * is nothing but a function of its numbers: one redraw is a millisecond or two, where a chart library took sixty.
 */
import { memo, useEffect, useRef, useState } from 'react';
import { short } from './format.ts';
import { placeOf, type Scale, ticksOf } from './scale.ts';

interface PlotAxis extends Scale {
  readonly label: string;
  readonly ticks?: readonly number[];
}

export interface PlotLine {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly color: string;
  readonly dash?: string | undefined;
  readonly width?: number;
  /** Drawn as stairs, each as wide as the gap to the next x, and closed at the bottom. */
  readonly stairs?: boolean;
  readonly fill?: string;
  readonly fillOpacity?: number;
}

interface PlotProps {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly lines: readonly PlotLine[];
  readonly defs?: React.ReactNode;
}

const height = 148;
const margin = { top: 8, right: 12, bottom: 32, left: 48 };
const bottom = height - margin.bottom;

export const Plot = memo(function Plot({ x, y, lines, defs }: PlotProps) {
  const [frame, width] = useWidth();
  const right = Math.max(margin.left + 40, width - margin.right);
  const across = (value: number) => placeOf(x, value, margin.left, right);
  const up = (value: number) => placeOf(y, value, bottom, margin.top);
  return (
    <div ref={frame} className="plot">
      <svg width={width} height={height} aria-hidden="true">
        {defs}
        {(x.ticks ?? ticksOf(x, right - margin.left < 200 ? 4 : 6)).map((tick) => (
          <g key={tick}>
            <line className="plot-grid" x1={across(tick)} x2={across(tick)} y1={margin.top} y2={bottom + 4} />
            <text className="plot-tick" x={across(tick)} y={bottom + 15} textAnchor="middle">
              {short(tick)}
            </text>
          </g>
        ))}
        {(y.ticks ?? ticksOf(y, 5)).map((tick) => (
          <g key={tick}>
            <line className="plot-grid" x1={margin.left - 4} x2={right} y1={up(tick)} y2={up(tick)} />
            <text className="plot-tick" x={margin.left - 7} y={up(tick) + 4} textAnchor="end">
              {short(tick)}
            </text>
          </g>
        ))}
        <path className="plot-axes" d={`M${margin.left} ${margin.top}V${bottom}H${right}`} />
        {lines.map((line, index) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            key={index}
            d={line.stairs ? stairsOf(line, across, up) : pathOf(line, across, up)}
            fill={line.fill ?? 'none'}
            fillOpacity={line.fillOpacity}
            stroke={line.color}
            strokeWidth={line.width ?? 2}
            strokeDasharray={line.dash}
            strokeLinejoin="round"
          />
        ))}
        <text className="plot-label" x={width / 2} y={height - 3} textAnchor="middle">
          {x.label}
        </text>
        <text className="plot-label" transform={`translate(11 ${(margin.top + bottom) / 2}) rotate(-90)`} textAnchor="middle">
          {y.label}
        </text>
      </svg>
    </div>
  );
});

type Place = (value: number) => number;

function pathOf({ x, y }: PlotLine, across: Place, up: Place): string {
  return x.map((value, i) => `${i === 0 ? 'M' : 'L'}${across(value).toFixed(1)} ${up(y[i] as number).toFixed(1)}`).join('');
}

function stairsOf({ x, y }: PlotLine, across: Place, up: Place): string {
  const steps = y.map((value, i) => `V${up(value).toFixed(1)}H${across(x[i + 1] ?? (x[i] as number)).toFixed(1)}`);
  return `M${across(x[0] ?? 0).toFixed(1)} ${bottom}${steps.join('')}V${bottom}`;
}

/** Text in a picture must not stretch with it, so the picture is drawn for the width that it has. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(200);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
