/** How the data is protected, where an attack is made on protected data. */
import { find } from '../core/experiment.ts';
import type { ParamValue } from '../core/params.ts';
import { Controls } from '../panels/controls.tsx';
import { texts } from '../store/texts.ts';
import { ChoiceOf } from './choice-of.tsx';
import { useLab, useLabParts } from './lab-context.ts';
import { PaperLine } from './paper-line.tsx';
import { clauseOf, Step, Unfolding } from './step.tsx';

export function ProtectionStep() {
  const { catalog, store } = useLabParts();
  const chosen = useLab((state) => state.experiment.protection);
  if (!chosen) return null;
  const { access, params, says, paper } = find(catalog.protections, 'protection', chosen.id);
  return (
    <Step
      mark="protection"
      {...texts.steps.protection}
      choice={
        <ChoiceOf
          label={texts.steps.protectionChoice}
          list={catalog.protections.filter((other) => other.access === access)}
          chosen={chosen.id}
          change={(id) => (experiment) => ({ ...experiment, protection: { id } })}
        />
      }
    >
      <Unfolding clause={clauseOf(params, chosen)}>
        <p className="step-says">{says}</p>
        <PaperLine paper={paper} />
        <Controls
          params={params}
          values={chosen}
          onSpread={(key, param) => store.getState().spread(['protection', key], param)}
          onChange={(key: string, value: ParamValue) =>
            store.getState().edit((experiment) => ({ ...experiment, protection: { ...chosen, [key]: value } }))
          }
        />
      </Unfolding>
    </Step>
  );
}
