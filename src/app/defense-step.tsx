/** The defenses as switches, each with its options once it is on. One that cannot stand beside the others is off, with the reason. */
import { NativeSelect, Switch } from '@mantine/core';
import { useState } from 'react';
import { type Access, dataOf, isProtected } from '../core/access.ts';
import type { Defense } from '../core/defense.ts';
import { type Experiment, find, misplaced } from '../core/experiment.ts';
import type { Chosen } from '../core/params.ts';
import { said } from '../languages/said.ts';
import { Controls } from '../panels/controls.tsx';
import { texts } from '../store/texts.ts';
import { InfoButton } from './info/info-button.tsx';
import { useLab, useLabParts } from './lab-context.ts';
import { PaperLine } from './paper-line.tsx';
import { Step, Unfolding } from './step.tsx';
import { whyNot } from './why-not.ts';
import { withDefenses } from './with-defenses.ts';

export function DefenseStep() {
  const { catalog } = useLabParts();
  const lanes = useLab((state) => state.experiment.lanes);
  const attackId = useLab((state) => state.experiment.attack.id);
  const attack = find(catalog.attacks, 'attack', attackId);
  const { access, family } = attack;
  const protection = useLab((state) => state.experiment.protection);
  const meant = catalog.defenses.filter(
    (defense) => defense.against.includes(family) && (!protection || !misplaced(defense, attack, protection)),
  );
  // Those that stand where pictures pass are of no use to text, and the other way round; nor are they to what is protected.
  const placeOf = (one: Access) => (isProtected(one) ? 'protected' : dataOf[one]);
  const nearby = catalog.attacks.filter((other) => placeOf(other.access) === placeOf(access)).map((other) => other.family);
  const others = catalog.defenses.filter(
    ({ against }) => !against.includes(family) && against.some((other) => nearby.includes(other)),
  );
  const [wanted, setLane] = useState(1);
  // With a single, undefended lane the first switch opens a second one to compare with.
  const lane = Math.min(wanted, Math.max(1, lanes.length - 1));
  return (
    <Step mark="defense" {...texts.steps.defense}>
      {lanes.length > 2 && (
        <NativeSelect
          size="xs"
          label={texts.steps.lane}
          value={lane}
          data={lanes.map(({ name }, index) => ({ value: String(index), label: said(name) }))}
          onChange={(event) => setLane(Number(event.currentTarget.value))}
        />
      )}
      <ul className="defenses">
        {meant.map((defense) => (
          <DefenseSwitch key={defense.id} defense={defense} lane={lane} />
        ))}
      </ul>
      {others.length > 0 && (
        <Unfolding clause={texts.steps.otherDefenses}>
          <ul className="defenses">
            {others.map((defense) => (
              <DefenseSwitch key={defense.id} defense={defense} lane={lane} />
            ))}
          </ul>
        </Unfolding>
      )}
    </Step>
  );
}

function DefenseSwitch({ defense, lane }: { readonly defense: Defense; readonly lane: number }) {
  const { catalog, store } = useLabParts();
  const experiment = useLab((state) => state.experiment);
  const defenses = experiment.lanes[lane]?.defenses ?? [];
  const place = defenses.findIndex(({ id }) => id === defense.id);
  const chosen = defenses[place];
  // A lane is named after what stands in it, in every language alike: its name is part of the experiment.
  const set = (change: (defenses: readonly Chosen[]) => readonly Chosen[]) => (current: Experiment) =>
    withDefenses(current, lane, change(current.lanes[lane]?.defenses ?? []), store.getState().catalog);
  const on = set((list) => [...list, { id: defense.id }]);
  const off = set((list) => list.filter(({ id }) => id !== defense.id));
  const why = chosen ? undefined : whyNot(on(experiment), catalog);
  return (
    <li className={chosen ? 'defense defense-on' : 'defense'}>
      <Switch
        size="sm"
        color="var(--defense-fill)"
        label={defense.title}
        description={why ? texts.steps.notHere(defense.title, said(why)) : defense.says}
        checked={chosen !== undefined}
        disabled={why !== undefined}
        onChange={(event) => store.getState().edit(event.currentTarget.checked ? on : off)}
      />
      <InfoButton subject={{ kind: 'defense', id: defense.id }} name={defense.title} />
      {chosen && (
        <>
          <Controls
            params={defense.params}
            values={chosen}
            onSpread={(key, param) => store.getState().spread(['lanes', String(lane), 'defenses', String(place), key], param)}
            onChange={(key, value) =>
              store
                .getState()
                .edit(set((list) => list.map((each) => (each.id === defense.id ? { ...each, [key]: value } : each))))
            }
          />
          <Unfolding clause={texts.steps.paper}>
            <PaperLine paper={defense.paper} />
          </Unfolding>
        </>
      )}
    </li>
  );
}
