/** Tells those who cannot see the page what phase it is in: once for each phase, never for each tick. */
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import { useLab } from './lab-context.ts';

export function Announcer() {
  const now = useLab(({ run: { status, progress, lanes, evidence } }) => {
    // Lanes run side by side; the first speaks for all, or each phase would be said once a lane.
    const phase = lanes[0]?.progress?.phase ?? progress?.phase;
    if (status === 'finished' && evidence.verdict?.kind === 'verdict') return said(evidence.verdict.sentence);
    return status === 'running' && phase ? said(phase) : texts.run.status[status];
  });
  return (
    <div className="visually-hidden" aria-live="polite">
      {now}
    </div>
  );
}
