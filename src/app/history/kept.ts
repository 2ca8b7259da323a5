/** The runs that are kept. Loaded by the first run that finishes, or by the page that shows them. */
import { type FinishedRun, findsOf, finishedRun } from '../../store/history-run.ts';
import { createHistoryStore } from '../../store/history-store.ts';
import type { RunState } from '../../store/run-state.ts';
import { inOrder } from '../evidence-order.ts';
import { adapterName, program } from '../this-program.ts';
import { openRunDatabase } from './database.ts';

/** Made once, outside React, which may mount the page twice. */
export const kept = createHistoryStore(openRunDatabase);

/** @returns why it was not kept, if it was not */
export async function keepRun(
  run: RunState,
  about: Pick<FinishedRun, 'preset' | 'changed' | 'link'> & { readonly at: string },
): Promise<string | null> {
  const adapter = run.backend?.name === 'webgpu' ? await adapterName() : undefined;
  const finished = finishedRun(run, { ...about, ...program, ...(adapter && { adapter }) });
  if (!finished) return null;
  await kept.getState().keep(finished, findsOf(run, inOrder));
  return kept.getState().trouble;
}
