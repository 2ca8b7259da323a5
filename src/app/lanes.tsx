/** The lanes side by side: the same experiment, with and without a defense. */
import { useCallback, useState } from 'react';
import type { RocScale } from '../panels/roc.tsx';
import { useLab } from './lab-context.ts';
import { LaneColumn } from './lane.tsx';

export function Lanes() {
  const count = useLab((state) => (state.run.experiment ?? state.experiment).lanes.length);
  // One scale for all lanes, so that what stands side by side can be compared.
  const [scale, setScale] = useState<RocScale>('linear');
  const onRocScale = useCallback((next: RocScale) => setScale(next), []);
  return (
    <div className="lanes" data-count={count}>
      {Array.from({ length: count }, (_, lane) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
        <LaneColumn key={lane} lane={lane} rocScale={scale} onRocScale={onRocScale} />
      ))}
    </div>
  );
}
