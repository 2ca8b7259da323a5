/** Pinned runs side by side: what differs, what happened, their numbers, leakage against accuracy, and what was brought home. */
import { Button } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import type { MetricName, MetricValue } from '../../core/event.ts';
import { said } from '../../languages/said.ts';
import { metricText } from '../../panels/format.ts';
import { PanelMenu } from '../../panels/frame.tsx';
import { ShapeMark } from '../../panels/shape-mark.tsx';
import { TradeOffPanel } from '../../panels/trade-off.tsx';
import { type ComparedMetric, comparedMetrics, differencesOf, type TradeOff, tradeOffsOf } from '../../store/history-compare.ts';
import type { KeptRun } from '../../store/history-run.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { watch } from '../on-screen.ts';
import { FigureSaveMenu, type FigureToSave } from '../save/figure-menu.tsx';
import { Finds } from './finds.tsx';
import { kept } from './kept.ts';
import { fullNameOf, laneLetter, laneTitle, titleOf, whenOf } from './run-names.ts';

/** @param runs two to four of them, the earliest first */
export function Compare({ runs }: { readonly runs: readonly KeptRun[] }) {
  const { catalog, scenarios } = useLabParts();
  const differences = differencesOf(runs);
  const { shared, single } = comparedMetrics(runs, catalog);
  return (
    <section className="compare" aria-label={texts.history.compare} data-testid="compare">
      <h2>{texts.history.compare}</h2>
      <div className="compare-top">
        <Pictures tradeOffs={tradeOffsOf(runs, catalog)} from={runs.map(sourceOf)} />
        <ol className="compare-runs">
          {runs.map((run, index) => (
            <Run key={run.id} run={run} index={index} />
          ))}
        </ol>
      </div>
      {/* It scrolls sideways where there is no room, so it must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs focus */}
      <fieldset className="compare-scroll" tabIndex={0} aria-label={texts.history.compare}>
        <table className="compare-table" data-count={runs.length}>
          <thead>
            <tr>
              <th scope="col">{texts.history.option}</th>
              {runs.map((run, index) => (
                <th key={run.id} scope="col">
                  {texts.history.numbered(index + 1, titleOf(run, scenarios))}
                </th>
              ))}
            </tr>
          </thead>
          <Group title={texts.history.differs} columns={runs.length} testId="differences">
            {differences.length === 0 && (
              <tr>
                <td colSpan={runs.length + 1}>{texts.history.alike}</td>
              </tr>
            )}
            {differences.map(({ path, values }) => (
              <tr key={path}>
                <th scope="row">
                  <code>{path}</code>
                </th>
                {values.map((value, run) => (
                  <td key={runs[run]?.id}>{value === null ? texts.history.notThere : value || texts.history.nothing}</td>
                ))}
              </tr>
            ))}
          </Group>
          <Group title={texts.history.numbers} columns={runs.length} testId="numbers">
            {shared.map((row) => (
              <MetricRow key={`${row.name} ${row.lane}`} row={row} runs={runs} />
            ))}
            {shared.length === 0 && (
              <tr>
                <td colSpan={runs.length + 1}>{texts.history.noShared}</td>
              </tr>
            )}
          </Group>
          {single.length > 0 && (
            <Group title={texts.history.single} columns={runs.length} testId="single">
              {single.map((row) => (
                <MetricRow key={`${row.name} ${row.lane}`} row={row} runs={runs} />
              ))}
            </Group>
          )}
        </table>
      </fieldset>
      <Finds runs={runs} />
    </section>
  );
}

function Run({ run, index }: { readonly run: KeptRun; readonly index: number }) {
  const { catalog, scenarios } = useLabParts();
  return (
    <li>
      <h3>
        <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
          <ShapeMark shape={index} x={0} y={0} />
        </svg>
        {texts.history.numbered(index + 1, titleOf(run, scenarios))}
        <Button
          size="compact-xs"
          variant="default"
          aria-label={texts.history.unpinRun(fullNameOf(run, scenarios))}
          onClick={() => kept.getState().pin(run.id, false)}
        >
          {texts.history.unpin}
        </Button>
      </h3>
      <p className="compare-what">
        {[
          texts.history.seedAndTime(run.experiment.seed, whenOf(run)),
          ...run.experiment.lanes.map((_, lane) => laneTitle(run, lane, catalog)),
        ].join(' · ')}
      </p>
      <p>{said(run.verdict)}</p>
    </li>
  );
}

interface GroupProps {
  readonly title: string;
  readonly columns: number;
  readonly testId: string;
  readonly children: ReactNode;
}

const Group = ({ title, columns, testId, children }: GroupProps) => (
  <tbody data-testid={testId}>
    <tr className="compare-group">
      <th scope="rowgroup" colSpan={columns + 1}>
        {title}
      </th>
    </tr>
    {children}
  </tbody>
);

function MetricRow({ row: { name, lane, values }, runs }: { readonly row: ComparedMetric; readonly runs: readonly KeptRun[] }) {
  return (
    <tr data-testid={`compared-${lane}-${name}`}>
      <th scope="row" title={texts.metrics[name].says}>
        {texts.history.metric(laneLetter(lane), texts.metrics[name].name)}
      </th>
      {values.map((metric, run) => (
        <td key={runs[run]?.id}>{metric ? <MeasuredCell name={name} metric={metric} /> : texts.history.notThere}</td>
      ))}
    </tr>
  );
}

function MeasuredCell({ name, metric }: { readonly name: MetricName; readonly metric: MetricValue }) {
  const { value, low, high, how } = metric;
  if (value === null) return <span title={said(how)}>{texts.history.noNumber}</span>;
  return (
    <span title={said(how)}>
      <b>{metricText(name, value)}</b>{' '}
      {low !== null && high !== null && low !== high && (
        <small>{texts.history.interval(metricText(name, low), metricText(name, high))}</small>
      )}
    </span>
  );
}

/** `1: membership / lira, seed 1`, as at the foot of any figure. */
const sourceOf = ({ preset, experiment }: KeptRun, index: number) =>
  texts.history.numbered(index + 1, `${preset} / ${experiment.attack.id}, ${texts.save.seed(experiment.seed)}`);

interface PicturesProps {
  readonly tradeOffs: readonly TradeOff[];
  /** Each run in a few words. */
  readonly from: readonly string[];
}

function Pictures({ tradeOffs, from }: PicturesProps) {
  const [width, setWidth] = useState(0);
  const room = useCallback((element: HTMLDivElement | null) => {
    return element ? watch(element, (seen) => setWidth((before) => seen.width ?? before)) : undefined;
  }, []);
  return (
    <div className="compare-pictures">
      {tradeOffs.length === 0 && <p className="history-hint">{texts.history.noPicture}</p>}
      {tradeOffs.map((tradeOff, index) => (
        <div key={`${tradeOff.leakage} ${tradeOff.utility}`} ref={index === 0 ? room : null}>
          <TradeOffPicture tradeOff={tradeOff} width={width} from={from} />
        </div>
      ))}
    </div>
  );
}

interface TradeOffPictureProps extends Pick<PicturesProps, 'from'> {
  readonly tradeOff: TradeOff;
  readonly width: number;
}

function TradeOffPicture({ tradeOff, width, from }: TradeOffPictureProps) {
  const { leakage, utility, chance, marks } = tradeOff;
  const [up, across] = [texts.metrics[leakage].name, texts.metrics[utility].name];
  const named = marks.map(({ run, lane, defended, ...pair }) => ({
    name: `${run + 1}${laneLetter(lane)}`,
    shape: run,
    color: defended ? 'var(--defense-text)' : 'var(--attack-text)',
    x: pair.utility,
    y: pair.leakage,
  }));
  const title = texts.history.against(up, across);
  const panel = (width: number) => (
    <TradeOffPanel
      title={title}
      xLabel={across}
      yLabel={up}
      chance={chance}
      width={width}
      textOf={{ x: (value) => metricText(utility, value), y: (value) => metricText(leakage, value) }}
      marks={named}
    />
  );
  const figure: FigureToSave = {
    title,
    name: `runs-${leakage}-${utility}`.toLowerCase(),
    from,
    panel,
    table: () => ({
      columns: ['mark', 'run', utility, `${utility} low`, `${utility} high`, leakage, `${leakage} low`, `${leakage} high`],
      rows: named.map(({ name, shape, x, y }) => [name, from[shape], x.value, x.low, x.high, y.value, y.low, y.high]),
    }),
  };
  return <PanelMenu value={<FigureSaveMenu figure={figure} />}>{panel(width)}</PanelMenu>;
}
