/** The button beside a name that opens its card. The cards are loaded when the first one is asked for. */
import { lazy, Suspense, useState } from 'react';
import type { MetricName } from '../../core/event.ts';
import { texts } from '../../store/texts.ts';

export type Subject =
  | { readonly kind: 'attack'; readonly id: string }
  | { readonly kind: 'defense'; readonly id: string }
  | { readonly kind: 'metric'; readonly id: MetricName };

const Card = lazy(() => import('./card.tsx'));

export function InfoButton({ subject, name }: { readonly subject: Subject; readonly name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="info-button" aria-label={texts.cards.about(name)} onClick={() => setOpen(true)}>
        <i aria-hidden="true">?</i>
      </button>
      {open && (
        <Suspense>
          <Card subject={subject} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
