/** The store of the page that measures this machine, beside the one of the lab. It knows no React and no DOM either. */
import { createStore } from 'zustand/vanilla';
import type { BenchName } from '../lab/bench.ts';
import type { Engine } from '../lab/messages.ts';
import { type BenchState, foldBench, idleBench, isMeasuring, startBench } from './bench-state.ts';

export interface BenchActions {
  measure(bench: BenchName): void;
  stop(): void;
  /** The person has gone to the lab, which needs the engine: does not wait for it to say that it has stopped. */
  leave(): void;
}

export function createBenchStore(engine: Pick<Engine, 'bench' | 'stop' | 'subscribe'>) {
  const store = createStore<BenchState & BenchActions>()((set, get) => ({
    ...idleBench,
    measure: (bench) => {
      const run = engine.bench(bench);
      set((state) => startBench(state, run, bench));
    },
    stop() {
      if (get().status !== 'running') return;
      set({ status: 'stopping' });
      engine.stop();
    },
    leave() {
      if (!isMeasuring(get())) return;
      engine.stop();
      set({ status: 'stopped', progress: null });
    },
  }));
  engine.subscribe((message) => store.setState((state) => foldBench(state, message)));
  return store;
}

export type BenchStore = ReturnType<typeof createBenchStore>;
