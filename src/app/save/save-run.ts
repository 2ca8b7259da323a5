/** Saves a whole run, or what came of a chain. Loaded by the first person who does. */
import { bibtex, papersOf } from '../../export/bibtex.ts';
import { chainAsJson } from '../../export/chain-json.ts';
import { chainRows } from '../../export/chain-rows.ts';
import { csv } from '../../export/csv.ts';
import { fileName } from '../../export/file-name.ts';
import { jsonText } from '../../export/json.ts';
import { metricRows } from '../../export/metric-rows.ts';
import { runAsJson, type Where } from '../../export/run-json.ts';
import { type ChainState, shownNews } from '../../store/chain-store.ts';
import { type LabState, watched } from '../../store/lab-store.ts';
import { download } from '../download.ts';
import { adapterName, program } from '../this-program.ts';

export async function saveRun(state: LabState, what: 'json' | 'csv' | 'bib'): Promise<undefined> {
  const run = watched(state);
  const { experiment, begun, backend } = run;
  if (!experiment) return;
  const name = (part: string) => fileName(begun.preset, part, experiment.seed, what);
  if (what === 'json')
    download(name('run'), 'application/json', jsonText(runAsJson(run, state.watching, await where(backend?.name))));
  else if (what === 'csv') download(name('numbers'), 'text/csv', csv(metricRows(run)));
  else download(name('papers'), 'application/x-bibtex', bibtex(papersOf(experiment, state.catalog)));
}

export async function saveChain(state: ChainState, backend: string | undefined, what: 'json' | 'csv'): Promise<undefined> {
  const news = shownNews(state);
  if (!news) return;
  const name = fileName(state.composed ? 'own' : state.lesson, 'chain', state.chain.seed, what);
  if (what === 'csv') download(name, 'text/csv', csv(chainRows(news.result)));
  else download(name, 'application/json', jsonText(chainAsJson(state, backend ?? null, await where(backend))));
}

async function where(backend: string | undefined): Promise<Where> {
  const adapter = backend === 'webgpu' ? await adapterName() : undefined;
  return { ...program, userAgent: navigator.userAgent, ...(adapter && { adapter }) };
}
