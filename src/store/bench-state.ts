/** What the page knows of its measurements, folded from the engine's messages one by one. */
import type { BenchGap, BenchName, BenchRow } from '../lab/bench.ts';
import type { EngineMessage } from '../lab/messages.ts';

/** `stopping`: told to stop, and still at the measurement that it was at. */
type BenchStatus = 'idle' | 'running' | 'stopping' | 'finished' | 'stopped' | 'failed';

/** What one of the measurements has given so far. */
export interface Measured {
  readonly rows: readonly BenchRow[];
  readonly gaps: readonly BenchGap[];
}

export interface BenchState {
  readonly status: BenchStatus;
  /** The number under which the engine runs it; messages of any other run are not about a measurement, or late. */
  readonly run: number;
  /** What is being measured, or was last. */
  readonly bench: BenchName | null;
  readonly progress: { readonly says: string; readonly done: number; readonly total: number } | null;
  readonly measured: Readonly<Partial<Record<BenchName, Measured>>>;
  /** Why it failed. */
  readonly failure: string | null;
}

const nothing: Measured = { rows: [], gaps: [] };

export const idleBench: BenchState = {
  status: 'idle',
  run: 0,
  bench: null,
  progress: null,
  measured: {},
  failure: null,
};

/** Whatever was measured of the same kind is replaced; the other kind stays. */
export function startBench({ measured }: BenchState, run: number, bench: BenchName): BenchState {
  return { ...idleBench, measured: { ...measured, [bench]: nothing }, status: 'running', run, bench };
}

export const isMeasuring = ({ status }: Pick<BenchState, 'status'>) => status === 'running' || status === 'stopping';

export function foldBench(state: BenchState, message: EngineMessage): BenchState {
  const { bench } = state;
  // An engine that breaks fails the measurement and says so: it is not repeated, half of it would be of another device.
  if (bench === null || !isMeasuring(state) || !('run' in message) || message.run !== state.run) return state;
  switch (message.type) {
    case 'benching': {
      const { says, done, total } = message;
      // It is said again whenever the engine comes up for air, which is nothing new.
      if (state.progress?.says === says && state.progress.done === done) return state;
      return { ...state, progress: { says, done, total } };
    }
    case 'benched': {
      const { result } = message;
      const { rows, gaps } = state.measured[bench] ?? nothing;
      const measured = 'why' in result ? { rows, gaps: [...gaps, result] } : { rows: [...rows, result], gaps };
      return { ...state, measured: { ...state.measured, [bench]: measured } };
    }
    case 'finished':
      return { ...state, status: 'finished', progress: null };
    case 'stopped':
      return { ...state, status: 'stopped', progress: null };
    case 'failed':
      return { ...state, status: 'failed', progress: null, failure: message.message };
    case 'started':
    case 'event':
    case 'chained':
    case 'checked':
      return state;
    default:
      return message satisfies never;
  }
}
