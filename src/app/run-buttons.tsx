/** Run, pause, step, stop, reset. A button that can do nothing now is off, and each is where it always is. */
import { Button } from '@mantine/core';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';

export function RunButtons() {
  const { store } = useLabParts();
  const status = useLab((state) => state.run.status);
  const changed = useLab((state) => state.run.experiment !== null && state.run.experiment !== state.experiment);
  const { start, pause, resume, step, stop, reset } = store.getState();
  const paused = status === 'paused';
  const active = paused || status === 'running';
  return (
    <fieldset className="run-buttons" aria-label={texts.run.buttons}>
      <Button size="xs" data-testid="run" variant={active && !changed ? 'default' : 'filled'} onClick={start}>
        <span aria-hidden="true">▶&nbsp;</span>
        {texts.run.run}
      </Button>
      <Button size="xs" data-testid="pause" variant="default" disabled={!active} onClick={paused ? resume : pause}>
        {paused ? texts.run.resume : texts.run.pause}
      </Button>
      <Button size="xs" data-testid="step" variant="default" disabled={!paused} onClick={step}>
        {texts.run.step}
      </Button>
      <Button size="xs" data-testid="stop" variant="default" disabled={!active} onClick={stop}>
        {texts.run.stop}
      </Button>
      <Button size="xs" data-testid="reset" variant="default" title={texts.run.resetSays} onClick={reset}>
        {texts.run.reset}
      </Button>
    </fieldset>
  );
}
