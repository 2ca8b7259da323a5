/** The store and what it was made from, for every component; `useLab` re-renders only when what it selects changes. */
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Catalog } from '../core/experiment.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { LabActions, LabState, LabStore } from '../store/lab-store.ts';

export interface Lab {
  readonly store: LabStore;
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
