/** Every live run that finishes is kept in this browser. Where that cannot be, one line says so, once. */

import { isOwn } from '../store/history-run.ts';
import type { LabState, LabStore } from '../store/lab-store.ts';
import type { Preset } from '../store/link.ts';
import { encodeLink, scenarioLink } from '../store/link.ts';
import { texts } from '../store/texts.ts';

export function keepRuns(store: LabStore, presets: readonly Preset[]): void {
  let preset: Preset | undefined;
  let told = false;
  const keep = async ({ run, catalog }: LabState) => {
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
    // The scenario may be another one by the time that the run is over.
    if (state.run.run !== before.run.run) preset = presets.find(({ id }) => id === state.preset);
    if (state.run.status === 'finished' && (before.run.status !== 'finished' || state.run.run !== before.run.run))
      void keep(state);
  });
}
