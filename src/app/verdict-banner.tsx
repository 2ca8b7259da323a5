/** The question of the scenario and, as soon as there is one, the answer in one sentence. */
import { find } from '../core/experiment.ts';
import { watched } from '../store/lab-store.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';

export function VerdictBanner() {
  const { scenarios } = useLabParts();
  const scenario = find(
    scenarios,
    'scenario',
    useLab((state) => state.preset),
  );
  const seed = useLab((state) => (watched(state).experiment ?? state.experiment).seed);
  const verdict = useLab((state) => watched(state).evidence.verdict);
  const status = useLab((state) => state.run.status);
  const watching = useLab((state) => state.watching);
  const waiting = status === 'idle' || status === 'stopped' || status === 'failed' ? texts.verdict[status] : scenario.says;
  return (
    <section className="verdict" aria-label={texts.verdict.heading}>
      <div className="verdict-head">
        <h2>{scenario.title}</h2>
        <p>{texts.lane.same(seed)}</p>
      </div>
      <div data-testid="verdict" data-watching={watching}>
        {verdict?.kind === 'verdict' ? verdict.sentence : <span className="verdict-waiting">{waiting}</span>}
      </div>
      {/* There from the start, though it says nothing new yet: nothing moves when the verdict arrives. */}
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
    </section>
  );
}
