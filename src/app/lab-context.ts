/** The stores and what they were made from, for every component; `useLab` and its like re-render only when what they select changes. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { ChainLesson } from '../chains/chain.ts';
import type { Catalog } from '../core/experiment.ts';
import type { Engine } from '../lab/messages.ts';
import { catalogInLanguage, lessonsInLanguage, scenariosInLanguage } from '../languages/in-language.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { BenchState } from '../store/bench-state.ts';
import type { BenchActions, BenchStore } from '../store/bench-store.ts';
import type { ChainActions, ChainState, ChainStore } from '../store/chain-store.ts';
import type { LabActions, LabState, LabStore } from '../store/lab-store.ts';
import type { LadderActions, LadderState, LadderStore } from '../store/ladder.ts';
import type { LectureActions, LectureState, LectureStore } from '../store/lecture-store.ts';
import type { OfflineState, OfflineStore } from '../store/offline-store.ts';
import type { RunState } from '../store/run-state.ts';
import type { TrialStore } from '../store/trial-store.ts';

export interface Lab {
  readonly engine: Engine;
  readonly store: LabStore;
  readonly bench: BenchStore;
  readonly chain: ChainStore;
  readonly lecture: LectureStore;
  readonly ladder: LadderStore;
  readonly offline: OfflineStore;
  readonly trial: TrialStore;
  readonly scenarios: readonly Scenario[];
  readonly lessons: readonly ChainLesson[];
}

export const LabContext = createContext<Lab | null>(null);

/** With what an experiment can be made of, to which a person may have added data; in the language of the page. */
export function useLabParts(): Lab & { readonly catalog: Catalog } {
  const lab = useLabContext();
  return {
    ...lab,
    catalog: catalogInLanguage(useStore(lab.store, (state) => state.catalog)),
    scenarios: scenariosInLanguage(lab.scenarios),
    lessons: lessonsInLanguage(lab.lessons),
  };
}

export function useLab<T>(select: (state: LabState & LabActions) => T): T {
  return useStore(useLabContext().store, select);
}

export function useBench<T>(select: (state: BenchState & BenchActions) => T): T {
  return useStore(useLabContext().bench, select);
}

export function useChain<T>(select: (state: ChainState & ChainActions) => T): T {
  return useStore(useLabContext().chain, select);
}

export function useLecture<T>(select: (state: LectureState & LectureActions) => T): T {
  return useStore(useLabContext().lecture, select);
}

export function useOffline<T>(select: (state: OfflineState) => T): T {
  return useStore(useLabContext().offline, select);
}

export function useTrial<T>(select: (state: RunState) => T): T {
  return useStore(useLabContext().trial, select);
}

export function useLadder<T>(select: (state: LadderState & LadderActions) => T): T {
  return useStore(useLabContext().ladder, select);
}

function useLabContext(): Lab {
  const lab = use(LabContext);
  if (!lab) throw new Error('no LabContext around this component');
  return lab;
}
