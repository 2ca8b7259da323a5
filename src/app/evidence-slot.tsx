/** The place of one piece of evidence in a lane: keeps the room, and draws what is there when its turn comes. */
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { Evidence } from '../core/evidence.ts';
import { EvidencePanel } from '../panels/evidence.tsx';
import { PanelMenu } from '../panels/frame.tsx';
import type { RocScale } from '../panels/roc.tsx';
import { watched } from '../store/lab-store.ts';
import { useLabParts } from './lab-context.ts';
import { watch } from './on-screen.ts';
import { PanelSaveMenu } from './save/panel-menu.tsx';
import { giveUpTurn, takeTurn } from './turns.ts';

interface SlotProps {
  /** Null for what the whole run has to show. */
  readonly lane: number | null;
  readonly id: string;
  readonly kind: Evidence['kind'];
  readonly rocScale: RocScale;
  readonly onRocScale: (scale: RocScale) => void;
  readonly color: string;
}

const wideKinds: readonly Evidence['kind'][] = ['images', 'text', 'table'];

/** Four times a second can be followed; what is off the screen only has to be right for those who do not look. */
const apart = { near: 250, far: 2000 };

interface Drawn {
  readonly evidence: Evidence;
  /** Of the slot; 0 until it comes near the screen or the run is over, so that training waits for no chart that nobody sees. */
  readonly width: number;
}

export const EvidenceSlot = memo(function EvidenceSlot({ lane, id, kind, rocScale, onRocScale, color }: SlotProps) {
  const { store } = useLabParts();
  const slot = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    const element = slot.current;
    if (!element) return;
    let wide = 0;
    let near: boolean | undefined;
    let seen = false;
    let asked: Drawn | undefined;
    const ask = () => {
      const { status, lanes, evidence: whole } = watched(store.getState());
      const evidence = (lane === null ? whole : lanes[lane]?.evidence)?.[id];
      const width = seen || status !== 'running' ? wide : 0;
      if (!evidence || wide === 0 || near === undefined || (evidence === asked?.evidence && width === asked.width)) return;
      const next = { evidence, width };
      asked = next;
      takeTurn(element, near ? apart.near : apart.far, () => setDrawn(next));
    };
    const unwatch = watch(element, (change) => {
      wide = change.width ?? wide;
      // What comes near no longer waits as long as what is far.
      if (change.near) asked = undefined;
      near = change.near ?? near;
      seen ||= near === true;
      ask();
    });
    const unsubscribe = store.subscribe(ask);
    return () => {
      unwatch();
      unsubscribe();
      giveUpTurn(element);
    };
  }, [store, lane, id]);
  const title = drawn?.evidence.title ?? '';
  const menu = useMemo(
    () => <PanelSaveMenu lane={lane} id={id} kind={kind} title={title} rocScale={rocScale} color={color} />,
    [lane, id, kind, title, rocScale, color],
  );
  return (
    <div ref={slot} className={wideKinds.includes(kind) ? 'slot slot-wide' : 'slot'}>
      {drawn && (
        <PanelMenu value={menu}>
          <EvidencePanel
            evidence={drawn.evidence}
            width={drawn.width}
            rocScale={rocScale}
            onRocScale={onRocScale}
            color={color}
          />
        </PanelMenu>
      )}
    </div>
  );
});
