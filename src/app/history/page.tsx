/** The runs that were finished in this browser: compared where some are pinned, listed, opened again, deleted. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { pinnedOf } from '../../store/history-store.ts';
import { texts } from '../../store/texts.ts';
import { SidePage } from '../side-page.tsx';
import { Compare } from './compare.tsx';
import { kept } from './kept.ts';
import { RunList } from './run-list.tsx';
import './history.css';

export default function HistoryPage() {
  const runs = useStore(kept, (state) => state.runs);
  const trouble = useStore(kept, (state) => state.trouble);
  useEffect(() => void kept.getState().load(), []);
  // Side by side from the earlier one to the later one.
  const pinned = pinnedOf({ runs }).toReversed();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that one more or one fewer is pinned
  useEffect(() => {
    // The button that had the focus went with a run that is no longer compared.
    if (document.activeElement === document.body) document.querySelector('h1')?.focus();
  }, [pinned.length]);
  return (
    <SidePage title={texts.history.title}>
      <p className="history-says">{texts.history.says}</p>
      <p role="status" className="history-trouble">
        {trouble}
      </p>
      {pinned.length > 1 ? (
        <Compare runs={pinned} />
      ) : (
        runs && runs.length > 1 && <p className="history-hint">{texts.history.hint(pinned.length)}</p>
      )}
      {runs ? <RunList runs={runs} pinned={pinned.length} /> : !trouble && <p>{texts.history.loading}</p>}
    </SidePage>
  );
}
