/** What one of the measurements has given so far: the ratio to remember, charts, every number, what is missing, and the JSON. */
import { memo, useCallback, useMemo, useState } from 'react';
import type { BenchName } from '../../lab/bench.ts';
import { said } from '../../languages/said.ts';
import { BarsPanel } from '../../panels/bars.tsx';
import { CurvePanel } from '../../panels/curve.tsx';
import { CellTable, PanelMenu } from '../../panels/frame.tsx';
import type { Measured } from '../../store/bench-state.ts';
import { barsOf, cellsOf, curvesOf, gapInWords, headlinesOf } from '../../store/bench-view.ts';
import { texts } from '../../store/texts.ts';
import { useBench } from '../lab-context.ts';
import { watch } from '../on-screen.ts';
import { FigureSaveMenu, type FigureToSave } from '../save/figure-menu.tsx';
import { machine } from './machine.tsx';
import { ReportButtons } from './report.tsx';

export function Results({ bench }: { readonly bench: BenchName }) {
  const found = useBench((state) => state.measured[bench]);
  const measured = useMemo(() => found && { ...found, gaps: found.gaps.map((gap) => ({ ...gap, why: said(gap.why) })) }, [found]);
  if (!found || !measured || measured.rows.length + measured.gaps.length === 0) return null;
  const { rows, gaps } = measured;
  const heading = texts.bench.headings[bench];
  return (
    <section className="bench-results" aria-label={heading} data-testid={`results-${bench}`}>
      <div className="bench-head">
        <h2>{heading}</h2>
        <ReportButtons bench={bench} measured={found} />
      </div>
      <Headlines bench={bench} measured={measured} />
      <Charts bench={bench} rows={rows} />
      {gaps.length > 0 && (
        <>
          <h3>{texts.bench.gaps}</h3>
          <ul className="bench-gaps">
            {gaps.map(gapInWords).map((says) => (
              <li key={says}>{says}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{texts.bench.every}</h3>
      <CellTable label={`${heading}: ${texts.bench.every}`} {...cellsOf(bench, rows)} />
    </section>
  );
}

function Headlines({ bench, measured }: { readonly bench: BenchName; readonly measured: Measured }) {
  return (
    <ul className="bench-headlines">
      {headlinesOf(bench, measured).map(({ id, says, about }) => (
        <li key={id} data-testid={`headline-${id}`}>
          <b>{says}</b> <span className="bench-says">{about}</span>
        </li>
      ))}
    </ul>
  );
}

/** How many networks are measured, and so where charts are marked from the start: nothing moves when the next one comes. */
const networks = [1, 4, 16, 64];

const Charts = memo(function Charts({ bench, rows }: { readonly bench: BenchName } & Pick<Measured, 'rows'>) {
  const [width, setWidth] = useState(0);
  // All charts are as wide as the first one.
  const room = useCallback((element: HTMLDivElement | null) => {
    return element ? watch(element, (seen) => setWidth((before) => seen.width ?? before)) : undefined;
  }, []);
  return (
    <div className="bench-charts">
      {figuresOf(bench, rows).map((figure, index) => (
        <div key={figure.title} ref={index === 0 ? room : null}>
          <PanelMenu value={<FigureSaveMenu figure={figure} />}>{figure.panel(width)}</PanelMenu>
        </div>
      ))}
    </div>
  );
});

function figuresOf(bench: BenchName, rows: Measured['rows']): FigureToSave[] {
  const from = [...new Set(rows.map(({ backend }) => backend)), texts.save.cores(machine.cores)];
  const about = (title: string, at: number) => ({ title, name: `bench-${bench}-${at + 1}`, from });
  if (bench === 'stack')
    return curvesOf(rows).map((curve, at) => ({
      ...about(curve.title, at),
      panel: (width) => <CurvePanel evidence={curve} width={width} factors={networks} />,
      table: () => ({
        columns: ['series', curve.xLabel, curve.yLabel],
        rows: curve.lines.flatMap(({ name, x, y }) => x.map((networks, i) => [name, networks, y[i]])),
      }),
    }));
  return barsOf(rows).map((bars, at) => ({
    ...about(bars.title, at),
    panel: (width) => <BarsPanel {...bars} unit={texts.bench.secondsUnit} width={width} />,
    table: () => ({ columns: ['name', 'seconds'], rows: bars.bars.map(({ name, value }) => [name, value]) }),
  }));
}
