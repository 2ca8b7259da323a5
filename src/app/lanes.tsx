/** The lanes side by side: the same experiment, with and without a defense. */
import { useCallback, useState } from 'react';
import type { RocScale } from '../panels/roc.tsx';
import { TallCharts } from '../panels/tall-charts.ts';
import { watched } from '../store/lab-store.ts';
import { texts } from '../store/texts.ts';
import { EvidenceSlot } from './evidence-slot.tsx';
import { useLab, useLecture } from './lab-context.ts';
import { LaneColumn } from './lane.tsx';
import { useView } from './lecture/use-view.ts';

export function Lanes() {
  const spreading = useLab((state) => watched(state).spreading);
  const lanes = useLab((state) => (watched(state).experiment ?? state.experiment).lanes);
  const { defended } = useView();
  const switchDefense = useLecture((state) => state.switchDefense);
  const shown = lanes.map(({ defenses }) => defended || defenses.length === 0);
  // One scale for all lanes, so that what stands side by side can be compared.
  const [scale, setScale] = useState<RocScale>('linear');
  const onRocScale = useCallback((next: RocScale) => setScale(next), []);
  if (spreading) return <SpreadCurves />;
  return (
    <div className="lanes" data-count={lanes.length}>
      {shown.map((on, lane) =>
        on ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
          <LaneColumn key={lane} lane={lane} rocScale={scale} onRocScale={onRocScale} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
          <section key={lane} className="lane lane-defense lane-off" aria-label={texts.lane.off}>
            <div className="lane-head">
              <button type="button" onClick={() => switchDefense(false)}>
                {texts.lane.switchOn} <kbd>D</kbd>
              </button>
            </div>
          </section>
        ),
      )}
    </div>
  );
}

const curves = ['spread', 'spread accuracy', 'spread trade-off'];

/** Instead of lanes: how attack and accuracy move with the knob that was spread, and the one against the other, a line a lane. */
function SpreadCurves() {
  const shown = useLab((state) => state.run.evidence.spread !== undefined);
  return (
    <section className="spread" aria-label={texts.spread.heading}>
      <p>{texts.spread.says}</p>
      <TallCharts value={true}>
        <div className="panels">
          {shown &&
            curves.map((id) => (
              <EvidenceSlot
                key={id}
                lane={null}
                id={id}
                kind="curve"
                rocScale="linear"
                onRocScale={nothing}
                color="var(--attack)"
              />
            ))}
        </div>
      </TallCharts>
    </section>
  );
}

const nothing = () => undefined;
