/** How far a goal of the ladder is reached, and which have been. It knows no React and no DOM. */
import { createStore } from 'zustand/vanilla';
import { type Catalog, type Experiment, find, resolveExperiment } from '../core/experiment.ts';
import type { Goal, Want } from '../scenarios/goals.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { withSet } from '../scenarios/with-set.ts';
import type { RunState } from './run-state.ts';

/** What a goal begins with, as a person would type it. */
export const startOf = (goal: Pick<Goal, 'scenario' | 'start'>, scenarios: readonly Scenario[]): object =>
  withSet(find(scenarios, 'scenario', goal.scenario).experiment, goal.start);

export interface Standing {
  /** Why a run does not count: something was changed that the goal does not leave free, or an option is too large. */
  readonly elsewhere: boolean;
  /** For each want the number that was measured, and whether that is where it should be. */
  readonly wants: readonly { readonly want: Want; readonly value: number | null; readonly reached: boolean }[];
  readonly reached: boolean;
}

/** @param start what the goal begins with, resolved */
export function standingOf(
  { wants, free, most = {} }: Goal,
  start: Experiment,
  { status, experiment, lanes }: RunState,
): Standing {
  const elsewhere = experiment !== null && (!sameBut(free, start, experiment) || isOver(most, experiment));
  const counts = status === 'finished' && experiment !== null && !elsewhere;
  const each = wants.map((want) => {
    const value = counts ? (lanes[want.lane]?.metrics[want.metric]?.value ?? null) : null;
    const { least = Number.NEGATIVE_INFINITY, most: largest = Number.POSITIVE_INFINITY } = want;
    return { want, value, reached: value !== null && value >= least && value <= largest };
  });
  return { elsewhere, wants: each, reached: each.every(({ reached }) => reached) };
}

function sameBut(free: Goal['free'], start: Experiment, experiment: Experiment): boolean {
  const fixed = ({ lanes, attack, seed: _seed, ...rest }: Experiment) =>
    JSON.stringify({
      ...rest,
      attack: free.includes('attack') ? attack.id : attack,
      lanes: free.includes('lanes') ? lanes[0]?.defenses : lanes.map(({ defenses }) => defenses),
    });
  return fixed(start) === fixed(experiment);
}

const isOver = (most: Readonly<Record<string, number>>, { attack }: Experiment) =>
  Object.entries(most).some(([path, value]) => Number(attack[path.replace('attack.', '')]) > value);

export interface LadderState {
  /** The goal that is being worked on. */
  readonly active: string | null;
  readonly reached: readonly string[];
}

export interface LadderActions {
  take(id: string): void;
  leave(): void;
  reach(id: string): void;
  forget(): void;
}

/** @param kept what an earlier visit reached; junk in it is left out. @param keep is told whenever that changes */
export function createLadderStore(goals: readonly Goal[], kept: unknown, keep: (reached: readonly string[]) => void) {
  const known = Array.isArray(kept) ? goals.map(({ id }) => id).filter((id) => kept.includes(id)) : [];
  return createStore<LadderState & LadderActions>()((set, get) => ({
    active: null,
    reached: known,
    take: (active) => set({ active }),
    leave: () => set({ active: null }),
    reach(id) {
      if (get().reached.includes(id)) return;
      set(({ reached }) => ({ reached: [...reached, id] }));
      keep(get().reached);
    },
    forget() {
      set({ reached: [], active: null });
      keep([]);
    },
  }));
}

export type LadderStore = ReturnType<typeof createLadderStore>;

/** A goal that cannot be begun is none. @throws InputError */
export const resolvedStart = (goal: Goal, scenarios: readonly Scenario[], catalog: Catalog): Experiment =>
  resolveExperiment(startOf(goal, scenarios), catalog);
