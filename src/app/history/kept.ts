/** The runs that are kept, and what is known of where one was run. Loaded by the first run that finishes, or by the page that shows them. */
import { dependencies, version } from '../../../package.json';
import { type FinishedRun, findsOf, finishedRun } from '../../store/history-run.ts';
import { createHistoryStore } from '../../store/history-store.ts';
import type { RunState } from '../../store/run-state.ts';
import { inOrder } from '../evidence-order.ts';
import { openRunDatabase } from './database.ts';

/** Made once, outside React, which may mount the page twice. */
export const kept = createHistoryStore(openRunDatabase);

/** @returns why it was not kept, if it was not */
export async function keepRun(
  run: RunState,
  about: Pick<FinishedRun, 'preset' | 'changed' | 'link'> & { readonly at: string },
): Promise<string | null> {
  const adapter = run.backend?.name === 'webgpu' ? await adapterName() : undefined;
  const where = { build, tfjs: dependencies['@tensorflow/tfjs'], ...(adapter && { adapter }) };
  const finished = finishedRun(run, { ...about, ...where });
  if (!finished) return null;
  await kept.getState().keep(finished, findsOf(run, inOrder));
  return kept.getState().trouble;
}

/** The version, and what the build has called its script after what is in it. */
const build = [version, ...(/-([\w-]{8})\.js$/.exec(import.meta.url)?.slice(1) ?? [])].join(' ');

async function adapterName(): Promise<string | undefined> {
  const { info } = (await navigator.gpu?.requestAdapter().catch(() => null)) ?? {};
  return info && ([info.vendor, info.architecture, info.description].filter(Boolean).join(' ') || undefined);
}
