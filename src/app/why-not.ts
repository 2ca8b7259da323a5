/** Whether an experiment would be refused, and why: the page disables by the same rules by which files and links are refused. */
import { type Catalog, resolveExperiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';

export function whyNot(experiment: object, catalog: Catalog): string | undefined {
  try {
    resolveExperiment(experiment, catalog);
    return undefined;
  } catch (error) {
    // The page shows one lane's switches at a time, so the number of the lane says nothing there.
    if (error instanceof InputError) return error.message.replace(/^lanes\[\d+\]: /, '');
    throw error;
  }
}
