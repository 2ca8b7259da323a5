/** The question of the scenario and, as soon as there is one, the answer in one sentence. */
import { useMemo } from 'react';
import { find } from '../core/experiment.ts';
import { said } from '../languages/said.ts';
import { metricText } from '../panels/format.ts';
import { missesOf, promisesOf } from '../store/band.ts';
import { watched } from '../store/lab-store.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts, useLecture } from './lab-context.ts';
import { useView } from './lecture/use-view.ts';
import { Mark } from './marks.tsx';
import { WholeNumbers } from './whole-numbers.tsx';

export function VerdictBanner() {
  const { scenarios } = useLabParts();
  const scenario = find(
    scenarios,
    'scenario',
    useLab((state) => state.preset),
  );
  const { seed, lanes } = useLab((state) => watched(state).experiment ?? state.experiment);
  const verdict = useLab((state) => watched(state).evidence.verdict);
  const status = useLab((state) => state.run.status);
  const watching = useLab((state) => state.watching);
  const view = useView();
  const covered = !view.defended || view.covered.undefended || view.covered.defended;
  const { enter, switchDefense } = useLecture((state) => state);
  const waiting = status === 'idle' || status === 'stopped' || status === 'failed' ? texts.verdict[status] : scenario.says;
  return (
    <section className="verdict" aria-label={texts.verdict.heading}>
      <div className="verdict-head">
        <h2>{scenario.title}</h2>
        {lanes.length > 1 && <p>{texts.lane.same(seed)}</p>}
      </div>
      <div data-testid="verdict" data-watching={watching}>
        {verdict?.kind === 'verdict' && !covered ? (
          <WholeNumbers text={said(verdict.sentence)} />
        ) : (
          <span className="verdict-waiting">{waiting}</span>
        )}
      </div>
      {/* There from the start, though it says nothing new yet: nothing moves when the verdict arrives. */}
      <Unusual />
      <div className="verdict-foot">
        <details className="verdict-about">
          <summary className="verdict-more">{texts.verdict.about}</summary>
          <p>{scenario.says}</p>
          {scenario.seconds && <p>{texts.verdict.seconds(scenario.seconds)}</p>}
          <h3>{texts.verdict.story}</h3>
          <ol className="story">
            {scenario.story.map(({ say, ask }) => (
              <li key={say}>
                {say} {ask && <em>{ask}</em>}
              </li>
            ))}
          </ol>
          <h3>{texts.verdict.notes}</h3>
          <p>{scenario.notes}</p>
        </details>
        <div className="verdict-lead">
          {lanes.some(({ defenses }) => defenses.length > 0) && (
            <button type="button" aria-pressed={view.defended} onClick={() => switchDefense(view.defended)}>
              <Mark of="defense" size={14} /> {texts.lecture.keys.defense} <kbd>D</kbd>
            </button>
          )}
          <button type="button" data-testid="story-begin" onClick={() => enter('story')}>
            {texts.lecture.begin}
          </button>
          <button type="button" data-testid="present-begin" onClick={() => enter('present')}>
            {texts.lecture.present} <kbd>P</kbd>
          </button>
        </div>
      </div>
    </section>
  );
}

/** A live run that did not come out as the scenario promises: chance, or something is wrong. Said, with two ways on. */
function Unusual() {
  const { store, catalog, scenarios } = useLabParts();
  const preset = useLab((state) => state.preset);
  const run = useLab((state) => state.run);
  const scenario = find(scenarios, 'scenario', preset);
  const misses = useMemo(
    () => (run.status === 'finished' ? missesOf(promisesOf(scenario), catalog, run) : []),
    [scenario, catalog, run],
  );
  if (misses.length === 0) return null;
  const told = misses.map(({ lane, metric, value, low, high }) =>
    texts.unusual.miss(
      said(lane),
      texts.metrics[metric].name,
      metricText(metric, value),
      metricText(metric, low),
      metricText(metric, high),
    ),
  );
  const anotherSeed = () => {
    store.getState().edit((experiment) => ({ ...experiment, seed: experiment.seed + 1 }));
    store.getState().begin();
  };
  return (
    <div className="verdict-unusual" role="status" data-testid="unusual">
      <p>
        <b>{texts.unusual.title}</b> {told.join(' ')}
      </p>
      <button type="button" onClick={() => store.getState().watch('recorded')}>
        {texts.unusual.recorded}
      </button>
      <button type="button" onClick={anotherSeed}>
        {texts.unusual.another}
      </button>
    </div>
  );
}
