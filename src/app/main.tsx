/** Where the page begins. The engine is made once, outside React, which may mount the page twice. */
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { chains } from '../chains/index.ts';
import { catalog } from '../lab/catalog.ts';
import { scenarios } from '../scenarios/index.ts';
import { createBenchStore } from '../store/bench-store.ts';
import { createChainStore } from '../store/chain-store.ts';
import { createLabStore } from '../store/lab-store.ts';
import { readPacked } from '../worker/asset.ts';
import { createEngine, engineOptionsOf } from '../worker/client.ts';
import { App } from './app.tsx';

import './styles.ts';
import { followLink } from './follow-link.ts';
import { LabContext } from './lab-context.ts';
import { theme } from './theme.ts';

const readRecording = async (id: string) =>
  new TextDecoder().decode(await readPacked(new URL(`recordings/${id}.jsonl.gz`, document.baseURI)));

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
followLink(store, bench, chain);
Object.assign(window, { threatloop: { engine, store } });

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    {/* The page's Content-Security-Policy allows no style that is written at run time: all of them are in files. */}
    <MantineProvider theme={theme} defaultColorScheme="light" withCssVariables={false} withGlobalClasses={false}>
      <LabContext value={{ store, bench, chain, scenarios, lessons: chains }}>
        <App />
      </LabContext>
    </MantineProvider>
  </StrictMode>,
);
