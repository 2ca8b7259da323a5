/** Where the page begins: the lab, the lab inside another page, or a speaker's notes. */
import { MantineProvider } from '@mantine/core';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chains } from '../chains/index.ts';
import { find, resolveExperiment } from '../core/experiment.ts';
import { catalog } from '../lab/catalog.ts';
import { chooseLanguage, languageStore } from '../languages/language.ts';
import { goals } from '../scenarios/goals.ts';
import { scenarios } from '../scenarios/index.ts';
import { createBenchStore } from '../store/bench-store.ts';
import { createChainStore } from '../store/chain-store.ts';
import { createLabStore } from '../store/lab-store.ts';
import { createLadderStore } from '../store/ladder.ts';
import { stepsOf } from '../store/lecture.ts';
import { createLectureStore } from '../store/lecture-store.ts';
import { pageOf } from '../store/link.ts';
import { createOfflineStore } from '../store/offline-store.ts';
import { createTrialStore } from '../store/trial-store.ts';
import { assetAddress, readPacked } from '../worker/asset.ts';
import { createEngine, engineOptionsOf } from '../worker/client.ts';
import { App } from './app.tsx';

import './styles.ts';
import { isEmbedded, untilSeen } from './embed.ts';
import { followLink } from './follow-link.ts';
import { firstLanguage } from './keep-language.ts';
import { keepRuns } from './keep-runs.ts';
import { readKept, writeKept } from './kept.ts';
import { LabContext } from './lab-context.ts';
import { followGoal } from './ladder/begin-goal.ts';
import { followSteps } from './lecture/follow-steps.ts';
import { followKeys } from './lecture/keys.ts';
import { afterFirstRun } from './offline/after-first-run.ts';
import { build, holdBuild } from './offline/build.ts';
import { theme } from './theme.ts';

holdBuild();

const readRecording = async (id: string) =>
  new TextDecoder().decode(await readPacked(assetAddress(`recordings/${id}.jsonl.gz`, document.baseURI)));

const show = (page: ReactNode) =>
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      {/* The page's Content-Security-Policy allows no style that is written at run time: all of them are in files. */}
      <MantineProvider theme={theme} defaultColorScheme="light" withCssVariables={false} withGlobalClasses={false}>
        {page}
      </MantineProvider>
    </StrictMode>,
  );

if (firstLanguage() !== 'en') await chooseLanguage(firstLanguage());
languageStore.subscribe(({ language }) => {
  document.documentElement.lang = language;
});
document.documentElement.lang = languageStore.getState().language;

const speaker = new URLSearchParams(location.search).get('speaker');
if (speaker !== null) {
  const { Speaker } = await import('./lecture/speaker.tsx');
  show(<Speaker id={speaker} />);
} else {
  // Ten of them on a course page must not train all at once.
  if (isEmbedded) await untilSeen();
  openLab();
}

/** The engine is made once, outside React, which may mount the page twice. */
function openLab(): void {
  const engine = createEngine(engineOptionsOf(location.search));
  const store = createLabStore({
    engine,
    catalog,
    presets: scenarios,
    readRecording,
    still: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const bench = createBenchStore(engine);
  const chain = createChainStore(engine, chains, catalog, readRecording);
  const lecture = createLectureStore();
  const ladder = createLadderStore(goals, readKept('goals'), (reached) => writeKept('goals', reached));
  const first = scenarios[0]?.experiment ?? {};
  const trial = createTrialStore(engine, () => resolveExperiment(first, catalog));
  const offline = createOfflineStore(async (onNewer) => (await import('./offline/keeper.ts')).createKeeper(onNewer));
  if (build && !isEmbedded) afterFirstRun(store, () => void offline.getState().prepare());
  const open = () => find(scenarios, 'scenario', store.getState().preset);
  const steps = () => stepsOf(open());
  followGoal(store, ladder);
  followSteps(store, lecture, open, steps);
  followKeys(store, lecture, steps, () => pageOf(location.hash) === 'lab');
  keepRuns(store, scenarios);
  followLink(store, bench, chain, trial);
  Object.assign(window, { threatloop: { engine, store } });
  show(
    <LabContext value={{ engine, store, bench, chain, lecture, ladder, offline, trial, scenarios, lessons: chains }}>
      <App />
    </LabContext>,
  );
}
