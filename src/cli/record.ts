/** `record`: makes the recorded runs that the page shows until its own have a verdict. */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chains } from '../chains/index.ts';
import { resolveChain } from '../core/chain.ts';
import { resolveExperiment } from '../core/experiment.ts';
import { unknownName } from '../core/input-error.ts';
import { catalog } from '../lab/catalog.ts';
import { chainNews } from '../lab/chain-news.ts';
import { type Recording, type Subject, writeRecording } from '../lab/recording.ts';
import { type Host, run } from '../lab/run.ts';
import { scenarios } from '../scenarios/index.ts';
import { parseFlags } from './flags.ts';
import { threadedHost } from './host.ts';

const folder = new URL('../../public/recordings/', import.meta.url).pathname;

/** As many seeds as a chain's page begins with would have no narrow interval; a recording can wait. */
const chainSeeds = [1, 2, 3, 4, 5, 6];

export async function record(args: readonly string[]): Promise<void> {
  const { words } = parseFlags(args, [], [], Number.POSITIVE_INFINITY);
  const all = [...scenarios, ...chains].map(({ id }) => id);
  for (const name of words) if (!all.includes(name)) throw unknownName('scenario or chain', name, all);
  await mkdir(folder, { recursive: true });
  const host = await threadedHost('wasm', availableParallelism());
  try {
    for (const id of words.length > 0 ? words : all) {
      const recording = await recordingOf(subjectOf(id), { ...host, catalog });
      const text = writeRecording(recording);
      const packed = gzipSync(text, { level: 9 });
      await writeFile(join(folder, `${id}.jsonl.gz`), packed);
      process.stderr.write(`${id}: ${Math.round(packed.length / 1000)} kB\n`);
    }
  } finally {
    host.close();
  }
}

/** What a scenario or a chain runs, complete. */
export function subjectOf(id: string): Subject {
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario) return { experiment: resolveExperiment(scenario.experiment, catalog) };
  return { chain: resolveChain(chains.find((one) => one.id === id)?.chain, catalog), seeds: chainSeeds };
}

async function recordingOf(subject: Subject, host: Host): Promise<Recording> {
  const began = host.clock();
  const messages: Recording['messages'][number][] = [];
  const at = () => Math.round(host.clock() - began);
  if ('chain' in subject)
    for await (const news of chainNews(subject.chain, subject.seeds, host)) messages.push({ at: at(), message: news });
  else for await (const event of run(subject.experiment, host)) messages.push({ at: at(), message: { type: 'event', event } });
  messages.push({ at: at(), message: { type: 'finished', seconds: at() / 1000 } });
  return { subject, backend: 'wasm', messages };
}
