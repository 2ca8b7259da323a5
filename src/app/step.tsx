/** One part of the sentence, and what can be unfolded in it. */
import type { ReactNode } from 'react';
import { Mark } from './marks.tsx';

interface StepProps {
  readonly mark: 'data' | 'model' | 'training' | 'attack' | 'defense';
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}

export function Step({ mark, title, lead, children }: StepProps) {
  return (
    <li className={`step step-${mark}`}>
      <h2>
        <Mark of={mark} /> {title}
        <span className="step-lead">{lead}</span>
      </h2>
      {children}
    </li>
  );
}

export function Options({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <details className="options">
      <summary>{label}</summary>
      {children}
    </details>
  );
}
