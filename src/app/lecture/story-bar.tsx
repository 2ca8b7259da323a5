/** The story of the scenario, step by step, while one works in the lab: what to look at, what to guess, and what comes of it. */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { texts } from '../../store/texts.ts';
import { useLecture } from '../lab-context.ts';
import { Guess } from './guess.tsx';
import { useSteps } from './use-view.ts';
import './lecture.css';

/** Where on the page each focus lies. */
const places: Readonly<Record<string, string>> = {
  data: '.step-data',
  model: '.step-model',
  training: '.step-training',
  attack: '.step-attack',
  defense: '.step-defense',
  lanes: '.lanes',
  evidence: '.lanes',
  verdict: '.verdict',
};

export default function StoryBar() {
  const steps = useSteps();
  const at = useLecture((state) => state.step);
  const { next, back, leave, enter } = useLecture((state) => state);
  const bar = useRef<HTMLElement>(null);
  const step = steps[at];
  useEffect(() => {
    const place = step?.focus && document.querySelector<HTMLElement>(places[step.focus] ?? '');
    if (!place) return;
    place.classList.add('in-focus');
    place.style.scrollMarginBottom = `${(bar.current?.offsetHeight ?? 0) + 16}px`; // not under this bar
    place.scrollIntoView({ block: 'nearest' });
    return () => {
      place.classList.remove('in-focus');
      place.style.scrollMarginBottom = '';
    };
  }, [step]);
  useEffect(() => bar.current?.focus(), []);
  if (!step) return null;
  return (
    <section ref={bar} className="story-bar" data-testid="story" aria-label={texts.lecture.story} tabIndex={-1}>
      <p className="story-at">{texts.lecture.at(at + 1, steps.length)}</p>
      <div className="story-says" aria-live="polite">
        <p>{step.say}</p>
        {step.ask && <p className="story-asks">{step.ask}</p>}
      </div>
      <div className="story-guess">
        <Guess key={at} />
      </div>
      <div className="story-buttons">
        <Button size="xs" variant="default" disabled={at === 0} onClick={back}>
          {texts.lecture.back}
        </Button>
        <Button size="xs" data-testid="story-next" disabled={at === steps.length - 1} onClick={next}>
          {texts.lecture.next}
        </Button>
        <Button size="xs" variant="default" onClick={() => enter('present')}>
          {texts.lecture.present}
        </Button>
        <Button size="xs" variant="default" onClick={leave}>
          {texts.lecture.leave}
        </Button>
      </div>
    </section>
  );
}
