/** The keys of a lecture about a chain: those of the lab that mean something here. */
import { useEffect } from 'react';
import type { ChainLesson } from '../../chains/chain.ts';
import type { LectureStore } from '../../store/lecture-store.ts';
import { toggleFullScreen } from '../lecture/full-screen.ts';
import { isElsewhere, lettersOn, stepped } from '../lecture/keys.ts';
import { openSpeaker } from '../lecture/speaker-channel.ts';

/** @param lesson what there is to present, if there is anything; another one begins at its first step */
export function useChainKeys(lecture: LectureStore, lesson: ChainLesson | undefined): void {
  useEffect(() => {
    if (!lesson) return;
    lecture.getState().about(lesson.story.length + 1);
    const presenting = () => lecture.getState().mode === 'present';
    const blank = () => presenting() && lecture.getState().toggleBlank();
    const letters: Readonly<Record<string, () => void>> = {
      p: () => (presenting() ? lecture.getState().leave() : lecture.getState().enter('present')),
      f: toggleFullScreen,
      s: () => openSpeaker(lecture, () => lesson.id),
      b: blank,
      '.': blank,
    };
    const onKey = (event: KeyboardEvent) => {
      if (isElsewhere(event) || (presenting() && stepped(event, lecture))) return;
      const letter = event.key.toLowerCase();
      if (!Object.hasOwn(letters, letter) || !lettersOn()) return;
      event.preventDefault();
      letters[letter]?.();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [lecture, lesson]);
}
