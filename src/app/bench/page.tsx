/** Measures this machine: what is measured and why, the buttons, what came of it, and the machine. */
import { useEffect, useRef } from 'react';
import { texts } from '../../store/texts.ts';
import { useBench, useLabParts } from '../lab-context.ts';
import { ThemeButton } from '../theme-button.tsx';
import { BenchBar } from './bar.tsx';
import { MachineFacts } from './machine.tsx';
import { Results } from './results.tsx';
import './bench.css';

export default function BenchPage() {
  const { store } = useLabParts();
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useBench((state) => state.bench);
  useEffect(() => {
    const before = document.title;
    document.title = `${texts.bench.title} ${texts.title}`;
    heading.current?.focus(); // who cannot see that this is another page is told so
    return () => {
      document.title = before;
    };
  }, []);
  return (
    <div className="bench">
      <header className="header">
        <div className="brand">
          <img src="./icon.svg" alt="" width="28" height="28" />
          <b className="bench-brand">{texts.title}</b>
        </div>
        <a href={store.getState().link()} data-testid="back">
          ← {texts.bench.back}
        </a>
        <ThemeButton />
      </header>
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {texts.bench.title}
        </h1>
        <p className="bench-what">{texts.bench.what}</p>
        <BenchBar />
        {/* What was asked for last stands on top. */}
        <Results bench={last ?? 'stack'} />
        <Results bench={last === 'lira' ? 'stack' : 'lira'} />
        <MachineFacts />
      </main>
    </div>
  );
}
