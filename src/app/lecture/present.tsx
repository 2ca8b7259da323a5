/** For a room: the numbers large, a picture a lane, one sentence, and nothing else. Led by a clicker's keys. */
import { memo, useEffect, useRef } from 'react';
import { axes } from '../../core/attack.ts';
import type { MetricName, MetricValue } from '../../core/event.ts';
import { find } from '../../core/experiment.ts';
import { said } from '../../languages/said.ts';
import { metricText } from '../../panels/format.ts';
import { TallCharts } from '../../panels/tall-charts.ts';
import { watched } from '../../store/lab-store.ts';
import { headlinesOf } from '../../store/lecture.ts';
import { overviewOf } from '../../store/run-state.ts';
import { texts } from '../../store/texts.ts';
import { inOrder } from '../evidence-order.ts';
import { EvidenceSlot } from '../evidence-slot.tsx';
import { useLab, useLabParts, useLecture } from '../lab-context.ts';
import { ownNameOf } from '../lane-name.ts';
import { arrowPaths, LoopPicture } from '../loop-picture.tsx';
import { Mark } from '../marks.tsx';
import { WholeNumbers } from '../whole-numbers.tsx';
import { Guess } from './guess.tsx';
import { PresentBar } from './present-bar.tsx';
import { useSteps, useView } from './use-view.ts';
import './lecture.css';

export default function Present() {
  const { scenarios } = useLabParts();
  const preset = useLab((state) => state.preset);
  const lanes = useLab((state) => (watched(state).experiment ?? state.experiment).lanes);
  const watching = useLab((state) => state.watching);
  const verdict = useLab((state) => watched(state).evidence.verdict);
  const at = useLecture((state) => state.step);
  const { blank, toggleBlank } = useLecture((state) => state);
  const steps = useSteps();
  const running = useLab((state) => state.watching === 'live' && state.run.status === 'running');
  const share = useLab((state) => overviewOf(state.run).share);
  const { defended, covered } = useView();
  const room = useRef<HTMLElement>(null);
  useEffect(() => room.current?.focus(), []);
  const step = steps[at];
  const shown = lanes.flatMap((lane, i) => (lane.defenses.length === 0 || defended ? [i] : []));
  const isOver = step?.focus === 'verdict' && verdict?.kind === 'verdict' && !covered.defended;
  return (
    <main ref={room} className="present" data-testid="present" tabIndex={-1}>
      {blank ? (
        <button type="button" className="present-blank" aria-label={texts.lecture.unblank} onClick={toggleBlank} />
      ) : (
        <>
          <header className="present-head">
            <h1>{find(scenarios, 'scenario', preset).title}</h1>
            <span>{running ? texts.lecture.running(Math.round(100 * share)) : texts.watching[watching]}</span>
            <span>{texts.lecture.at(at + 1, steps.length)}</span>
          </header>
          <div className={shown.length > 2 ? 'present-lanes present-many' : 'present-lanes'}>
            {shown.map((lane) => (
              <PresentLane key={lane} lane={lane} narrow={shown.length > 2} />
            ))}
          </div>
          <div className={isOver ? 'present-says present-over' : 'present-says'} aria-live="polite">
            {isOver && verdict.kind === 'verdict' && (
              <p className="present-verdict">
                <WholeNumbers text={said(verdict.sentence)} />
              </p>
            )}
            <p>
              {step?.say} {step?.ask && <em>{step.ask}</em>}
            </p>
            <Guess key={at} />
          </div>
        </>
      )}
      <LabBar />
    </main>
  );
}

/** Beside what any presenter has: the defense, and the recorded run. */
function LabBar() {
  const { store, lecture } = useLabParts();
  const watching = useLab((state) => state.watching);
  const { defended } = useView();
  const { keys } = texts.lecture;
  return (
    <PresentBar lecture={lecture} subject={() => store.getState().preset}>
      <button type="button" aria-pressed={defended} onClick={() => lecture.getState().switchDefense(defended)}>
        {keys.defense} <kbd>D</kbd>
      </button>
      <button type="button" onClick={() => store.getState().watch(watching === 'live' ? 'recorded' : 'live')}>
        {watching === 'live' ? keys.recorded : keys.live} <kbd>R</kbd>
      </button>
    </PresentBar>
  );
}

/** @param narrow whether it is one of many, with no room for a chart */
const PresentLane = memo(function PresentLane({ lane, narrow }: { readonly lane: number; readonly narrow: boolean }) {
  const { catalog } = useLabParts();
  const { covered } = useView();
  const { name, defenses } = useLab((state) => (watched(state).experiment ?? state.experiment).lanes[lane]) ?? noLane;
  const attackId = useLab((state) => (watched(state).experiment ?? state.experiment).attack.id);
  const metrics = useLab((state) => watched(state).lanes[lane]?.metrics) ?? {};
  const evidence = useLab((state) => watched(state).lanes[lane]?.evidence) ?? {};
  const isDefended = defenses.length > 0;
  const isCovered = isDefended ? covered.defended : covered.undefended;
  const tone = isDefended ? 'defense' : 'attack';
  const titles = defenses.map(({ id }) => find(catalog.defenses, 'defense', id).title).join(' + ');
  const ownName = ownNameOf(said(name), titles);
  const attack = find(catalog.attacks, 'attack', attackId);
  const [leakage, accuracy] = headlinesOf(attack);
  // What a defense of gradients costs is told by what they are still worth: nothing has been trained with them yet.
  const names = [leakage, attack.access === 'shared-gradients' ? 'gradientCosine' : accuracy] as const;
  // The plain loss is another, weaker attack than the one whose number stands above.
  const [picture] = inOrder(evidence)
    .filter(([id]) => !(id === 'leakage' && evidence.roc))
    .filter(([, { kind }]) => !narrow || kind === 'images' || kind === 'text');
  const says = (name: MetricName) => {
    const value = metrics[name]?.value;
    return isCovered || value == null ? '?' : metricText(name, value);
  };
  const hasNothing = isCovered || (!picture && metrics[leakage]?.value == null);
  return (
    <section className={`present-lane lane-${tone}`} aria-label={isDefended ? titles : texts.lane.none}>
      <h2>
        <Mark of={tone} size={26} /> {isDefended ? titles : texts.lane.none}
        {ownName && <small>{ownName}</small>}
      </h2>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dd>{says(name)}</dd>
            <dt>
              {texts.metrics[name].name}
              {metrics[name]?.chance !== undefined && !isCovered && (
                <small> {texts.lecture.chance(metricText(name, metrics[name].chance))}</small>
              )}
            </dt>
          </div>
        ))}
      </dl>
      {hasNothing && (
        <LoopPicture from={40} to={190}>
          {axes.map((axis) => (
            <path
              key={axis}
              className={axis === attack.axis ? 'loop-line' : 'present-other'}
              d={arrowPaths[axis]}
              strokeWidth={axis === attack.axis ? 7 : 1.5}
              markerEnd={`url(#${axis === attack.axis ? 'arrowhead' : 'arrowhead-idle'})`}
            />
          ))}
        </LoopPicture>
      )}
      {!picture && narrow && !hasNothing && metrics[leakage] && <Level metric={metrics[leakage]} />}
      {picture && !isCovered && (
        <TallCharts value={true}>
          <EvidenceSlot
            key={picture[0]}
            lane={lane}
            id={picture[0]}
            kind={picture[1].kind}
            rocScale="linear"
            onRocScale={nothing}
            color={`var(--${tone})`}
          />
        </TallCharts>
      )}
    </section>
  );
});

/** How much of all that there is, as a column from nothing to the most, with its interval; chance is a dashed line across. */
function Level({ metric: { value, low, high, chance, most = 1 } }: { readonly metric: MetricValue }) {
  if (value === null) return null;
  const at = (number: number) => `${(100 * Math.min(Math.max(number, 0), most)) / most}%`;
  return (
    <div className="present-level" aria-hidden="true">
      <i className="present-level-value" style={{ height: at(value) }} />
      {low !== null && high !== null && <i className="present-level-range" style={{ bottom: at(low), height: at(high - low) }} />}
      {chance !== undefined && <i className="present-level-chance" style={{ bottom: at(chance) }} />}
    </div>
  );
}

const noLane = { name: '', defenses: [] };
const nothing = () => undefined;
