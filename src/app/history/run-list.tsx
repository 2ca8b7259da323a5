/** The list of kept runs, the newest first, each with its headline numbers and where it was run. */
import { Button } from '@mantine/core';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { said } from '../../languages/said.ts';
import { metricText } from '../../panels/format.ts';
import { headlinesIn } from '../../store/history-compare.ts';
import { isOwn, type KeptRun } from '../../store/history-run.ts';
import { mostPinned } from '../../store/history-store.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { Mark } from '../marks.tsx';
import { kept } from './kept.ts';
import { attackTitle, changesOf, fullNameOf, laneTitle, titleOf, whenOf } from './run-names.ts';

/** As many as are drawn without anybody noticing. */
const mostAtOnce = 40;

export function RunList({ runs, pinned }: { readonly runs: readonly KeptRun[]; readonly pinned: number }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [said, setSaid] = useState('');
  const [all, setAll] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (all) list.current?.children[mostAtOnce]?.querySelector('a')?.focus(); // the button that was pressed is gone
  }, [all]);
  const remove = useCallback(async (run: KeptRun, name: string) => {
    // What had the focus goes with the run.
    heading.current?.focus();
    await kept.getState().remove(run.id);
    setSaid(texts.history.deleted(name));
  }, []);
  const removeAll = async () => {
    heading.current?.focus();
    await kept.getState().removeAll();
    setSaid(texts.history.deletedAll);
  };
  return (
    <section className="history-list" aria-label={texts.history.list(runs.length)}>
      <div className="history-head">
        <h2 ref={heading} tabIndex={-1}>
          {texts.history.list(runs.length)}
        </h2>
        {runs.length > 0 && <DeleteAll count={runs.length} onDelete={removeAll} />}
      </div>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {runs.length === 0 && (
        <p>
          {texts.history.none} <a href="#/run">{texts.history.runOne}</a>
        </p>
      )}
      {pinned >= mostPinned && <p className="history-hint">{texts.history.full4}</p>}
      <ol ref={list} className="kept-runs" data-testid="kept-runs">
        {(all ? runs : runs.slice(0, mostAtOnce)).map((run) => (
          <RunRow key={run.id} run={run} canPin={run.pinned || pinned < mostPinned} onDelete={remove} />
        ))}
      </ol>
      {!all && runs.length > mostAtOnce && (
        <Button size="xs" variant="default" className="kept-more" onClick={() => setAll(true)}>
          {texts.history.more(runs.length - mostAtOnce)}
        </Button>
      )}
    </section>
  );
}

/** Asks once more, in its own place. */
function DeleteAll({ count, onDelete }: { readonly count: number; readonly onDelete: () => void }) {
  const [asking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!asking)
    return (
      <Button ref={button} size="xs" variant="default" data-testid="delete-all" onClick={() => setAsking(true)}>
        {texts.history.deleteAll}
      </Button>
    );
  return (
    <fieldset className="history-confirm" aria-label={texts.history.deleteAll}>
      <span>{texts.history.sure(count)}</span>
      <Button size="xs" data-testid="delete-all-yes" onClick={onDelete}>
        {texts.history.yes}
      </Button>
      {/* What does no harm has the focus. */}
      <Button size="xs" variant="default" autoFocus onClick={() => setAsking(false)}>
        {texts.history.no}
      </Button>
    </fieldset>
  );
}

interface RowProps {
  readonly run: KeptRun;
  readonly canPin: boolean;
  readonly onDelete: (run: KeptRun, name: string) => void;
}

const RunRow = memo(function RunRow({ run, canPin, onDelete }: RowProps) {
  const { catalog, scenarios, store } = useLabParts();
  const { provenance, experiment } = run;
  const name = fullNameOf(run, scenarios);
  const { pin } = kept.getState();
  const open = () => {
    const lab = store.getState();
    // No link holds own data: one that is the same is then not the same experiment.
    if (run.link !== lab.link() || isOwn(lab.experiment) === isOwn(experiment)) return;
    lab.open(run.link);
    lab.begin();
  };
  return (
    <li className="kept-run" data-testid="kept-run" data-seed={experiment.seed}>
      <div className="kept-what">
        <h3>
          <a href={run.link} title={texts.history.openSays} onClick={open}>
            {titleOf(run, scenarios)}
          </a>
        </h3>
        <p>{texts.history.attack(attackTitle(run, catalog), experiment.seed)}</p>
        {run.changed && <p>{texts.history.changed(changesOf(run, scenarios, catalog))}</p>}
        {isOwn(experiment) && <p>{texts.history.own}</p>}
      </div>
      <div className="kept-lanes">
        {experiment.lanes.map((_, lane) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
          <LaneNumbers key={lane} run={run} lane={lane} />
        ))}
      </div>
      <p className="kept-where" title={texts.history.provenance(provenance)}>
        <time dateTime={provenance.at}>{whenOf(run)}</time> {texts.history.where(provenance)}
      </p>
      <div className="kept-buttons">
        <Button
          size="xs"
          variant={run.pinned ? 'filled' : 'default'}
          aria-label={run.pinned ? texts.history.unpinRun(name) : texts.history.pinRun(name)}
          disabled={!canPin}
          onClick={() => pin(run.id, !run.pinned)}
        >
          {run.pinned ? texts.history.unpin : texts.history.pin}
        </Button>
        <Button size="xs" variant="default" aria-label={texts.history.deleteRun(name)} onClick={() => onDelete(run, name)}>
          {texts.history.delete}
        </Button>
      </div>
    </li>
  );
});

function LaneNumbers({ run, lane }: { readonly run: KeptRun; readonly lane: number }) {
  const { catalog } = useLabParts();
  const defended = (run.experiment.lanes[lane]?.defenses.length ?? 0) > 0;
  return (
    <div className="kept-lane">
      <h4>
        <Mark of={defended ? 'defense' : 'attack'} size={13} /> {laneTitle(run, lane, catalog)}
      </h4>
      {headlinesIn(run, catalog).map((name) => {
        const metric = run.metrics[lane]?.[name];
        if (metric?.value == null) return null;
        return (
          <p key={name} title={said(metric.how)}>
            {texts.metrics[name].name} <b>{metricText(name, metric.value)}</b>{' '}
            {metric.low !== null && metric.high !== null && metric.low !== metric.high && (
              <small>{texts.history.interval(metricText(name, metric.low), metricText(name, metric.high))}</small>
            )}
          </p>
        );
      })}
    </div>
  );
}
