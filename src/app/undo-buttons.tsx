/** Undo and redo, by buttons and by the usual keys; within a text field those belong to the browser. */
import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';

export function UndoButtons() {
  const { store } = useLabParts();
  const canUndo = useLab(({ steps }) => steps.past.length > 0);
  const canRedo = useLab(({ steps }) => steps.future.length > 0);
  const { undo, redo } = store.getState();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const asked = askedBy(event);
      if (!asked || isTyping(event.target)) return;
      event.preventDefault();
      store.getState()[asked]();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [store]);
  return (
    <fieldset className="undo-buttons" aria-label={texts.undo.buttons}>
      <Button
        size="xs"
        variant="default"
        aria-label={texts.undo.undo}
        title={texts.undo.undoKeys}
        disabled={!canUndo}
        onClick={undo}
      >
        <Bend />
      </Button>
      <Button
        size="xs"
        variant="default"
        aria-label={texts.undo.redo}
        title={texts.undo.redoKeys}
        disabled={!canRedo}
        onClick={redo}
      >
        <Bend forth />
      </Button>
    </fieldset>
  );
}

function askedBy({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (altKey || ctrlKey === metaKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : undefined;
}

/** A slider, a switch or a button has nothing of its own to undo. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, input:not([type=range], [type=checkbox], [type=radio], [type=button])'));

/** An arrow that bends back, or forth. */
function Bend({ forth = false }: { readonly forth?: boolean }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" className="undo-bend">
      <path d="M6 2.5L2.5 6 6 9.5M3 6h6.5a4 4 0 0 1 0 8H7" transform={forth ? 'matrix(-1 0 0 1 16 0)' : undefined} />
    </svg>
  );
}
