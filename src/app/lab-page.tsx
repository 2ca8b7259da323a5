/** The lab: who says what where. The loop and the experiment on the left, what came of it on the right. */
import { lazy, Suspense } from 'react';
import { chainsLink, historyLink } from '../store/link.ts';
import { texts } from '../store/texts.ts';
import { Announcer } from './announcer.tsx';
import { isEmbedded } from './embed.ts';
import { Header } from './header.tsx';
import { useLab, useLabParts, useLadder, useLecture } from './lab-context.ts';
import { Lanes } from './lanes.tsx';
import { KeysHelp } from './lecture/keys-help.tsx';
import { Loop } from './loop.tsx';
import { Notices } from './notices.tsx';
import { RunBar } from './run-bar.tsx';
import { Sentence } from './sentence.tsx';
import { VerdictBanner } from './verdict-banner.tsx';

const StoryBar = lazy(() => import('./lecture/story-bar.tsx'));
const GoalBar = lazy(() => import('./ladder/goal-bar.tsx'));
const Present = lazy(() => import('./lecture/present.tsx'));

export function LabPage() {
  const mode = useLecture((state) => state.mode);
  const goal = useLadder((state) => state.active !== null);
  if (mode === 'present')
    return (
      <Suspense>
        <Present />
        <Announcer />
      </Suspense>
    );
  if (isEmbedded) return <Embedded />;
  return (
    <div className="page">
      {/* A button, not a link: the address holds the experiment, so a jump within the page must not touch it. */}
      <button type="button" className="skip" onClick={() => document.getElementById('results')?.focus()}>
        {texts.skip}
      </button>
      <Header />
      <nav className="page-loop" aria-label={texts.loop.heading}>
        <Loop />
        <p className="loop-links">
          <a href={chainsLink()}>{texts.chains.open} →</a>
          <a href={historyLink}>{texts.history.open} →</a>
        </p>
      </nav>
      <main id="results" className="page-main" tabIndex={-1}>
        <Notices />
        {goal && (
          <Suspense>
            <GoalBar />
          </Suspense>
        )}
        <VerdictBanner />
        <RunBar />
        <Lanes />
      </main>
      <section className="page-sentence" aria-label={texts.steps.heading}>
        <Sentence />
        <KeysHelp />
      </section>
      {mode === 'story' && (
        <Suspense>
          <StoryBar />
        </Suspense>
      )}
      <Announcer />
    </div>
  );
}

/** Inside another page: what came of it, and the way to the whole page. */
function Embedded() {
  const { store } = useLabParts();
  useLab((state) => state.experiment); // the link follows it
  return (
    <div className="page page-embedded">
      <main id="results" className="page-main">
        <VerdictBanner />
        <RunBar />
        <Lanes />
        <p>
          <a href={`./${store.getState().link()}`} target="_blank" rel="noopener">
            {texts.embedded}
          </a>
        </p>
      </main>
      <Announcer />
    </div>
  );
}
