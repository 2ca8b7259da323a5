/** The store of the page that compares with known answers, made by that page. It knows no React and no DOM either. */
import { createStore } from 'zustand/vanilla';
import type { Checked } from '../known-answers/judge.ts';
import type { Engine, EngineMessage } from '../lab/messages.ts';

export interface AnswersState {
  readonly status: 'idle' | 'running' | 'finished' | 'stopped' | 'failed';
  /** The number under which the engine compares; messages of any other run are not about it, or late. */
  readonly run: number;
  readonly results: readonly Checked[];
  /** How many there will be; none before the first. */
  readonly total: number | null;
  /** How long all of them took. */
  readonly took: number | null;
  /** Why they could not be finished. */
  readonly failure: string | null;
}

export interface AnswersActions {
  /** Computes everything anew. */
  compare(): void;
}

const idle: AnswersState = { status: 'idle', run: 0, results: [], total: null, took: null, failure: null };

export function createAnswersStore(engine: Pick<Engine, 'answers' | 'subscribe'>) {
  const store = createStore<AnswersState & AnswersActions>()((set) => ({
    ...idle,
    compare: () => set({ ...idle, status: 'running', run: engine.answers() }),
  }));
  engine.subscribe((message) => store.setState((state) => fold(state, message)));
  return store;
}

function fold<S extends AnswersState>(state: S, message: EngineMessage): S {
  if (state.status !== 'running' || !('run' in message) || message.run !== state.run) return state;
  switch (message.type) {
    case 'started':
      return { ...state, results: [], total: null }; // after a fault it begins again
    case 'checked':
      return { ...state, results: [...state.results, message.result], total: message.total };
    case 'finished':
      return { ...state, status: 'finished', took: message.seconds };
    case 'stopped':
      return { ...state, status: 'stopped' };
    case 'failed':
      return { ...state, status: 'failed', failure: message.message };
    default:
      return state;
  }
}

export type AnswersStore = ReturnType<typeof createAnswersStore>;
