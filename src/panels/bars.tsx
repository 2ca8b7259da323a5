/** Amounts side by side as lying bars, each with its name above it and its value behind it, so that names may be long. */
import { Bar, BarChart, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts';
import { texts } from '../store/texts.ts';
import { most } from './axis.ts';
import { short } from './format.ts';
import { Frame } from './frame.tsx';

interface NamedBar {
  readonly name: string;
  readonly value: number;
  /** What the picture is about, in the colour of the page; what it is compared with is grey. */
  readonly ours: boolean;
}

interface BarsProps {
  readonly title: string;
  readonly bars: readonly NamedBar[];
  readonly unit: string;
  readonly width: number;
}

const rowHeight = 46;
const thickness = 18;
/** Room for the value behind the longest bar. */
const margin = { top: 0, right: 64, bottom: 4, left: 0 };

export function BarsPanel({ title, bars, unit, width }: BarsProps) {
  const textOf = ({ value }: NamedBar) => `${short(value)} ${unit}`;
  const rows = bars.map((bar, at) => ({ ...bar, at, fill: bar.ours ? 'var(--data)' : 'var(--line-strong)' }));
  return (
    <Frame
      title={title}
      description={texts.bench.bars(
        title,
        bars.map((bar) => texts.bench.bar(bar.name, textOf(bar))),
      )}
      cells={() => ({ columns: [texts.panel.name, unit], rows: bars.map(({ name, value }) => [name, short(value)]) })}
    >
      {width > 0 && (
        <BarChart
          layout="vertical"
          data={rows}
          width={width}
          height={rowHeight * bars.length + margin.bottom}
          margin={margin}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide height={0} domain={[0, most(bars.map(({ value }) => value))]} />
          <YAxis type="category" dataKey="at" hide width={0} />
          <Bar dataKey="value" barSize={thickness} isAnimationActive={false} activeBar={false} zIndex={0} />
          <Names bars={bars} textOf={textOf} />
        </BarChart>
      )}
    </Frame>
  );
}

function Names({ bars, textOf }: { readonly bars: readonly NamedBar[]; readonly textOf: (bar: NamedBar) => string }) {
  const area = usePlotArea();
  const [across, down] = [useXAxisScale(), useYAxisScale()];
  if (!area || !across || !down) return null;
  return (
    <g className="bar-names">
      {bars.map((bar, at) => {
        const middle = down(at, { position: 'middle' }) ?? 0;
        return (
          <g key={bar.name}>
            <text x={area.x} y={middle - thickness / 2 - 4}>
              {bar.name}
            </text>
            <text className="bar-value" x={(across(bar.value) ?? 0) + 6} y={middle + 5}>
              {textOf(bar)}
            </text>
          </g>
        );
      })}
    </g>
  );
}
