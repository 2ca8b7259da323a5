/**
 * Steps back and forth through the configuration. What a person changes in one go is one step: a slider that is dragged, a number that
 * is typed, a drawing that is moved, which sets two options at a time.
 */
import { ownId } from '../../datasets/own/index.ts';
import type { Experiment } from '../core/experiment.ts';
import { differingPaths, optionsOf } from './option-paths.ts';

/** What a step leads to: an experiment, and the scenario that a link tells it by. */
export interface Configured {
  readonly preset: string;
  readonly experiment: Experiment;
}

export interface Steps {
  /** The last of them is the next to go back to. */
  readonly past: readonly Configured[];
  /** The last of them is the next to go forth to. */
  readonly future: readonly Configured[];
  /** What is being changed in one go: which options, and when last. */
  readonly burst: { readonly paths: ReadonlySet<string>; readonly at: number } | null;
}

export const noSteps: Steps = { past: [], future: [], burst: null };

const mostSteps = 100;
/** Longer than between two letters or two moves of a hand, shorter than a thought. */
const longestPause = 1000;
/** No hand makes two changes within that: they come of the same move. */
const sameMove = 20;

/** @param at milliseconds, on any clock */
export function stepped(steps: Steps, before: Configured, after: Configured, at: number): Steps {
  const changed = changedPaths(before, after);
  if (changed.length === 0) return steps;
  const { past, burst } = steps;
  const pause = at - (burst?.at ?? Number.NEGATIVE_INFINITY);
  const goesOn = burst && pause <= longestPause && (pause <= sameMove || changed.every((path) => burst.paths.has(path)));
  if (!goesOn) return { past: [...past, before].slice(-mostSteps), future: [], burst: { paths: new Set(changed), at } };
  // A slider that came back to where it was has changed nothing.
  const [from] = past.slice(-1);
  const back = from && changedPaths(from, after).length === 0;
  if (back) return { past: past.slice(0, -1), future: [], burst: null };
  return { past, future: [], burst: { paths: new Set([...burst.paths, ...changed]), at } };
}

/** One step back, if there is one. */
export function stepBack({ past, future }: Steps, now: Configured): { readonly steps: Steps; readonly to: Configured } | null {
  const to = past.at(-1);
  return to ? { to, steps: { past: past.slice(0, -1), future: [...future, now], burst: null } } : null;
}

export function stepForth({ past, future }: Steps, now: Configured): { readonly steps: Steps; readonly to: Configured } | null {
  const to = future.at(-1);
  return to ? { to, steps: { past: [...past, now], future: future.slice(0, -1), burst: null } } : null;
}

/** Without what was on data that a person has replaced by other data of theirs. */
export function withoutOwn({ past, future }: Steps): Steps {
  const stays = ({ experiment }: Configured) => experiment.data.id !== ownId;
  return { past: past.filter(stays), future: future.filter(stays), burst: null };
}

function changedPaths(before: Configured, after: Configured): string[] {
  const paths = differingPaths([optionsOf(before.experiment), optionsOf(after.experiment)]);
  return before.preset === after.preset ? paths : ['scenario', ...paths];
}
