/** What a link asked for and did not get, or why an edit was refused: a line, never a dialog. */
import { Button } from '@mantine/core';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';

export function Notices() {
  const { store } = useLabParts();
  const notices = useLab((state) => state.notices);
  const refusal = useLab((state) => state.refusal);
  const lines = [...notices.map(said), ...(refusal === null ? [] : [texts.refused(said(refusal))])];
  return (
    <div role="status" data-testid="notices">
      {lines.length > 0 && (
        <div className="notices">
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Button size="xs" variant="default" onClick={store.getState().dismissNotices}>
            {texts.link.dismiss}
          </Button>
        </div>
      )}
    </div>
  );
}
