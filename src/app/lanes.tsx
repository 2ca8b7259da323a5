/** The lanes side by side: the same experiment, with and without a defense. */
import { useCallback, useState } from 'react';
import type { RocScale } from '../panels/roc.tsx';
import { watched } from '../store/lab-store.ts';
import { texts } from '../store/texts.ts';
import { EvidenceSlot } from './evidence-slot.tsx';
import { useLab } from './lab-context.ts';
import { LaneColumn } from './lane.tsx';

export function Lanes() {
  const spreading = useLab((state) => watched(state).spreading);
  const count = useLab((state) => (watched(state).experiment ?? state.experiment).lanes.length);
  // One scale for all lanes, so that what stands side by side can be compared.
  const [scale, setScale] = useState<RocScale>('linear');
  const onRocScale = useCallback((next: RocScale) => setScale(next), []);
  if (spreading) return <SpreadCurves />;
  return (
    <div className="lanes" data-count={count}>
      {Array.from({ length: count }, (_, lane) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
        <LaneColumn key={lane} lane={lane} rocScale={scale} onRocScale={onRocScale} />
      ))}
    </div>
  );
}

const curves = ['spread', 'spread accuracy'];

/** Instead of lanes: how attack and accuracy move with the knob that was spread, a line a lane. */
function SpreadCurves() {
  const shown = useLab((state) => state.run.evidence.spread !== undefined);
  return (
    <section className="spread" aria-label={texts.spread.heading}>
      <p>{texts.spread.says}</p>
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
    </section>
  );
}

const nothing = () => undefined;
