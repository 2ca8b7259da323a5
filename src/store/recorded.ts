/**
 * A recorded run as it is watched: all that it came to at once, and then once more from its beginning over that, so that nothing is ever
 * empty while it plays. It replays through the same fold as a live run.
 */
import type { Experiment } from '../core/experiment.ts';
import type { Recording } from '../lab/recording.ts';
import { fold, idleRun, type RunState, startRun } from './run-state.ts';

/** A recording of half a minute is not watched for half a minute. */
const longestPlay = 5000;
const millisecondsBetweenFrames = 125;

/** What it came to. */
export function endOf({ messages, backend }: Recording, experiment: Experiment, preset: string): RunState {
  const begun = fold(
    startRun(idleRun, 0, experiment, { ...idleRun.begun, preset }),
    { type: 'ready', backend, workers: 1, ladder: [] },
    0,
  );
  return messages.reduce((state, { at, message }) => fold(state, { ...message, run: 0 }, at), begun);
}

/**
 * Plays its charts and pictures over what it came to; numbers stand, or they would contradict the verdict beside them.
 * @param show is handed each state, and the last one when it is over
 * @returns what ends it early
 */
export function play({ messages }: Recording, end: RunState, show: (state: RunState) => void): () => void {
  const length = messages.at(-1)?.at ?? 0;
  const pace = Math.max(1, length / longestPlay);
  let state: RunState = { ...end, status: 'running' };
  let next = 0;
  let at = 0;
  const timer = setInterval(() => {
    at += millisecondsBetweenFrames * pace;
    while (next < messages.length && (messages[next]?.at ?? 0) <= at) {
      const { at: when, message } = messages[next++] as Recording['messages'][number];
      const isNumber = message.type === 'event' && message.event.type === 'metric';
      if (!isNumber) state = fold(state, { ...message, run: 0 }, when);
    }
    if (next === messages.length) clearInterval(timer);
    show(state);
  }, millisecondsBetweenFrames);
  return () => clearInterval(timer);
}
