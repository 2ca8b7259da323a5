/** The stores and what they were made from, for every component; `useLab` and `useBench` re-render only when what they select changes. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Catalog } from '../core/experiment.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { BenchState } from '../store/bench-state.ts';
import type { BenchActions, BenchStore } from '../store/bench-store.ts';
import type { LabActions, LabState, LabStore } from '../store/lab-store.ts';

export interface Lab {
  readonly store: LabStore;
  readonly bench: BenchStore;
  readonly catalog: Catalog;
  readonly scenarios: readonly Scenario[];
}

export const LabContext = createContext<Lab | null>(null);

export function useLabParts(): Lab {
  const lab = use(LabContext);
  if (!lab) throw new Error('no LabContext around this component');
  return lab;
}

export function useLab<T>(select: (state: LabState & LabActions) => T): T {
  return useStore(useLabParts().store, select);
}

export function useBench<T>(select: (state: BenchState & BenchActions) => T): T {
  return useStore(useLabParts().bench, select);
}
