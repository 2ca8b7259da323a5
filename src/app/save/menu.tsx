/** A button that opens a short list of what can be saved. The browser closes it by Escape and by a click elsewhere. */
import { type ReactNode, useId, useRef, useState } from 'react';
import { texts } from '../../store/texts.ts';

interface SaveMenuProps<Id extends string> {
  /** What is saved. */
  readonly label: string;
  /** On the button; an arrow alone where there is no room for words. */
  readonly short?: string;
  readonly disabled?: boolean;
  readonly items: readonly { readonly id: Id; readonly says: string }[];
  /** Below the list. */
  readonly hint?: string;
  /** @returns what is to be said, if the list stays open */
  readonly onChoose: (id: Id) => Promise<string | undefined>;
}

export function SaveMenu<Id extends string>({
  label,
  short,
  disabled = false,
  items,
  hint,
  onChoose,
}: SaveMenuProps<Id>): ReactNode {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const choose = async (chosen: Id) => {
    setSaid('');
    const says = await onChoose(chosen).catch(() => texts.save.notLoaded);
    if (says !== undefined) setSaid(says);
    else list.current?.hidePopover();
  };
  return (
    <div className={short === undefined ? 'save save-small' : 'save'}>
      <button ref={button} type="button" aria-label={label} title={label} disabled={disabled} popoverTarget={id}>
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path d="M7 1.5v7.5M3.8 6 7 9.2 10.2 6M1.8 12.2h10.4" />
        </svg>
        {short}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be shown over all else in every browser */}
      <div
        ref={list}
        id={id}
        popover="auto"
        className="save-list"
        role="group"
        aria-label={label}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') place(event.currentTarget, button.current);
          else setSaid('');
        }}
      >
        {items.map((item) => (
          <button key={item.id} type="button" onClick={() => choose(item.id)}>
            {item.says}
          </button>
        ))}
        {hint && <p>{hint}</p>}
        <p role="status">{said}</p>
      </div>
    </div>
  );
}

/** As wide and as high as a list can be. */
const [widest, highest] = [270, 210];

/** Beside its button, wherever there is room on the screen; it scrolls with the page. */
function place(list: HTMLElement, button: HTMLElement | null): void {
  if (!button) return;
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const above = bottom + highest > clientHeight && top > highest;
  const { style } = list;
  style.top = above ? 'auto' : `${bottom + scrollY + 2}px`;
  style.bottom = above ? `${clientHeight - top - scrollY + 2}px` : 'auto';
  style.left = right > widest ? 'auto' : `${Math.max(4, left)}px`;
  style.right = right > widest ? `${clientWidth - right}px` : 'auto';
}
