/** Chains of attacks: how risk travels along the loop, and what a defense at one arrow does to those after it. */
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { ChainLesson } from '../../chains/chain.ts';
import { seedChoices } from '../../store/chain-store.ts';
import { chainsLink } from '../../store/link.ts';
import { texts } from '../../store/texts.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { ThemeButton } from '../theme-button.tsx';
import { ChainLinks } from './links.tsx';
import { ChainLoop } from './loop.tsx';
import { ChainMatrix } from './matrix.tsx';
import './chains.css';

export default function ChainsPage() {
  const { store, lessons } = useLabParts();
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useChain(({ lesson }) => lesson);
  const lesson = lessons.find((one) => one.id === id) as ChainLesson;
  useEffect(() => {
    const before = document.title;
    document.title = `${texts.chains.title} ${texts.title}`;
    heading.current?.focus(); // who cannot see that this is another page is told so
    return () => {
      document.title = before;
    };
  }, []);
  return (
    <div className="chains">
      <header className="header">
        <div className="brand">
          <img src="./icon.svg" alt="" width="28" height="28" />
          <b className="chains-brand">{texts.title}</b>
        </div>
        <a href={store.getState().link()} data-testid="back">
          ← {texts.chains.back}
        </a>
        <ThemeButton />
      </header>
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {texts.chains.title}
        </h1>
        <ChainBar />
        <div className="chains-columns">
          <ChainLoop lesson={lesson} />
          <section aria-label={lesson.title}>
            <h2>{lesson.title}</h2>
            <p>{lesson.says}</p>
            <h3>{texts.chains.hypothesis}</h3>
            <p>{lesson.hypothesis}</p>
            <details>
              <summary>{texts.chains.found}</summary>
              <p>{lesson.found}</p>
            </details>
          </section>
        </div>
        <ChainLinks />
        <ChainMatrix />
      </main>
    </div>
  );
}

function ChainBar() {
  const { lessons } = useLabParts();
  const { status, lesson, seeds, news, failure, choose, takeSeeds, start, stop } = useChain((state) => state);
  const running = status === 'running';
  const share = status === 'finished' ? 1 : news ? news.done / news.total : 0;
  const says = status === 'failed' && failure !== null ? texts.chains.failed(failure) : texts.chains.status[status];
  return (
    <section className="chains-bar" data-testid="chain-status" data-status={status} aria-label={texts.chains.bar}>
      <NativeSelect
        size="xs"
        aria-label={texts.chains.chain}
        data={lessons.map(({ id, title }) => ({ value: id, label: title }))}
        value={lesson}
        onChange={(event) => {
          choose(event.currentTarget.value);
          history.replaceState(null, '', chainsLink(event.currentTarget.value));
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={texts.chains.seeds}
        disabled={running}
        data={seedChoices.map((count) => ({ value: String(count), label: texts.chains.seedsOf(count) }))}
        value={String(seeds)}
        onChange={(event) => takeSeeds(Number(event.currentTarget.value))}
      />
      <Button data-testid="chain-run" size="xs" disabled={running} onClick={start}>
        {texts.chains.run}
      </Button>
      <Button data-testid="chain-stop" size="xs" variant="default" disabled={!running} onClick={stop}>
        {texts.chains.stop}
      </Button>
      <div className="chains-progress">
        <progress aria-label={texts.chains.progress} max={1} value={share} />
        <p data-testid="chain-says">{running && news ? texts.chains.at(news.phase, news.done, news.total) : says}</p>
        <div className="visually-hidden" aria-live="polite">
          {status === 'idle' ? '' : says}
        </div>
      </div>
    </section>
  );
}
