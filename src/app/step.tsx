/** One part of the sentence: its mark, its choice, and a clause that unfolds into what it stands for. */
import type { ReactNode } from 'react';
import type { Params, ParamValue } from '../core/params.ts';
import { languageStore } from '../languages/language.ts';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import type { DropTarget } from './file-drop.ts';
import { Mark } from './marks.tsx';

interface StepProps {
  readonly mark: 'data' | 'protection' | 'model' | 'training' | 'attack' | 'defense';
  readonly title: string;
  /** The words that lead into the choice. */
  readonly lead: string;
  readonly choice?: ReactNode;
  /** What opens its card. */
  readonly about?: ReactNode;
  /** Where files can be dropped on it. */
  readonly drop?: DropTarget;
  readonly children: ReactNode;
}

export function Step({ mark, title, lead, choice, about, drop, children }: StepProps) {
  return (
    <li className={`step step-${mark}`} {...drop}>
      <div className="step-head">
        <h2>
          <Mark of={mark} /> {title}
        </h2>
        {about}
        <span className="step-lead">{lead}</span>
        {choice}
      </div>
      {children}
    </li>
  );
}

export function Unfolding({ clause, children }: { readonly clause: string; readonly children: ReactNode }) {
  return (
    <details className="unfolding">
      <summary>{clause}</summary>
      {children}
    </details>
  );
}

/** `Hidden units 64, Mode online`: the options as a clause. */
export function clauseOf(params: Params, values: Readonly<Record<string, ParamValue>>): string {
  const parts = Object.entries(params).map(([key, { label }]) => `${lowered(said(label))} ${wordOf(values[key])}`);
  return parts.join(', ');
}

function wordOf(value: ParamValue | undefined): string {
  if (typeof value === 'boolean') return value ? texts.steps.on : texts.steps.off;
  return typeof value === 'object' ? value.join(', ') : said(String(value));
}

/** Within a clause; in German a noun keeps its capital. */
const lowered = (label: string) => (languageStore.getState().language === 'en' ? label.toLowerCase() : label);
