/** Green, amber or red; always with a shape and a word too. */
import type { CheckState } from '../../store/preflight.ts';
import { texts } from '../../store/texts.ts';

const shapes: Readonly<Record<CheckState, string>> = {
  good: 'M3 8.500l3.500 3.500L13 4.500',
  remark: 'M8 2v7M8 12.500v1',
  bad: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  pending: 'M3 8h.5M8 8h.5M13 8h.5',
  open: 'M8 3a5 5 0 1 0 .01 0z',
};

export function StateMark({ state }: { readonly state: CheckState }) {
  return (
    <span className="preflight-mark" data-state={state}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[state]} />
      </svg>
      {texts.preflight.states[state]}
    </span>
  );
}
