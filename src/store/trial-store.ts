/** One run of a scenario apart from the lab, to see how long it takes on this device and whether its numbers are those expected. */
import { createStore } from 'zustand/vanilla';
import type { Experiment } from '../core/experiment.ts';
import type { Engine } from '../lab/messages.ts';
import { fold, idleRun, type RunState, startRun } from './run-state.ts';

interface TrialActions {
  begin(): void;
  /** The person has gone elsewhere, where the engine may be needed. */
  leave(): void;
}

export function createTrialStore(
  engine: Pick<Engine, 'run' | 'stop' | 'subscribe'>,
  experiment: () => Experiment,
  now = () => performance.now(),
) {
  const store = createStore<RunState & TrialActions>()((set, get) => ({
    ...idleRun,
    begin() {
      const tried = experiment();
      const run = engine.run(tried);
      set((state) => startRun(state, run, tried));
    },
    leave() {
      if (get().status !== 'running') return;
      engine.stop();
      set(idleRun); // what it still says is nobody's
    },
  }));
  engine.subscribe((message) => store.setState((state) => fold(state, message, now())));
  return store;
}

export type TrialStore = ReturnType<typeof createTrialStore>;
