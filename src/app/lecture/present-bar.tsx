/** The presenter's buttons, for whoever has a mouse rather than a clicker; each names its key. */
import { texts } from '../../store/texts.ts';
import { useLab, useLabParts, useLecture } from '../lab-context.ts';
import { toggleFullScreen } from './full-screen.ts';
import { openSpeaker } from './speaker-channel.ts';
import { useView } from './use-view.ts';

export function PresentBar() {
  const { store, lecture } = useLabParts();
  const watching = useLab((state) => state.watching);
  const at = useLecture((state) => state.step);
  const count = useLecture((state) => state.steps);
  const { next, back, leave, toggleBlank, switchDefense } = useLecture((state) => state);
  const { defended } = useView();
  const { keys } = texts.lecture;
  return (
    <nav className="present-bar" aria-label={texts.lecture.bar}>
      <button type="button" disabled={at === 0} onClick={back}>
        ← {texts.lecture.back}
      </button>
      <button type="button" data-testid="present-next" disabled={at === count - 1} onClick={next}>
        {texts.lecture.next} →
      </button>
      <button type="button" aria-pressed={defended} onClick={() => switchDefense(defended)}>
        {keys.defense} <kbd>D</kbd>
      </button>
      <button type="button" onClick={() => store.getState().watch(watching === 'live' ? 'recorded' : 'live')}>
        {watching === 'live' ? keys.recorded : keys.live} <kbd>R</kbd>
      </button>
      <button type="button" onClick={toggleBlank}>
        {keys.blank} <kbd>B</kbd>
      </button>
      <button type="button" onClick={toggleFullScreen}>
        {keys.fullScreen} <kbd>F</kbd>
      </button>
      <button type="button" onClick={() => openSpeaker(lecture, () => store.getState().preset)}>
        {keys.speaker} <kbd>S</kbd>
      </button>
      <button type="button" onClick={leave}>
        {keys.leave} <kbd>P</kbd>
      </button>
    </nav>
  );
}
