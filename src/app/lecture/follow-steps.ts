/** The lecture follows the scenario that is open, and the experiment follows the step: some steps change it and run it again. */
import { resolveExperiment } from '../../core/experiment.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { LabStore } from '../../store/lab-store.ts';
import { experimentAt, type LectureStep } from '../../store/lecture.ts';
import type { LectureStore } from '../../store/lecture-store.ts';

export function followSteps(
  store: LabStore,
  lecture: LectureStore,
  open: () => Scenario,
  steps: () => readonly LectureStep[],
): void {
  lecture.getState().about(steps().length);
  store.subscribe((state, before) => {
    if (state.preset !== before.preset) lecture.getState().about(steps().length);
  });
  lecture.subscribe(({ mode, step }, before) => {
    // A scenario whose steps change nothing leaves the experiment as somebody set it.
    if (mode === 'off' || step === before.step || !steps().some(({ set }) => set)) return;
    const { catalog, experiment } = store.getState();
    const wanted = resolveExperiment(experimentAt(open().experiment, steps(), step), catalog);
    if (JSON.stringify(wanted) === JSON.stringify(experiment)) return;
    store.getState().edit(() => wanted);
    store.getState().begin();
  });
}
