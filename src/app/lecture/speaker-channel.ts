/**
 * The speaker's window: notes and a clock on the laptop while the room sees the presenter. The two talk over a channel of their own; each
 * may move the other on. The window runs no engine.
 */
import type { LectureStore } from '../../store/lecture-store.ts';

/** What the presenter tells: which step of which scenario or chain, and since when. */
export interface At {
  readonly type: 'at';
  readonly subject: string;
  readonly step: number;
  readonly blank: boolean;
  readonly startedAt: number | null;
}

export type SpeakerMessage =
  /** The window has opened, and asks where the lecture is. */
  { readonly type: 'hello' } | { readonly type: 'go'; readonly to: 'next' | 'back' | 'blank' };

const nameOf = (id: string) => `threatloop-speaker-${id}`;

export const channelOf = (id: string): BroadcastChannel => new BroadcastChannel(nameOf(id));

let opened: { readonly lecture: LectureStore; readonly window: Window | null } | undefined;

/** Opens it, or brings it to the front. @param subject the id of what is shown; another one begins the lecture anew */
export function openSpeaker(lecture: LectureStore, subject: () => string): void {
  if (opened?.lecture === lecture && opened.window && !opened.window.closed) {
    opened.window.focus();
    return;
  }
  const id = crypto.randomUUID();
  const channel = channelOf(id);
  const tell = () => {
    const { step, blank, startedAt } = lecture.getState();
    channel.postMessage({ type: 'at', subject: subject(), step, blank, startedAt } satisfies At);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<SpeakerMessage>) => {
    const { next, back, toggleBlank } = lecture.getState();
    if (data.type === 'go') ({ next, back, blank: toggleBlank })[data.to]?.();
    tell();
  });
  lecture.subscribe(tell);
  const address = new URL(location.href);
  address.search = `?speaker=${id}`;
  address.hash = '';
  opened = { lecture, window: window.open(address, 'threatloop-speaker', 'popup,width=760,height=620') };
}
