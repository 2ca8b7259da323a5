/** Measures this machine: what is measured and why, the buttons, what came of it, and the machine. */
import { answersLink } from '../../store/link.ts';
import { texts } from '../../store/texts.ts';
import { useBench } from '../lab-context.ts';
import { SidePage } from '../side-page.tsx';
import { BenchBar } from './bar.tsx';
import { MachineFacts } from './machine.tsx';
import { Results } from './results.tsx';
import './bench.css';

export default function BenchPage() {
  const last = useBench((state) => state.bench);
  return (
    <SidePage title={texts.bench.title}>
      <p className="bench-what">
        {texts.bench.what} <a href={answersLink}>{texts.answers.open}</a>
      </p>
      <BenchBar />
      {/* What was asked for last stands on top. */}
      <Results bench={last ?? 'stack'} />
      <Results bench={last === 'lira' ? 'stack' : 'lira'} />
      <MachineFacts />
    </SidePage>
  );
}
