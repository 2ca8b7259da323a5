/** Which page is shown. The lab comes at once; the others are loaded by those who go there. */
import { lazy, Suspense, useLayoutEffect, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { languageStore } from '../languages/language.ts';
import { type Page, pageOf } from '../store/link.ts';
import { texts } from '../store/texts.ts';
import { LabPage } from './lab-page.tsx';
import { NewerVersion } from './offline/newer-version.tsx';

const AnswersPage = lazy(() => import('./answers/page.tsx').catch(() => ({ default: NotLoaded })));
const BenchPage = lazy(() => import('./bench/page.tsx').catch(() => ({ default: NotLoaded })));
const GalleryPage = lazy(() => import('./gallery/page.tsx').catch(() => ({ default: NotLoaded })));
const ChainsPage = lazy(() => import('./chains/page.tsx').catch(() => ({ default: NotLoaded })));
const PreflightPage = lazy(() => import('./preflight/page.tsx').catch(() => ({ default: NotLoaded })));
const LadderPage = lazy(() => import('./ladder/page.tsx').catch(() => ({ default: NotLoaded })));
const HistoryPage = lazy(() => import('./history/page.tsx').catch(() => ({ default: NotLoaded })));

const sidePages = {
  answers: AnswersPage,
  bench: BenchPage,
  chains: ChainsPage,
  history: HistoryPage,
  ladder: LadderPage,
  preflight: PreflightPage,
  scenarios: GalleryPage,
};

/** Drawn anew where the language is another one. */
export function App() {
  const language = useStore(languageStore, (state) => state.language);
  return <Pages key={language} />;
}

function Pages() {
  const page = useSyncExternalStore(subscribe, () => pageOf(location.hash));
  // The gallery is long, and whoever chose something far down wants to see it from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the page that counts
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
  }, [page]);
  return (
    <>
      {page === 'lab' ? <LabPage /> : <Side page={page} />}
      <NewerVersion />
    </>
  );
}

function Side({ page }: { readonly page: Exclude<Page, 'lab'> }) {
  const Content = sidePages[page];
  return (
    <Suspense fallback={<Loading />}>
      <Content />
    </Suspense>
  );
}

function subscribe(listener: () => void) {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

const Loading = () => <main className="page-alone">{texts.bench.loading}</main>;

/** The server is gone, or has a newer build with other file names. */
const NotLoaded = () => (
  <main className="page-alone">
    {texts.bench.notLoaded} <a href="#/run">{texts.back}</a>
  </main>
);
