/** A line that says that a newer build is ready. Nothing but its button reloads the page, and it is never shown to an audience. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { texts } from '../../store/texts.ts';
import { useLecture, useOffline } from '../lab-context.ts';

export function NewerVersion() {
  const newer = useOffline((state) => state.newer);
  const presenting = useLecture(({ mode }) => mode === 'present');
  const [later, setLater] = useState(false);
  return (
    <div className="newer" role="status" data-testid="newer">
      {newer && !later && !presenting && (
        <>
          <span>{texts.offline.newer}</span>
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            {texts.offline.use}
          </Button>
          <Button size="xs" variant="default" onClick={() => setLater(true)}>
            {texts.offline.later}
          </Button>
        </>
      )}
    </div>
  );
}
