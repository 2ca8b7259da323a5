/** The place of one piece of evidence in a lane: keeps the room, and draws what is there when its turn comes. */
import { memo, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Evidence } from '../core/evidence.ts';
import { EvidencePanel } from '../panels/evidence.tsx';
import type { RocScale } from '../panels/roc.tsx';
import { useLabParts } from './lab-context.ts';
import { giveUpTurn, takeTurn } from './turns.ts';

interface SlotProps {
  readonly lane: number;
  readonly id: string;
  readonly kind: Evidence['kind'];
  readonly rocScale: RocScale;
  readonly onRocScale: (scale: RocScale) => void;
  readonly color: string;
}

export const EvidenceSlot = memo(function EvidenceSlot({ lane, id, kind, rocScale, onRocScale, color }: SlotProps) {
  const { store } = useLabParts();
  const owner = useRef({});
  const [drawn, setDrawn] = useState<Evidence | null>(null);
  useEffect(() => {
    const me = owner.current;
    let asked: Evidence | undefined;
    const ask = () => {
      const latest = store.getState().run.lanes[lane]?.evidence[id];
      if (!latest || latest === asked) return;
      asked = latest;
      takeTurn(me, () => flushSync(() => setDrawn(latest)));
    };
    ask();
    const unsubscribe = store.subscribe(ask);
    return () => {
      unsubscribe();
      giveUpTurn(me);
    };
  }, [store, lane, id]);
  if (!drawn) return <div className={kind === 'images' ? 'slot panel-wide' : 'slot'} />;
  return <EvidencePanel evidence={drawn} rocScale={rocScale} onRocScale={onRocScale} color={color} />;
});
