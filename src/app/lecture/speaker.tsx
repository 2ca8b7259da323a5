/** The speaker's window: what to say now and next, the notes, and the clock. */
import { useEffect, useRef, useState } from 'react';
import { chains } from '../../chains/index.ts';
import { lessonsInLanguage, scenariosInLanguage } from '../../languages/in-language.ts';
import { scenarios } from '../../scenarios/index.ts';
import { stepsOf } from '../../store/lecture.ts';
import { texts } from '../../store/texts.ts';
import { type At, channelOf, type SpeakerMessage } from './speaker-channel.ts';
import './lecture.css';

export function Speaker({ id }: { readonly id: string }) {
  const [at, setAt] = useState<At | null>(null);
  const channel = useRef<BroadcastChannel | null>(null);
  const post = (message: SpeakerMessage) => channel.current?.postMessage(message);
  useEffect(() => {
    const own = channelOf(id);
    channel.current = own;
    own.addEventListener('message', ({ data }: MessageEvent<At | SpeakerMessage>) => {
      if (data.type === 'at') setAt(data);
    });
    own.postMessage({ type: 'hello' } satisfies SpeakerMessage);
    const onKey = ({ key, target }: KeyboardEvent) => {
      if (target instanceof HTMLButtonElement && key === ' ') return;
      const to = {
        ' ': 'next',
        ArrowRight: 'next',
        PageDown: 'next',
        ArrowLeft: 'back',
        PageUp: 'back',
        b: 'blank',
        '.': 'blank',
      }[key];
      if (to) own.postMessage({ type: 'go', to } as SpeakerMessage);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      own.close();
    };
  }, [id]);
  const all = [...scenariosInLanguage(scenarios), ...lessonsInLanguage(chains)];
  const shown = all.find((one) => one.id === at?.subject);
  if (!at || !shown) return <main className="speaker">{texts.speaker.waiting}</main>;
  const steps = stepsOf(shown);
  const [now, next] = [steps[at.step], steps[at.step + 1]];
  return (
    <main className="speaker">
      <header>
        <h1>{shown.title}</h1>
        <Clock startedAt={at.startedAt} />
      </header>
      <p className="story-at">
        {texts.lecture.at(at.step + 1, steps.length)}
        {at.blank && `, ${texts.speaker.blank}`}
      </p>
      <p className="speaker-now">{now?.say}</p>
      {now?.ask && <p className="story-asks">{now.ask}</p>}
      <h2>{texts.speaker.next}</h2>
      <p>{next ? `${next.say} ${next.ask ?? ''}` : texts.speaker.last}</p>
      <h2>{texts.speaker.notes}</h2>
      <p>{shown.notes}</p>
      <div className="story-buttons">
        <button type="button" disabled={at.step === 0} onClick={() => post({ type: 'go', to: 'back' })}>
          ← {texts.lecture.back}
        </button>
        <button type="button" disabled={!next} onClick={() => post({ type: 'go', to: 'next' })}>
          {texts.lecture.next} →
        </button>
        <button type="button" onClick={() => post({ type: 'go', to: 'blank' })}>
          {texts.lecture.keys.blank}
        </button>
      </div>
    </main>
  );
}

/** Since the lecture began, in minutes and seconds. */
function Clock({ startedAt }: { readonly startedAt: number | null }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = startedAt === null ? 0 : Math.max(0, Math.floor((now - startedAt) / 1000));
  return (
    <p className="speaker-clock" role="timer" aria-label={texts.speaker.clock}>
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </p>
  );
}
