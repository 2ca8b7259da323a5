/** The buttons of the measurements, how far the one under way is, and how it ended. */
import { Button } from '@mantine/core';
import { benches } from '../../lab/bench.ts';
import { said } from '../../languages/said.ts';
import { isMeasuring } from '../../store/bench-state.ts';
import { texts } from '../../store/texts.ts';
import { useBench } from '../lab-context.ts';

export function BenchBar() {
  const status = useBench((state) => state.status);
  const measuring = useBench(isMeasuring);
  const measure = useBench((state) => state.measure);
  const stop = useBench((state) => state.stop);
  return (
    <section className="bench-bar" data-testid="bench-status" data-status={status} aria-label={texts.bench.buttons}>
      <ul className="bench-buttons">
        {benches.map((bench) => (
          <li key={bench}>
            <Button data-testid={`measure-${bench}`} disabled={measuring} onClick={() => measure(bench)}>
              {texts.bench.measure[bench]}
            </Button>
            <span className="bench-says">{texts.bench.measures[bench]}</span>
          </li>
        ))}
        <li>
          <Button data-testid="bench-stop" variant="default" disabled={status !== 'running'} onClick={stop}>
            {texts.bench.stop}
          </Button>
        </li>
      </ul>
      <ProgressLine />
    </section>
  );
}

function ProgressLine() {
  const { status, progress, failure } = useBench((state) => state);
  const share = status === 'finished' ? 1 : progress && progress.total > 0 ? progress.done / progress.total : 0;
  const says = status === 'failed' && failure !== null ? texts.bench.failed(said(failure)) : texts.bench.status[status];
  return (
    <div className="bench-progress">
      <progress aria-label={texts.bench.progress} max={1} value={share} />
      <p data-testid="bench-says">{status === 'running' && progress ? texts.bench.at(said(progress.says), share) : says}</p>
      {/* Told once for each state, not for each measurement. */}
      <div className="visually-hidden" aria-live="polite">
        {status === 'idle' ? '' : says}
      </div>
    </div>
  );
}
