/** How far the run is, how long it will still take, and what it is computed on. */

import { said } from '../languages/said.ts';
import { Toggle } from '../panels/toggle.tsx';
import { benchLink } from '../store/link.ts';
import { overviewOf, type RunState } from '../store/run-state.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';
import { RunSaveMenu } from './save/run-menu.tsx';

export function RunBar() {
  const run = useLab((state) => state.run);
  const changed = useLab((state) => state.run.experiment !== null && state.run.experiment !== state.experiment);
  const watching = useLab((state) => state.watching);
  const { status } = run;
  const active = status === 'running' || status === 'paused';
  const share = status === 'finished' ? 1 : overviewOf(run).share;
  return (
    <section className="run-bar" data-testid="status" data-status={status}>
      <Watching />
      <progress className="run-progress" aria-label={texts.run.progress} max={1} value={share} />
      <span className="run-says">
        {watching === 'recorded' && active && `${texts.watching.underWay}: `}
        {active ? <Phase run={run} /> : saysOf(run)}
        {changed && <b className="run-changed">{texts.run.changed}</b>}
      </span>
      <RunSaveMenu />
      <BackendLine />
    </section>
  );
}

function Phase({ run }: { readonly run: RunState }) {
  const { phase, left } = overviewOf(run);
  const paused = run.status === 'paused';
  return (
    <>
      {paused && <b>{texts.run.status.paused}: </b>}
      {phase ? phase.split(' · ').map(said).join(' · ') : texts.run.starting}
      {!paused && left !== null && `, ${texts.run.left(left)}`}
    </>
  );
}

function saysOf({ status, took, failure }: RunState): string {
  if (status === 'finished' && took !== null) return texts.run.took(took);
  if (status === 'failed' && failure !== null) return texts.run.failed(said(failure));
  return texts.run.status[status];
}

function BackendLine() {
  const backend = useLab((state) => state.run.backend);
  const recovered = useLab((state) => state.run.recovered);
  const why = [...(backend?.ladder ?? []), ...recovered.map(texts.run.recovered)];
  return (
    <div className="backend" data-testid="backend">
      <span>{backend ? texts.backend.line(backend.name, backend.workers) : texts.backend.waiting}</span>{' '}
      <a href={benchLink}>{texts.bench.link}</a>
      {why.length > 0 && (
        <details>
          <summary>{texts.backend.why}</summary>
          <ul>
            {why.map((line) => (
              <li key={line}>{said(line)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Whether the recorded run of the scenario is shown or the live one. */
function Watching() {
  const { store } = useLabParts();
  const watching = useLab((state) => state.watching);
  return (
    <Toggle
      label={texts.watching.which}
      options={(['recorded', 'live'] as const).map((value) => ({ value, says: texts.watching[value] }))}
      value={watching}
      onChange={store.getState().watch}
    />
  );
}
