/** The data: which, how it is divided, and the way in for a person's own. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useRef, useState } from 'react';
import { inPlaceOf, ownId } from '../../datasets/own/index.ts';
import { dataParams, type Experiment, find, splitParams } from '../core/experiment.ts';
import { Controls } from '../panels/controls.tsx';
import { texts } from '../store/texts.ts';
import { ChoiceOf } from './choice-of.tsx';
import { type Dropped, useFileDrop } from './file-drop.ts';
import { withData } from './fitting.ts';
import { useLab, useLabParts } from './lab-context.ts';
import { clauseOf, Step, Unfolding } from './step.tsx';

const OwnPanel = lazy(() => import('./own/panel.tsx').catch(() => ({ default: NotLoaded })));
const NotLoaded = () => <p role="alert">{texts.panelNotLoaded}</p>;

export function DataStep() {
  const { catalog, store, scenarios } = useLabParts();
  const data = useLab((state) => state.experiment.data);
  const dataset = find(catalog.datasets, 'dataset', data.id);
  const { what, from, licence, limits } = dataset.card;
  const card = { what, from, licence, limits };
  const [open, setOpen] = useState(false);
  const [dropped, setDropped] = useState<readonly Dropped[] | null>(null);
  const toggle = useRef<HTMLButtonElement>(null);
  const drop = useFileDrop((files) => {
    setDropped(files);
    setOpen(true);
  });
  const close = () => {
    setOpen(false);
    setDropped(null);
    toggle.current?.focus();
  };
  const isProtected = useLab((state) => state.experiment.protection !== undefined);
  const ofExamples = isProtected
    ? texts.steps.toProtect(Number(data.members))
    : texts.steps.split(Number(data.members), Number(data.nonMembers), Number(data.population));
  const clause = dataset.kind === 'examples' ? ofExamples : clauseOf(dataset.params, data);
  const on = (id: string) => (experiment: Experiment) => {
    const own = id === ownId ? inPlaceOf(experiment.data, find(catalog.datasets, 'dataset', id)) : undefined;
    return withData(experiment, id, own ?? { ...sizesOf(experiment.data), id }, catalog, scenarios);
  };
  return (
    <Step
      mark="data"
      {...texts.steps.data}
      choice={<ChoiceOf label={texts.steps.dataset} list={catalog.datasets} chosen={data.id} change={on} />}
      drop={drop}
    >
      <Unfolding clause={clause}>
        <dl className="card">
          {Object.entries(card).map(([key, says]) => (
            <div key={key}>
              <dt>{texts.steps.card[key as keyof typeof card]}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
        <Controls
          params={dataParams(dataset)}
          values={data}
          onSpread={(key, param) => store.getState().spread(['data', key], param)}
          onChange={(key, value) =>
            store.getState().edit((experiment) => ({ ...experiment, data: { ...experiment.data, [key]: value } }))
          }
        />
      </Unfolding>
      {data.id === ownId && <p className="step-says">{texts.own.notInLink}</p>}
      <Button
        ref={toggle}
        size="compact-sm"
        variant="default"
        className="step-more"
        data-testid="own"
        aria-expanded={open}
        onClick={() => (open ? close() : setOpen(true))}
      >
        {texts.steps.ownData}
      </Button>
      {open && (
        <Suspense>
          <OwnPanel dropped={dropped} onUsed={close} />
        </Suspense>
      )}
    </Step>
  );
}

/** How the data is divided carries over to another dataset; what is declared by one dataset does not. */
function sizesOf(data: Readonly<Record<string, unknown>>): object {
  const known = Object.keys(splitParams).filter((key) => key in data);
  return Object.fromEntries(known.map((key) => [key, data[key]]));
}
