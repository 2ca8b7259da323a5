/** Before a lecture: every check with what to do about it, one line for all of them, and the report as text. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { said } from '../../languages/said.ts';
import { type Check, checksOf, reportOf, type Summary, summaryOf } from '../../store/preflight.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts, useTrial } from '../lab-context.ts';
import { toggleFullScreen } from '../lecture/full-screen.ts';
import { build } from '../offline/build.ts';
import { SidePage } from '../side-page.tsx';
import { ClickerField } from './clicker-field.tsx';
import './preflight.css';
import { Report } from './report.tsx';
import { StateMark } from './state-mark.tsx';
import { useFacts } from './use-facts.ts';

export default function PreflightPage() {
  const { offline, trial } = useLabParts();
  const [key, setKey] = useState<string | null>(null);
  const { facts, askStorage } = useFacts(key);
  const tried = useTrial(({ status }) => status);
  // The run first, alone: keeping files beside it would be measured too.
  useEffect(() => {
    if (trial.getState().status === 'idle') trial.getState().begin();
  }, [trial]);
  useEffect(() => {
    if (tried !== 'finished' && tried !== 'failed') return;
    const { prepare, update } = offline.getState();
    void prepare().then(update);
  }, [offline, tried]);

  const checks = checksOf(facts, said);
  const doNow: Partial<Record<Check['id'], { readonly says: string; readonly act: () => void }>> = {
    ...(facts.offline.status === 'failed' && {
      offline: {
        says: texts.preflight.offline.make,
        act: () => void offline.getState().prepare().then(offline.getState().update),
      },
    }),
    ...(facts.offline.newer && { newest: { says: texts.offline.use, act: () => location.reload() } }),
    ...(facts.storage?.offered &&
      !facts.storage.persisted && {
        storage: { says: texts.preflight.storage.keep, act: () => void navigator.storage.persist().then(askStorage) },
      }),
    ...(facts.fullScreen && { fullScreen: { says: texts.preflight.fullScreen.try, act: toggleFullScreen } }),
  };
  return (
    <SidePage title={texts.preflight.title}>
      <p className="preflight-says">{texts.preflight.says}</p>
      <SummaryLine summary={summaryOf(checks)} />
      <div className="preflight-bar">
        <Button size="xs" disabled={tried === 'running'} onClick={() => trial.getState().begin()}>
          {texts.preflight.again}
        </Button>
        <Report
          text={() => reportOf(checks, [texts.preflight.version(build ?? '–'), navigator.userAgent, new Date().toString()])}
        />
      </div>
      <ul className="preflight" aria-label={texts.preflight.checks}>
        {checks.map((check) => (
          <li key={check.id} data-testid={`check-${check.id}`} data-state={check.state}>
            <StateMark state={check.state} />
            <h2>{texts.preflight.titles[check.id]}</h2>
            <div>
              <p>{check.says}</p>
              {check.advice && <p className="preflight-advice">{check.advice}</p>}
            </div>
            <div className="preflight-do">
              {doNow[check.id] && (
                <Button size="xs" variant="default" onClick={doNow[check.id]?.act}>
                  {doNow[check.id]?.says}
                </Button>
              )}
              {check.id === 'keyboard' && <ClickerField onKey={setKey} />}
            </div>
          </li>
        ))}
      </ul>
    </SidePage>
  );
}

function SummaryLine({ summary: { state, says } }: { readonly summary: Summary }) {
  return (
    <p className="preflight-summary" role="status" data-testid="summary" data-state={state}>
      <StateMark state={state} />
      <b>{says}</b>
    </p>
  );
}
