/** Every live run that finishes is kept in this browser. Where that cannot be, one line says so, once. */
import { isOwn } from '../store/history-run.ts';
import type { LabState, LabStore } from '../store/lab-store.ts';
import { encodeLink, type Preset, scenarioLink } from '../store/link.ts';
import { texts } from '../store/texts.ts';

export function keepRuns(store: LabStore, presets: readonly Preset[]): void {
  let told = false;
  const keep = async ({ run, catalog }: LabState) => {
    // By the time that it is over, another scenario may be open.
    const preset = presets.find(({ id }) => id === run.begun.preset);
    if (!preset || !run.experiment) return;
    const link = encodeLink(preset, run.experiment, catalog);
    const changed = link !== scenarioLink(preset.id) || isOwn(run.experiment);
    const about = { preset: preset.id, changed, link, at: new Date().toISOString() };
    const trouble = await import('./history/kept.ts').then(
      ({ keepRun }) => keepRun(run, about),
      () => texts.history.notLoaded,
    );
    if (trouble && !told) store.getState().tell(trouble);
    told ||= trouble !== null;
  };
  store.subscribe((state, before) => {
    const over = state.run.status === 'finished';
    if (over && (before.run.status !== 'finished' || state.run.run !== before.run.run)) void keep(state);
  });
}
