/** The ladder of goals: each can be reached in the way that it has in mind, is not reached at its start, and cannot be had by moving it. */
import { describe, expect, it } from 'vitest';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { type Goal, goals } from '../../src/scenarios/goals.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { withSet } from '../../src/scenarios/with-set.ts';
import { createLadderStore, resolvedStart, standingOf, startOf } from '../../src/store/ladder.ts';
import { fold, idleRun, type RunState, startRun } from '../../src/store/run-state.ts';
import { runOf } from '../lab/experiments.ts';

async function ran(given: object): Promise<RunState> {
  const { events } = await runOf(given);
  const begun = startRun(idleRun, 1, resolveExperiment(given, catalog));
  const folded = events.reduce((state, event) => fold(state, { type: 'event', run: 1, event }, 0), begun);
  return fold(folded, { type: 'finished', run: 1, seconds: 1 }, 0);
}

describe.each(goals.map((goal) => [goal.id, goal] as const))('the goal %s', (_id, goal) => {
  it('is reached by its solution and not before', async () => {
    const start = resolvedStart(goal, scenarios, catalog);
    const given = startOf(goal, scenarios);
    const before = standingOf(goal, start, await ran(given));
    expect(before).toMatchObject({ elsewhere: false, reached: false });
    const solved = standingOf(goal, start, await ran(withSet(given, goal.solution)));
    expect(solved.wants.map(({ want, value, reached }) => [want.metric, value, reached])).toEqual(
      goal.wants.map(({ metric }) => [metric, expect.any(Number), true]),
    );
    expect(solved).toMatchObject({ elsewhere: false, reached: true });
  });
});

describe('a goal', () => {
  const goal = goals.find(({ id }) => id === 'louder-trigger') as Goal;
  const start = resolvedStart(goal, scenarios, catalog);
  const at = (set: Readonly<Record<string, unknown>>): RunState => {
    const experiment = resolveExperiment(withSet(startOf(goal, scenarios), set), catalog);
    return { ...startRun(idleRun, 1, experiment), status: 'finished' };
  };

  it('does not count what is done elsewhere: other data, another attack, more than is allowed', () => {
    expect(standingOf(goal, start, at({})).elsewhere).toBe(false);
    expect(standingOf(goal, start, at({ seed: 7 })).elsewhere).toBe(false);
    expect(standingOf(goal, start, at({ 'attack.trigger': 'www/www/www' })).elsewhere).toBe(false);
    expect(standingOf(goal, start, at({ 'attack.rate': 0.02 })).elsewhere).toBe(true);
    expect(standingOf(goal, start, at({ 'data.members': 500 })).elsewhere).toBe(true);
    expect(standingOf(goal, start, at({ attack: { id: 'blended' } })).elsewhere).toBe(true);
    expect(standingOf(goal, start, at({})).reached).toBe(false); // no number, no success
  });

  it('that was reached is kept, and junk that was kept is left out', () => {
    const kept: (readonly string[])[] = [];
    const store = createLadderStore(goals, ['louder-trigger', 3, 'nothing'], (reached) => kept.push(reached));
    expect(store.getState().reached).toEqual(['louder-trigger']);
    store.getState().reach('first-shield');
    store.getState().reach('first-shield');
    expect(kept).toEqual([['louder-trigger', 'first-shield']]);
    store.getState().forget();
    expect(kept.at(-1)).toEqual([]);
    expect(createLadderStore(goals, 'junk', () => undefined).getState().reached).toEqual([]);
  });
});
