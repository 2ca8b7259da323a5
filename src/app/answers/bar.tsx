/** What came of all comparisons in one sentence, how far they are, and their buttons. */
import { Button } from '@mantine/core';
import { reportOf, summaryOf } from '../../known-answers/summary.ts';
import { said } from '../../languages/said.ts';
import type { AnswersState } from '../../store/answers-store.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { useLab } from '../lab-context.ts';

interface AnswersBarProps {
  readonly state: AnswersState;
  compare(): void;
}

export function AnswersBar({ state, compare }: AnswersBarProps) {
  const { status, results } = state;
  const backend = useLab(({ run }) => run.backend?.name ?? texts.bench.machine.unknown);
  const allAgree = results.every(({ agrees }) => agrees);
  const save = () => {
    const report = reportOf(results, { backend, runtime: navigator.userAgent });
    download('threatloop-answers.json', 'application/json', `${JSON.stringify(report, null, 1)}\n`);
  };
  return (
    <section className="answers-bar" data-testid="answers" data-status={status} aria-label={texts.answers.buttons}>
      <p className="answers-summary" data-testid="answers-summary" data-agree={allAgree} aria-live="polite">
        {status === 'finished' && (
          <>
            <span aria-hidden="true">{allAgree ? '✓' : '✗'}</span> {said(summaryOf(results))}
          </>
        )}
      </p>
      <div className="answers-progress">
        <progress aria-label={texts.answers.progress} max={1} value={shareOf(state)} />
        <p>{wordsOf(state, backend)}</p>
      </div>
      <div className="answers-buttons">
        <Button size="xs" disabled={status === 'running'} onClick={compare}>
          {texts.answers.again}
        </Button>
        <Button size="xs" variant="default" disabled={status === 'running' || results.length === 0} onClick={save}>
          {texts.answers.download}
        </Button>
      </div>
    </section>
  );
}

const shareOf = ({ status, results, total }: AnswersState) =>
  status === 'finished' ? 1 : total === null ? 0 : results.length / total;

function wordsOf({ status, results, total, took, failure }: AnswersState, backend: string): string {
  if (status === 'failed') return texts.answers.failed(said(failure ?? ''));
  if (status === 'finished') return texts.answers.took(took ?? 0, backend);
  if (status === 'running' && total !== null) return texts.answers.at(results.length, total);
  return texts.answers.status[status];
}
