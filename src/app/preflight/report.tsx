/** Copies the report; where the browser does not allow that, shows it to be selected. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../../store/texts.ts';

export function Report({ text }: { readonly text: () => string }) {
  const [refused, setRefused] = useState<string | null>(null);
  const [says, setSays] = useState('');
  const copy = async () => {
    const report = text();
    // Without https there is no clipboard at all, and it may refuse.
    const done = await (navigator.clipboard as Clipboard | undefined)?.writeText(report).then(
      () => true,
      () => false,
    );
    setRefused(done ? null : report);
    setSays(done ? texts.preflight.copied : texts.preflight.notCopied);
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={copy}>
        {texts.preflight.copy}
      </Button>
      <span role="status">{says}</span>
      {refused !== null && (
        <textarea
          className="preflight-report"
          readOnly
          rows={8}
          aria-label={texts.preflight.reportLabel}
          value={refused}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}
