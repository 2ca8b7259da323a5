/** Bringing data of one's own, as the page knows it: files are read, what was read is offered, and becomes a dataset once it is taken. */
import { inPlaceOf, summarisedDataset, withOwn } from '../../datasets/own/index.ts';
import { type Catalog, type Experiment, resolveExperiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { OwnSummary } from '../data-files/summary.ts';
import type { EngineMessage } from '../lab/messages.ts';

export type OwnState =
  | { readonly status: 'none' }
  | { readonly status: 'reading'; readonly reading: number; readonly first: string; readonly files: number }
  /** Read, and shown before it is used; `refusal` says why it cannot be used as things are. */
  | { readonly status: 'offered'; readonly reading: number; readonly summary: OwnSummary; readonly refusal: string | null }
  | { readonly status: 'refused'; readonly why: string };

export type OwnMessage = Extract<EngineMessage, { readonly reading: number }>;

export const noOwn: OwnState = { status: 'none' };

export function foldOwn(state: OwnState, message: OwnMessage): OwnState {
  // An engine that takes over reads again, which is nothing new.
  if (state.status !== 'reading' || message.reading !== state.reading) return state;
  const { reading } = message;
  return message.type === 'own-data'
    ? { status: 'offered', reading, summary: message.summary, refusal: null }
    : { status: 'refused', why: message.why };
}

/** The model that learns data of every shape. */
const anyShape = { id: 'mlp' };

/** The experiment on that data and the catalog that has it. The model stays if it can learn it. @throws InputError */
export function takeOwn(
  summary: OwnSummary,
  experiment: Experiment,
  catalog: Catalog,
): { catalog: Catalog; experiment: Experiment } {
  const own = summarisedDataset(summary);
  const known = withOwn(catalog, own);
  const onOwn = { ...experiment, data: inPlaceOf(experiment.data, own) };
  try {
    return { catalog: known, experiment: resolveExperiment(onOwn, known) };
  } catch (error) {
    if (!(error instanceof InputError) || experiment.model.id === anyShape.id) throw error;
    return { catalog: known, experiment: resolveExperiment({ ...onOwn, model: anyShape }, known) };
  }
}
