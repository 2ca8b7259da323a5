/** The lab: who says what where. The loop and the experiment on the left, what came of it on the right. */
import { chainsLink } from '../store/link.ts';
import { texts } from '../store/texts.ts';
import { Announcer } from './announcer.tsx';
import { Header } from './header.tsx';
import { Lanes } from './lanes.tsx';
import { Loop } from './loop.tsx';
import { Notices } from './notices.tsx';
import { RunBar } from './run-bar.tsx';
import { Sentence } from './sentence.tsx';
import { VerdictBanner } from './verdict-banner.tsx';

export function LabPage() {
  return (
    <div className="page">
      {/* A button, not a link: the address holds the experiment, so a jump within the page must not touch it. */}
      <button type="button" className="skip" onClick={() => document.getElementById('results')?.focus()}>
        {texts.skip}
      </button>
      <Header />
      <nav className="page-loop" aria-label={texts.loop.heading}>
        <Loop />
        <a className="loop-chains" href={chainsLink()}>
          {texts.chains.open} →
        </a>
      </nav>
      <main id="results" className="page-main" tabIndex={-1}>
        <Notices />
        <VerdictBanner />
        <RunBar />
        <Lanes />
      </main>
      <section className="page-sentence" aria-label={texts.steps.heading}>
        <Sentence />
      </section>
      <Announcer />
    </div>
  );
}
