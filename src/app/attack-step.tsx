/** The attack: who thought of it, what it may touch, and its options. */
import { Controls } from '../panels/controls.tsx';
import { texts } from '../store/texts.ts';
import { ChoiceOf } from './choice-of.tsx';
import { withAttack } from './fitting.ts';
import { InfoButton } from './info/info-button.tsx';
import { useLab, useLabParts } from './lab-context.ts';
import { PaperLine } from './paper-line.tsx';
import { clauseOf, Step, Unfolding } from './step.tsx';

export function AttackStep() {
  const { catalog, store, scenarios } = useLabParts();
  const chosen = useLab((state) => state.experiment.attack);
  const attack = catalog.attacks.find(({ id }) => id === chosen.id);
  if (!attack) return null;
  const things = attack.knows.map((thing) => texts.steps.knows[thing]).join(', ');
  return (
    <Step
      mark="attack"
      {...texts.steps.attack}
      about={<InfoButton subject={{ kind: 'attack', id: attack.id }} name={attack.title} />}
      choice={
        <ChoiceOf
          label={texts.steps.attackChoice}
          list={catalog.attacks.filter(({ axis }) => axis === attack.axis)}
          chosen={attack.id}
          change={(id) => (experiment) => withAttack(experiment, id, catalog, scenarios)}
        />
      }
    >
      <Unfolding clause={clauseOf(attack.params, chosen) || texts.steps.noOptions}>
        <p className="step-says">{attack.says}</p>
        <p className="step-says">
          {texts.steps.sees[attack.access]} {things && texts.steps.has(things)}
        </p>
        <PaperLine paper={attack.paper} />
        <Controls
          params={attack.params}
          values={chosen}
          onSpread={(key, param) => store.getState().spread(['attack', key], param)}
          onChange={(key, value) =>
            store.getState().edit((experiment) => ({ ...experiment, attack: { ...experiment.attack, [key]: value } }))
          }
        />
      </Unfolding>
    </Step>
  );
}
