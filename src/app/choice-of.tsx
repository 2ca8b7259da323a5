/** A choice from a declared list. What cannot be combined with the rest of the experiment is off, with the reason below. */
import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Experiment } from '../core/experiment.ts';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';
import { whyNot } from './why-not.ts';

interface ChoiceProps {
  readonly label: string;
  readonly list: readonly { readonly id: string; readonly title: string; readonly family?: string }[];
  readonly chosen: string;
  readonly change: (id: string) => (experiment: Experiment) => object;
}

export function ChoiceOf({ label, list, chosen, change }: ChoiceProps) {
  const { catalog, store } = useLabParts();
  const experiment = useLab((state) => state.experiment);
  const refused = list
    .filter(({ id }) => id !== chosen)
    .map(({ id, title }) => ({ id, title, why: whyNot(change(id)(experiment), catalog) }))
    .filter(({ why }) => why !== undefined);
  const groups = [...new Set(list.map(({ family }) => family))];
  const isRefused = (id: string) => refused.some((member) => member.id === id);
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={label}
        value={chosen}
        onChange={(event) => store.getState().edit(change(event.currentTarget.value))}
      >
        {groups.map((group) => (
          <GroupOf key={group ?? ''} name={groups.length > 1 && group ? said(group) : undefined}>
            {list
              .filter((member) => member.family === group)
              .map(({ id, title }) => (
                <option key={id} value={id} disabled={isRefused(id)}>
                  {isRefused(id) ? `${title} (${texts.steps.unavailable})` : title}
                </option>
              ))}
          </GroupOf>
        ))}
      </NativeSelect>
      {refused.length > 0 && (
        <details className="step-refusals">
          <summary>{texts.steps.refused(refused.length)}</summary>
          {refused.map(({ id, title, why }) => (
            <p key={id}>{texts.steps.notHere(title, said(why as string))}</p>
          ))}
        </details>
      )}
    </>
  );
}

const GroupOf = ({ name, children }: { readonly name: string | undefined; readonly children: ReactNode }) =>
  name ? <optgroup label={name}>{children}</optgroup> : children;
