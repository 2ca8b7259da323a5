/**
 * The keys of a lecture. A single letter acts only where nobody types and only until somebody switches that off; a clicker sends Space,
 * arrows and PageUp or PageDown.
 */
import type { LabStore } from '../../store/lab-store.ts';
import { viewAt } from '../../store/lecture.ts';
import type { LectureStore } from '../../store/lecture-store.ts';
import { readKept, writeKept } from '../kept.ts';
import { toggleFullScreen } from './full-screen.ts';
import { openSpeaker } from './speaker-channel.ts';

/** Whether single letters act. */
export const lettersOn = (): boolean => readKept('letters') !== false;

export const switchLetters = (on: boolean): void => writeKept('letters', on);

/** What a clicker sends, and the key that ends it. */
const steady: Readonly<Record<string, 'next' | 'back' | 'leave'>> = {
  ' ': 'next',
  ArrowRight: 'next',
  PageDown: 'next',
  ArrowLeft: 'back',
  PageUp: 'back',
  Escape: 'leave',
};

/** Whether a key is somebody's text, or a shortcut of the browser's. */
export const isElsewhere = ({ ctrlKey, metaKey, altKey, target }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  !(target instanceof Element) ||
  target.closest('input, textarea, select, dialog, [contenteditable]') !== null;

/** While presenting: whether it was a clicker's key, and was obeyed. A blank screen is left by any key that goes on. */
export function stepped(event: KeyboardEvent, lecture: LectureStore): boolean {
  const { key, target } = event;
  if (!Object.hasOwn(steady, key) || (key === ' ' && (target as Element).closest('button, a, summary'))) return false;
  event.preventDefault();
  if (lecture.getState().blank && key !== 'Escape') lecture.getState().toggleBlank();
  else lecture.getState()[steady[key] as 'next' | 'back' | 'leave']();
  return true;
}

/** @param onLab whether the lab is what is on the screen */
export function followKeys(
  store: LabStore,
  lecture: LectureStore,
  steps: () => Parameters<typeof viewAt>[0],
  onLab: () => boolean,
): void {
  const defendedNow = () => {
    const { mode, step, defended } = lecture.getState();
    return defended ?? (mode === 'off' || viewAt(steps(), step).defended);
  };
  const letters: Readonly<Record<string, () => void>> = {
    p: () => (lecture.getState().mode === 'present' ? lecture.getState().leave() : lecture.getState().enter('present')),
    d: () => lecture.getState().switchDefense(defendedNow()),
    r: () => store.getState().watch(store.getState().watching === 'live' ? 'recorded' : 'live'),
    f: toggleFullScreen,
    s: () => openSpeaker(lecture, () => store.getState().preset),
    b: () => lecture.getState().mode === 'present' && lecture.getState().toggleBlank(),
    '.': () => lecture.getState().mode === 'present' && lecture.getState().toggleBlank(),
  };
  addEventListener('keydown', (event) => {
    if (!onLab() || isElsewhere(event)) return;
    if (lecture.getState().mode === 'present' && stepped(event, lecture)) return;
    const letter = event.key.toLowerCase();
    if (!Object.hasOwn(letters, letter) || !lettersOn()) return;
    event.preventDefault();
    letters[letter]?.();
  });
}
