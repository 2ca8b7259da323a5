/** Chains of attacks: how risk travels along the loop, and what a defense at one arrow does to those after it. */
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ChainLesson } from '../../chains/chain.ts';
import { said } from '../../languages/said.ts';
import { seedChoices, shownNews } from '../../store/chain-store.ts';
import { createLectureStore } from '../../store/lecture-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { ChainSaveMenu } from '../save/chain-menu.tsx';
import { SidePage } from '../side-page.tsx';
import { ChainComposer } from './composer.tsx';
import { useChainKeys } from './keys.ts';
import { ChainLinks } from './links.tsx';
import { ChainLoop } from './loop.tsx';
import { ChainMatrix } from './matrix.tsx';
import { ChainPresent } from './present.tsx';
import './chains.css';

export default function ChainsPage() {
  const lesson = useLesson();
  const [lecture] = useState(() => createLectureStore());
  const presenting = useStore(lecture, ({ mode }) => mode === 'present');
  useChainKeys(lecture, lesson);
  if (presenting && lesson) return <ChainPresent lesson={lesson} lecture={lecture} />;
  return (
    <SidePage title={texts.chains.title}>
      <ChainBar />
      <div className="chains-columns">
        <ChainLoop />
        <div>
          <ChainStory lesson={lesson} onPresent={() => lecture.getState().enter('present')} />
          <ChainComposer />
        </div>
      </div>
      <ChainLinks />
      <ChainMatrix />
    </SidePage>
  );
}

/** What is taught of the chain that is shown; of a person's own chain nobody knows anything. */
function useLesson(): ChainLesson | undefined {
  const { lessons } = useLabParts();
  const id = useChain(({ lesson }) => lesson);
  const composed = useChain((state) => state.composed);
  return composed ? undefined : lessons.find((one) => one.id === id);
}

interface StoryProps {
  readonly lesson: ChainLesson | undefined;
  readonly onPresent: () => void;
}

/** What one expects of the chain, and what was found. */
function ChainStory({ lesson, onPresent }: StoryProps) {
  const shown = useChain((state) => shownNews(state) !== null && state.status !== 'running');
  if (!lesson)
    return (
      <section aria-label={texts.chains.own}>
        <h2>{texts.chains.own}</h2>
        <p>{texts.chains.ownSays}</p>
      </section>
    );
  const { title, says, hypothesis, found } = lesson;
  return (
    <section aria-label={title}>
      <div className="chains-title">
        <h2>{title}</h2>
        <div className="verdict-lead">
          <button type="button" data-testid="present-begin" onClick={onPresent}>
            {texts.lecture.present} <kbd>P</kbd>
          </button>
        </div>
      </div>
      <p>{says}</p>
      <h3>{texts.chains.hypothesis}</h3>
      <p>{hypothesis}</p>
      <details open={shown}>
        <summary>{texts.chains.found}</summary>
        <p>{found}</p>
      </details>
    </section>
  );
}

function ChainBar() {
  const { lessons } = useLabParts();
  const { status, lesson, composed, seeds, news, recorded, failure, choose, takeSeeds, start, stop } = useChain((state) => state);
  const running = status === 'running';
  const share = status === 'finished' ? 1 : news ? news.done / news.total : 0;
  const idle = recorded ? texts.chains.recorded : texts.chains.status.idle;
  const says =
    status === 'failed' && failure !== null
      ? texts.chains.failed(said(failure))
      : status === 'idle'
        ? idle
        : texts.chains.status[status];
  const own = composed ? [{ value: '', label: texts.chains.own }] : [];
  return (
    <section className="chains-bar" data-testid="chain-status" data-status={status} aria-label={texts.chains.bar}>
      <NativeSelect
        size="xs"
        aria-label={texts.chains.chain}
        data={[...own, ...lessons.map(({ id, title }) => ({ value: id, label: title }))]}
        value={composed ? '' : lesson}
        onChange={(event) => choose(event.currentTarget.value)}
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
      <ChainSaveMenu />
      <div className="chains-progress">
        {status !== 'idle' && <progress aria-label={texts.chains.progress} max={1} value={share} />}
        <p data-testid="chain-says">{running && news ? texts.chains.at(said(news.phase), news.done, news.total) : says}</p>
        <div className="visually-hidden" aria-live="polite">
          {status === 'idle' ? '' : says}
        </div>
      </div>
    </section>
  );
}
