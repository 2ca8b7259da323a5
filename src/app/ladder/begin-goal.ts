/** Opens the lab at what a goal begins with, and runs it. */
import { type Goal, goals } from '../../scenarios/goals.ts';
import { scenarios } from '../../scenarios/index.ts';
import type { LabStore } from '../../store/lab-store.ts';
import { type LadderStore, resolvedStart, standingOf, startOf } from '../../store/ladder.ts';

export function beginGoal(goal: Goal, store: LabStore, ladder: LadderStore): void {
  store.getState().choosePreset(goal.scenario);
  store.getState().edit(() => startOf(goal, scenarios));
  ladder.getState().take(goal.id);
  location.hash = store.getState().link();
}

/** A goal is reached by the first live run that gets there; it is left when another scenario is opened. */
export function followGoal(store: LabStore, ladder: LadderStore): void {
  store.subscribe(({ run, preset, catalog }, before) => {
    const goal = goals.find(({ id }) => id === ladder.getState().active);
    if (!goal) return;
    if (preset !== goal.scenario) ladder.getState().leave();
    else if (run !== before.run && run.status === 'finished' && !run.spreading)
      if (standingOf(goal, resolvedStart(goal, scenarios, catalog), run).reached) ladder.getState().reach(goal.id);
  });
}
