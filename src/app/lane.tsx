/** One lane: what it is defended with, leakage and accuracy always together, then the evidence. */
import { memo } from 'react';
import { dataOf } from '../core/access.ts';
import { type MetricName, metricNames } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import { said } from '../languages/said.ts';
import { MetricCard } from '../panels/metric.tsx';
import type { RocScale } from '../panels/roc.tsx';
import { watched } from '../store/lab-store.ts';
import { headlinesOf } from '../store/lecture.ts';
import { texts } from '../store/texts.ts';
import { inOrder } from './evidence-order.ts';
import { EvidenceSlot } from './evidence-slot.tsx';
import { InfoButton } from './info/info-button.tsx';
import { useLab, useLabParts } from './lab-context.ts';
import { ownNameOf } from './lane-name.ts';
import { useView } from './lecture/use-view.ts';
import { Mark } from './marks.tsx';

interface LaneProps {
  readonly lane: number;
  readonly rocScale: RocScale;
  readonly onRocScale: (scale: RocScale) => void;
}

export const LaneColumn = memo(function LaneColumn({ lane, rocScale, onRocScale }: LaneProps) {
  const { catalog } = useLabParts();
  const { name, defenses } = useLab((state) => (watched(state).experiment ?? state.experiment).lanes[lane]) ?? emptyLane;
  const attackId = useLab((state) => (watched(state).experiment ?? state.experiment).attack.id);
  const attack = find(catalog.attacks, 'attack', attackId);
  const { family } = attack;
  const [headline, accuracy] = headlinesOf(attack);
  // The same number under its other name.
  const repeated: MetricName = accuracy === 'cleanAccuracy' ? 'testAccuracy' : 'cleanAccuracy';
  const metrics = useLab((state) => watched(state).lanes[lane]?.metrics) ?? {};
  const evidence = useLab((state) => watched(state).lanes[lane]?.evidence) ?? {};
  const notes = useLab((state) => watched(state).lanes[lane]?.notes) ?? [];
  const defended = defenses.length > 0;
  const view = useView();
  const covered = defended ? view.covered.defended : view.covered.undefended;
  const titles = defenses.map(({ id }) => find(catalog.defenses, 'defense', id).title).join(' + ');
  const title = `${String.fromCharCode(65 + lane)}: ${defended ? titles : texts.lane.none}`;
  const ownName = ownNameOf(said(name), titles);
  const tone = defended ? 'defense' : 'attack';
  const shown = inOrder(evidence);
  return (
    <section className={`lane lane-${tone}`} data-testid={`lane-${lane}`} aria-label={texts.lane.of(said(name))}>
      <div className="lane-head">
        <h3>
          <Mark of={tone} /> {title}
        </h3>
        {ownName && <p className="lane-name">{ownName}</p>}
        {covered ? (
          <p className="lane-covered">{texts.lecture.covered}</p>
        ) : (
          <div className="headlines">
            <MetricCard
              lane={lane}
              name={headline}
              metric={metrics[headline]}
              about={aboutMetric(headline)}
              headline={texts.lane.headline[family]}
            />
            <MetricCard
              lane={lane}
              name={accuracy}
              metric={metrics[accuracy]}
              about={aboutMetric(accuracy)}
              headline={texts.lane.utility[dataOf[attack.access]]}
            />
          </div>
        )}
      </div>
      {!covered && (
        <div className="lane-body">
          <p className="lane-tag" aria-hidden="true">
            {title}
          </p>
          {notes.map((note) => (
            <p key={note} className="lane-note">
              {said(note)}
            </p>
          ))}
          <div className="panels">
            {shown.map(([id, piece]) => (
              <EvidenceSlot
                key={id}
                lane={lane}
                id={id}
                kind={piece.kind}
                rocScale={rocScale}
                onRocScale={onRocScale}
                color={`var(--${tone})`}
              />
            ))}
          </div>
          <div className="more-metrics">
            {metricNames
              .filter((name) => name !== headline && name !== accuracy && name !== repeated)
              .map(
                (name) =>
                  metrics[name] && (
                    <MetricCard key={name} lane={lane} name={name} metric={metrics[name]} about={aboutMetric(name)} />
                  ),
              )}
          </div>
        </div>
      )}
    </section>
  );
});

const aboutMetric = (name: MetricName) => <InfoButton subject={{ kind: 'metric', id: name }} name={texts.metrics[name].name} />;

const emptyLane = { name: '', defenses: [] };
