/**
 * The loop: two nodes and four arrows, which are the navigation and the dashboard. An arrow is as thick as its attack leaked in
 * this visit, a hairline until it has been run; its dashes move with the steps of the run, so stillness means a pause.
 */
import { type Axis, axes } from '../core/attack.ts';
import { find } from '../core/experiment.ts';
import { useLab, useLabParts } from './lab-context.ts';
import { useView } from './lecture/use-view.ts';
import { ArrowButton, ArrowDashes, ArrowLine } from './loop-arrow.tsx';
import { LoopPicture } from './loop-picture.tsx';

export function Loop() {
  const { catalog, scenarios, store } = useLabParts();
  const current = useLab((state) => find(catalog.attacks, 'attack', state.experiment.attack.id).axis);
  const leakage = useLab((state) => state.leakage);
  const active = useLab(({ run: { status } }) => status === 'running' || status === 'paused');
  const view = useView();
  const covered = !view.defended || view.covered.undefended || view.covered.defended;
  const hasDefense = useLab((state) => state.experiment.lanes.some(({ defenses }) => defenses.length > 0));

  const choose = (axis: Axis) => {
    if (axis === current) return;
    // A direction needs data and training of its own to be seen: 1 % of poison is three of 300 digits.
    const first = scenarios.find(({ axis: own }) => own === axis);
    if (!first) return;
    store.getState().choosePreset(first.id);
    store.getState().begin();
  };
  const arrows = axes.map((axis) => ({ axis, leak: leakage[axis] }));

  return (
    <div className="loop">
      <LoopPicture>
        {arrows.map((arrow) => (
          <ArrowLine key={arrow.axis} {...arrow} leak={covered && arrow.axis === current ? undefined : arrow.leak} />
        ))}
        {active && <ArrowDashes axis={current} />}
      </LoopPicture>
      {arrows.map((arrow) => (
        <ArrowButton
          key={arrow.axis}
          {...arrow}
          current={arrow.axis === current}
          running={active && arrow.axis === current}
          covered={covered && arrow.axis === current}
          defended={hasDefense && view.defended && arrow.axis === current}
          onChoose={choose}
        />
      ))}
    </div>
  );
}
