/** The ladder: goals for the defender and for the attacker, and which of them have been reached in this browser. */
import { Button } from '@mantine/core';
import { find } from '../../core/experiment.ts';
import { goals } from '../../scenarios/goals.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts, useLadder } from '../lab-context.ts';
import { SidePage } from '../side-page.tsx';
import { beginGoal } from './begin-goal.ts';
import { goalText } from './goal-text.ts';
import '../gallery/gallery.css';
import './ladder.css';

export default function LadderPage() {
  const { store, ladder, scenarios } = useLabParts();
  const reached = useLadder((state) => state.reached);
  return (
    <SidePage title={texts.ladder.title}>
      <p className="ladder-says">{texts.ladder.says(reached.length, goals.length)}</p>
      {(['defender', 'attacker'] as const).map((role) => (
        <section key={role} className="ladder-roles" aria-label={texts.ladder.roles[role]}>
          <h2>{texts.ladder.roles[role]}</h2>
          <ol className="gallery">
            {goals
              .filter((goal) => goal.role === role)
              .map((goal) => {
                const { title, says, wants } = goalText(goal);
                const done = reached.includes(goal.id);
                return (
                  <li key={goal.id} className="ladder-goal" data-reached={done}>
                    <h3>
                      {title} {done && <span className="ladder-done">✓ {texts.ladder.done}</span>}
                    </h3>
                    <p className="gallery-kind">{find(scenarios, 'scenario', goal.scenario).title}</p>
                    <p>{says}</p>
                    <ul className="ladder-wants">
                      {wants.map((want) => (
                        <li key={want}>{want}</li>
                      ))}
                    </ul>
                    <Button size="xs" variant={done ? 'default' : 'filled'} onClick={() => beginGoal(goal, store, ladder)}>
                      {done ? texts.ladder.again : texts.ladder.begin}
                    </Button>
                  </li>
                );
              })}
          </ol>
        </section>
      ))}
      {reached.length > 0 && (
        <p>
          <Button size="xs" variant="default" onClick={ladder.getState().forget}>
            {texts.ladder.forget}
          </Button>{' '}
          {texts.ladder.kept}
        </p>
      )}
    </SidePage>
  );
}
