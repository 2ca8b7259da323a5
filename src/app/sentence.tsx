/** The experiment read as a sentence: take this data, teach it to this model, attack it so, and defend it so. */
import { lazy, Suspense } from 'react';
import { trainingParams } from '../core/experiment.ts';
import { said } from '../languages/said.ts';
import { Controls } from '../panels/controls.tsx';
import { texts } from '../store/texts.ts';
import { AttackStep } from './attack-step.tsx';
import { ChoiceOf } from './choice-of.tsx';
import { DataStep } from './data-step.tsx';
import { DefenseStep } from './defense-step.tsx';
import { useLab, useLabParts } from './lab-context.ts';
import { ProtectionStep } from './protection-step.tsx';
import { clauseOf, Step, Unfolding } from './step.tsx';

const WeightsFile = lazy(() => import('./own/weights-file.tsx').catch(() => ({ default: NotLoaded })));
const NotLoaded = () => <p role="alert">{texts.panelNotLoaded}</p>;

export function Sentence() {
  return (
    <ol className="sentence">
      <DataStep />
      <ProtectionStep />
      <ModelStep />
      <TrainingStep />
      <AttackStep />
      <DefenseStep />
    </ol>
  );
}

function ModelStep() {
  const { catalog, store } = useLabParts();
  const chosen = useLab((state) => state.experiment.model);
  const model = catalog.models.find(({ id }) => id === chosen.id);
  if (!model) return null;
  return (
    <Step
      mark="model"
      {...texts.steps.model}
      choice={
        <ChoiceOf
          label={texts.steps.architecture}
          list={catalog.models}
          chosen={model.id}
          change={(id) => (experiment) => ({ ...experiment, model: { id } })}
        />
      }
    >
      <Unfolding clause={clauseOf(model.params, chosen) || texts.steps.noOptions}>
        <p className="step-says">{model.says}</p>
        <Controls
          params={model.params}
          values={chosen}
          onSpread={(key, param) => store.getState().spread(['model', key], param)}
          onChange={(key, value) =>
            store.getState().edit((experiment) => ({ ...experiment, model: { ...experiment.model, [key]: value } }))
          }
        />
        {'weights' in model.params && (
          <Suspense>
            <WeightsFile />
          </Suspense>
        )}
      </Unfolding>
    </Step>
  );
}

function TrainingStep() {
  const { store } = useLabParts();
  const training = useLab((state) => state.experiment.training);
  const { optimizer, epochs, batchSize, learningRate } = training;
  return (
    <Step mark="training" {...texts.steps.training}>
      <Unfolding clause={texts.steps.schedule(said(optimizer), epochs, batchSize, learningRate)}>
        <Controls
          params={trainingParams}
          values={training}
          onSpread={(key, param) => store.getState().spread(['training', key], param)}
          onChange={(key, value) =>
            store.getState().edit((experiment) => ({ ...experiment, training: { ...experiment.training, [key]: value } }))
          }
        />
      </Unfolding>
    </Step>
  );
}
