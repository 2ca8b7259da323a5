/** What the attacks brought home in the runs that are compared: pictures, texts, ROC curves, run beside run. */
import { useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { EvidencePanel } from '../../panels/evidence.tsx';
import type { RocScale } from '../../panels/roc.tsx';
import { type KeptRun, shownPiece } from '../../store/history-run.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { watch } from '../on-screen.ts';
import { kept } from './kept.ts';
import { laneTitle, titleOf } from './run-names.ts';

export function Finds({ runs }: { readonly runs: readonly KeptRun[] }) {
  const finds = useStore(kept, (state) => state.finds);
  const [open, setOpen] = useState(false);
  if (!runs.some(({ id }) => finds[id]?.some((lane) => lane.length > 0))) return null;
  return (
    <details className="finds" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.history.finds}</summary>
      {open && <FindsOfRuns runs={runs} />}
    </details>
  );
}

function FindsOfRuns({ runs }: { readonly runs: readonly KeptRun[] }) {
  const { catalog, scenarios } = useLabParts();
  const finds = useStore(kept, (state) => state.finds);
  const [width, setWidth] = useState(0);
  const [scale, setScale] = useState<RocScale>('linear');
  const room = useCallback((element: HTMLElement | null) => {
    return element ? watch(element, (seen) => setWidth((before) => seen.width ?? before)) : undefined;
  }, []);
  return (
    <div className="finds-runs" data-count={runs.length}>
      {runs.map((run, index) => (
        <section key={run.id} ref={index === 0 ? room : null}>
          <h3>{texts.history.numbered(index + 1, titleOf(run, scenarios))}</h3>
          {finds[run.id]?.map((pieces, lane) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
            <div key={lane}>
              <h4>{laneTitle(run, lane, catalog)}</h4>
              {pieces.map((piece) => (
                <EvidencePanel
                  key={piece.title}
                  evidence={shownPiece(piece)}
                  width={width}
                  rocScale={scale}
                  onRocScale={setScale}
                  color={`var(--${run.experiment.lanes[lane]?.defenses.length ? 'defense' : 'attack'})`}
                />
              ))}
              {pieces.length === 0 && <p className="history-hint">{texts.history.noFinds}</p>}
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}
