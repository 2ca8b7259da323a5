/** The goal that is being worked on, in the lab: what is wanted, what the last run got, a hint, and the way on. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { metricText } from '../../panels/format.ts';
import { goals } from '../../scenarios/goals.ts';
import { resolvedStart, standingOf } from '../../store/ladder.ts';
import { ladderLink } from '../../store/link.ts';
import { texts } from '../../store/texts.ts';
import { useLab, useLabParts, useLadder } from '../lab-context.ts';
import { beginGoal } from './begin-goal.ts';
import { goalText, wantText } from './goal-text.ts';
import './ladder.css';

export default function GoalBar() {
  const { store, ladder, scenarios, catalog } = useLabParts();
  const active = useLadder((state) => state.active);
  const run = useLab((state) => state.run);
  const at = goals.findIndex(({ id }) => id === active);
  const goal = goals[at];
  const standing = useMemo(
    () => goal && standingOf(goal, resolvedStart(goal, scenarios, catalog), run),
    [goal, scenarios, catalog, run],
  );
  if (!goal || !standing) return null;
  const { title, says, hint } = goalText(goal);
  const next = goals[at + 1];
  return (
    <section className="goal-bar" data-testid="goal" data-reached={standing.reached} aria-label={texts.ladder.goal}>
      <p>
        <b>{texts.ladder.goalOf(title)}</b> {says}
      </p>
      <ul className="ladder-wants">
        {standing.wants.map(({ want, value, reached }) => (
          <li key={want.metric} data-reached={reached}>
            <span aria-hidden="true">{reached ? '✓' : value === null ? '○' : '✗'}</span> {wantText(want)}
            {value !== null && <b> {texts.ladder.now(metricText(want.metric, value), reached)}</b>}
          </li>
        ))}
      </ul>
      {standing.elsewhere && <p>{texts.ladder.elsewhere[goal.role]}</p>}
      <div role="status">{standing.reached && <b>{texts.ladder.solved}</b>}</div>
      <details>
        <summary>{texts.ladder.hint}</summary>
        <p>{hint}</p>
      </details>
      <div className="goal-buttons">
        {next && (
          <Button size="xs" variant={standing.reached ? 'filled' : 'default'} onClick={() => beginGoal(next, store, ladder)}>
            {texts.ladder.next}
          </Button>
        )}
        <a href={ladderLink}>{texts.ladder.open}</a>
        <Button size="xs" variant="default" onClick={ladder.getState().leave}>
          {texts.ladder.leave}
        </Button>
      </div>
    </section>
  );
}
