/** The presenter's buttons, for whoever has a mouse rather than a clicker; each names its key. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LectureStore } from '../../store/lecture-store.ts';
import { texts } from '../../store/texts.ts';
import { toggleFullScreen } from './full-screen.ts';
import { openSpeaker } from './speaker-channel.ts';

interface BarProps {
  readonly lecture: LectureStore;
  /** The id of what is shown. */
  readonly subject: () => string;
  /** Buttons that mean something only for what is shown. */
  readonly children?: ReactNode;
}

export function PresentBar({ lecture, subject, children }: BarProps) {
  const { step, steps, next, back, toggleBlank, leave } = useStore(lecture);
  const { keys } = texts.lecture;
  return (
    <nav className="present-bar" aria-label={texts.lecture.bar}>
      <button type="button" disabled={step === 0} onClick={back}>
        ← {texts.lecture.back}
      </button>
      <button type="button" data-testid="present-next" disabled={step === steps - 1} onClick={next}>
        {texts.lecture.next} →
      </button>
      {children}
      <button type="button" onClick={toggleBlank}>
        {keys.blank} <kbd>B</kbd>
      </button>
      <button type="button" onClick={toggleFullScreen}>
        {keys.fullScreen} <kbd>F</kbd>
      </button>
      <button type="button" onClick={() => openSpeaker(lecture, subject)}>
        {keys.speaker} <kbd>S</kbd>
      </button>
      <button type="button" onClick={leave}>
        {keys.leave} <kbd>P</kbd>
      </button>
    </nav>
  );
}
