/** A goal in words, in the language of the page. */
import { said } from '../../languages/said.ts';
import { metricText } from '../../panels/format.ts';
import type { Goal, Want } from '../../scenarios/goals.ts';
import { texts } from '../../store/texts.ts';

export const goalText = (goal: Goal) => ({
  title: said(goal.title),
  says: said(goal.says),
  hint: said(goal.hint),
  wants: goal.wants.map(wantText),
});

export function wantText({ metric, least, most }: Want): string {
  const { name } = texts.metrics[metric];
  return least === undefined
    ? texts.ladder.most(name, metricText(metric, most ?? 0))
    : texts.ladder.least(name, metricText(metric, least));
}
