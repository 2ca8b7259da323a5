/**
 * The loop: two nodes and four arrows, which are the navigation and the dashboard. An arrow is as thick as its attack leaked in
 * this visit, a hairline until it has been run; its dashes move with the steps of the run, so stillness means a pause.
 */
import { type Axis, axes } from '../core/attack.ts';
import { find } from '../core/experiment.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';
import { ArrowButton, ArrowDashes, ArrowLine } from './loop-arrow.tsx';

export function Loop() {
  const { catalog, scenarios, store } = useLabParts();
  const current = useLab((state) => find(catalog.attacks, 'attack', state.experiment.attack.id).axis);
  const leakage = useLab((state) => state.leakage);
  const active = useLab(({ run: { status } }) => status === 'running' || status === 'paused');
  const defended = useLab((state) => state.experiment.lanes.some(({ defenses }) => defenses.length > 0));

  const choose = (axis: Axis) => {
    if (axis === current) return;
    // A direction needs data and training of its own to be seen: 1 % of poison is three of 300 digits.
    const first = scenarios.find(({ axis: own }) => own === axis);
    if (first) store.getState().choosePreset(first.id);
  };
  const arrows = axes.map((axis) => ({ axis, leak: leakage[axis] }));

  return (
    <div className="loop">
      <svg viewBox="0 0 340 214" aria-hidden="true">
        <defs>
          <marker
            id="arrowhead"
            viewBox="0 0 10 10"
            refX="4"
            refY="5"
            markerWidth="14"
            markerHeight="14"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0L10 5L0 10z" />
          </marker>
        </defs>
        {arrows.map((arrow) => (
          <ArrowLine key={arrow.axis} {...arrow} />
        ))}
        {active && <ArrowDashes axis={current} />}
        <rect className="loop-data" x="8" y="111" width="92" height="42" rx="21" />
        <path className="loop-model" d="M240 132l22-21h50l22 21-22 21h-50z" />
        <text className="loop-name" x="54" y="137">
          {texts.loop.data}
        </text>
        <text className="loop-name loop-name-model" x="287" y="137">
          {texts.loop.model}
        </text>
      </svg>
      {arrows.map((arrow) => (
        <ArrowButton
          key={arrow.axis}
          {...arrow}
          current={arrow.axis === current}
          running={active && arrow.axis === current}
          defended={defended && arrow.axis === current}
          onChoose={choose}
        />
      ))}
    </div>
  );
}
