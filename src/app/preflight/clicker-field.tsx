/** A field that takes the keys of a clicker and says which one arrived. Tab goes on, as everywhere. */
import { texts } from '../../store/texts.ts';

export function ClickerField({ onKey }: { readonly onKey: (key: string) => void }) {
  return (
    <button
      type="button"
      className="preflight-clicker"
      data-testid="clicker"
      onKeyDown={(event) => {
        if (event.key === 'Tab' || event.key === 'Shift') return;
        event.preventDefault(); // PageDown would scroll, and Space would press the button
        onKey(event.key);
      }}
    >
      {texts.preflight.keyboard.field}
    </button>
  );
}
